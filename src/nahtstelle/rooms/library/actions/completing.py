"""Records of which a file gives nothing but the DOI: what Crossref knows of them is put into their place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from nahtstelle.engines.literature.harvesting.values import SourceTrouble
from nahtstelle.engines.literature.plain import kept, record_from
from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.plumbing.ledger.actors import Actor

from .. import sources
from ..models import Import, Record
from ..queries.harvesting import completable
from ..rules.completing import check_can_be_completed
from .reading import sort_out

AT_ONCE = 20  # DOIs a question
ATTEMPTS = 4
REST = timedelta(seconds=30)
LONGEST_REST = timedelta(hours=1)


@transaction.atomic
def complete(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Have the DOIs of an import looked up. Raises ``NotNow`` where there is none, or the import is not looked at."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_completed(batch)
    batch.state, batch.trouble = Import.State.FETCHING, {}
    batch.cursor = batch.cursor | {"after": 0, "failed": 0, "rest": "", "completed": 0, "not_found": 0}
    batch.save(update_fields=["state", "trouble", "cursor"])
    return batch


def step(batch: Import, *, by: Actor, at: datetime) -> None:
    """One question to Crossref: some DOIs."""
    after = batch.cursor.get("after", 0)
    waiting = list(completable(batch).filter(number__gt=after)[:AT_ONCE])
    if not waiting:
        _end(batch, after)
        return
    try:
        page = sources.ask_dois([one.doi for one in waiting])
    except SourceTrouble as trouble:
        _met(batch, trouble, after, at=at)
        return
    _fill(batch, waiting, {item.key: item.record for item in page.items if item.record is not None}, after, at=at)


@transaction.atomic
def _fill(batch: Import, waiting: Sequence[Record], found: dict[str, Said], after: int, *, at: datetime) -> None:
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Import.State.FETCHING or batch.cursor.get("after", 0) != after:
        return
    filled = []
    for one in waiting:
        said = found.get(one.doi)
        if said is None:
            continue
        mine = record_from(one.values)
        whole = replace(said, key=mine.key, notes=(*mine.notes, *said.notes), extras=(*mine.extras, *said.extras))
        one.values, one.digest = kept(whole)
        one.title, one.year = whole.title, whole.year
        filled.append(one)
    left_out = [one for one in filled if one.state == Record.State.LEFT_OUT]
    sort_out(filled, batch=batch)
    for one in left_out:
        one.state = Record.State.LEFT_OUT
    Record.objects.bulk_update(filled, ["values", "digest", "title", "year", "state"])
    cursor = batch.cursor
    batch.cursor = cursor | {
        "after": waiting[-1].number, "failed": 0, "rest": (at + settings.HARVEST_PAUSE).isoformat(),
        "asked": at.isoformat(), "completed": cursor["completed"] + len(filled),
        "not_found": cursor["not_found"] + len(waiting) - len(filled),
    }  # fmt: skip
    batch.trouble = {}
    batch.save(update_fields=["cursor", "trouble"])


@transaction.atomic
def _end(batch: Import, after: int, trouble: dict[str, object] | None = None) -> None:
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Import.State.FETCHING or batch.cursor.get("after", 0) != after:
        return
    batch.state, batch.trouble = Import.State.PREVIEW, trouble or {}
    figures = {name: batch.cursor.get(name, 0) for name in ("completed", "not_found")}
    batch.figures = batch.figures | figures
    batch.save(update_fields=["state", "trouble", "figures"])


def _met(batch: Import, trouble: SourceTrouble, after: int, *, at: datetime) -> None:
    told: dict[str, object] = {"code": trouble.code, "details": dict(trouble.details)}
    failed = batch.cursor.get("failed", 0) + 1
    if not trouble.passing or failed >= ATTEMPTS:
        _end(batch, after, told)
        return
    rest = min(max(REST * 2 ** (failed - 1), timedelta(seconds=trouble.wait)), LONGEST_REST)
    with transaction.atomic():
        fresh = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if fresh.state == Import.State.FETCHING and fresh.cursor.get("after", 0) == after:
            fresh.cursor = fresh.cursor | {"failed": failed, "rest": (at + rest).isoformat(), "asked": at.isoformat()}
            fresh.trouble = told
            fresh.save(update_fields=["cursor", "trouble"])
