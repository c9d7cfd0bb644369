"""Which of the works that came in are known already: compared, merged above a stated certainty, else asked about.

Step by step, each some hundred records in one transaction, so that a worker killed at any moment goes on where it was.
What it costs depends on what came in and not on what there is. docs/decisions/0013-duplicates-in-the-room.md says
in what the order of imports has a say.
"""

from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import DuplicatesSought, LinkingWentOn
from ..models import Import, Pair
from ..queries.linking import speaking_of_works
from .comparing import compare
from .grouping import ask_some, group_some
from .keying import lay_keys

AT_ONCE = 500  # records
FIRST = "keys"
_NEXT = {"keys": "compare", "compare": "group", "group": "doubt"}


def link_batch(*, batch: Import, by: Actor, at: datetime) -> int:
    """Link what an import brought, all steps to the end; the number of works merged into others."""
    step, after = FIRST, 0
    while step:
        with transaction.atomic():
            step, after = _take(batch, step, after, by=by, at=at)
    return _merged(batch)


@transaction.atomic
def link_some(*, batch: Import, step: str, after: int, by: Actor, at: datetime) -> None:
    """Take one step and say which one follows."""
    step, after = _take(batch, step, after, by=by, at=at)
    if step:
        record(LinkingWentOn(batch.pk, step, after), by=by, at=at)


def _take(batch: Import, step: str, after: int, *, by: Actor, at: datetime) -> tuple[str, int]:
    """One step in the caller's transaction; the next one, "" at the end."""
    _wait_for_turn()
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Import.State.DONE:  # it is being undone, or was
        batch.links.all().delete()
        return "", 0
    if step == "group":
        return ("group", 0) if group_some(batch, by=by, at=at) else ("doubt", 0)
    if step == "doubt":
        if ask_some(batch):
            return "doubt", 0
        _tell(batch, by=by, at=at)
        return "", 0
    records = list(speaking_of_works().filter(batch=batch, number__gt=after).order_by("number")[:AT_ONCE])
    if not records:
        return _NEXT[step], 0
    if step == "keys":
        lay_keys(records)
    else:
        compare(batch, records)
    return step, records[-1].number


def _wait_for_turn() -> None:
    """One import is linked at a time: whoever links holds the first one there is."""
    Import.objects.select_for_update(of=("self",)).order_by("pk").first()


def _merged(batch: Import) -> int:
    return batch.merges.filter(by=None, undone_at=None).count()


def _tell(batch: Import, *, by: Actor, at: datetime) -> None:
    merged = _merged(batch)
    asked = Pair.objects.filter(batch=batch, state=Pair.State.OPEN).count()
    batch.figures = batch.figures | {"linked": {"merged": merged, "pairs": asked}}
    batch.save(update_fields=["figures"])
    record(DuplicatesSought(batch.pk, merged, asked), by=by, at=at, touched=[batch])
