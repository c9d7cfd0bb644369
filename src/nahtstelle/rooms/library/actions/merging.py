"""Two works become one, and two again: records move, fields are put together anew, what pointed at either stays there."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..assembling import first_author, folded
from ..facts import WorksMerged, WorksParted
from ..models import Import, Merge, Notice, Record, Work
from ..queries.works import families, root_of
from ..rules.linking import check_can_merge, check_can_part
from . import pairs, pool
from .works import put_together

# What a person may choose between when two works become one, in the order in which it is shown.
CHOSEN_FIELDS = (
    "title", "authors", "editors", "year", "issued", "kind", "container", "volume", "issue", "pages", "publisher",
    "place", "edition", "doi", "isbn", "issn", "pmid", "url", "language", "abstract", "keywords",
)  # fmt: skip
PERSON = "person"
# Worse ones win: a work made of a sound and a retracted one is retracted.
_STANDINGS = {
    Notice.Kind.CORRECTION: Work.Standing.CORRECTED, Notice.Kind.SUPERSEDED: Work.Standing.SUPERSEDED,
    Notice.Kind.CONCERN: Work.Standing.CONCERN, Notice.Kind.RETRACTION: Work.Standing.RETRACTED,
}  # fmt: skip


@transaction.atomic
def merge(
    *,
    kept: Work,
    absorbed: Work,
    choices: Mapping[str, str],
    reasons: Iterable[str] = (),
    certainty: float | None = None,
    batch: Import | None = None,
    by: Actor,
    at: datetime,
) -> Merge:
    """Take one work into another. ``choices``: field → "kept" or "absorbed", whose value a person wants to stay.

    Raises ``NotNow`` where one of them was merged meanwhile or both have an assessment card.
    """
    kept, absorbed = _locked(kept, absorbed)
    check_can_merge(kept, absorbed)
    done = absorb(
        kept=kept, absorbed=absorbed, choices=choices, reasons=reasons, certainty=certainty, batch=batch, by=by, at=at
    )
    put_together([kept], at=at)
    return done


def absorb(
    *,
    kept: Work,
    absorbed: Work,
    choices: Mapping[str, str],
    reasons: Iterable[str],
    certainty: float | None,
    batch: Import | None,
    by: Actor,
    at: datetime,
) -> Merge:
    """The merge itself, of works that are locked and checked; the kept one is still to be put together anew."""
    moved = sorted(Record.objects.filter(work=absorbed).values_list("pk", flat=True))
    before = _choose(kept, absorbed, choices)
    done = Merge.objects.create(
        kept=kept, absorbed=absorbed, certainty=certainty, reasons=list(reasons), moved=moved, before=before,
        choices=dict(choices), batch=batch, by_id=by.account_id, at=at,
    )  # fmt: skip
    Record.objects.filter(work=absorbed).update(work=kept)
    absorbed.merged_into, absorbed.changed_at = kept, at
    absorbed.save(update_fields=["merged_into", "changed_at"])
    kept.standing = standing_of(kept)
    kept.folded, kept.first_author = folded(vars(kept), kept.citekey), first_author(vars(kept))
    kept.save(update_fields=[*before["fields"], "provenance", "standing", "folded", "first_author"])
    pairs.follow_merge(done, by=by, at=at)
    pool.follow_merge(kept=kept, absorbed=absorbed, by=by, at=at)
    record(WorksMerged(kept.pk, absorbed.pk, done.pk), by=by, at=at, touched=[kept, absorbed])
    return done


@transaction.atomic
def part(*, merge: Merge, by: Actor, at: datetime) -> Work:
    """Undo a merge: the absorbed work is a work again, with the records it brought. The work that comes back.

    Where a person parts them, the machine neither merges nor asks again; the undoing of an import judges nothing.
    Raises ``NotNow`` where it was undone already.
    """
    merge = Merge.objects.select_for_update(of=("self",)).select_related("batch").get(pk=merge.pk)
    check_can_part(merge)
    root = root_of(Work.objects.get(pk=merge.kept_id))
    root, restored = _locked(root, merge.absorbed)
    kept = root if merge.kept_id == root.pk else Work.objects.select_for_update(of=("self",)).get(pk=merge.kept_id)
    Record.objects.filter(pk__in=_going_back(merge, root)).update(work=restored)
    restored.merged_into, restored.changed_at = None, at
    restored.save(update_fields=["merged_into", "changed_at"])
    merge.undone_at, merge.undone_by_id = at, by.account_id
    merge.save(update_fields=["undone_at", "undone_by"])
    for work in {kept.pk: kept, root.pk: root}.values():
        _take_back(work, merge)
        work.standing = standing_of(work)
        work.folded, work.first_author = folded(vars(work), work.citekey), first_author(vars(work))
        work.save()
    restored.standing = standing_of(restored)
    restored.save(update_fields=["standing"])
    put_together([root, restored], at=at)
    pairs.follow_parting(merge, judged=_is_judgement(merge), by=by, at=at)
    pool.follow_parting(kept=root, restored=restored, by=by, at=at)
    record(WorksParted(root.pk, restored.pk, merge.pk), by=by, at=at, touched=[root, restored])
    return restored


def _locked(one: Work, two: Work) -> tuple[Work, Work]:
    found = {
        work.pk: work
        for work in Work.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, two.pk]).order_by("pk")
    }
    return found[one.pk], found[two.pk]


def _is_judgement(merge: Merge) -> bool:
    return merge.batch is None or merge.batch.state not in (Import.State.UNDOING, Import.State.UNDONE)


def standing_of(work: Work) -> str:
    """The worst that an open notice says of a work or of what was merged into it."""
    kinds = set(
        Notice.objects.filter(work__in=families([work.pk]), lifted_at__isnull=True).values_list("kind", flat=True)
    )
    return next((_STANDINGS[kind] for kind in reversed(_STANDINGS) if kind in kinds), Work.Standing.SOUND)


def _choose(kept: Work, absorbed: Work, choices: Mapping[str, str]) -> dict[str, Any]:
    """Set what a person chose, now or before; what it was is the answer."""
    fields: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for name in CHOSEN_FIELDS:
        chosen = choices.get(name, "")
        if chosen not in ("kept", "absorbed"):
            ours, theirs = kept.provenance.get(name) == PERSON, absorbed.provenance.get(name) == PERSON
            chosen = "absorbed" if theirs and not ours else ""
        if chosen:
            fields[name], provenance[name] = getattr(kept, name), kept.provenance.get(name, "")
            setattr(kept, name, getattr(kept if chosen == "kept" else absorbed, name))
            kept.provenance[name] = PERSON
    after = {name: getattr(kept, name) for name in fields}
    return {"fields": fields, "provenance": provenance, "after": after}


def _take_back(work: Work, merge: Merge) -> None:
    """The values a merge set, as far as nobody set others since."""
    for name, value in merge.before.get("fields", {}).items():
        if work.provenance.get(name) == PERSON and getattr(work, name) == merge.before["after"][name]:
            setattr(work, name, value)
            source = merge.before["provenance"][name]
            work.provenance = {other: of for other, of in work.provenance.items() if other != name}
            if source:
                work.provenance[name] = source


def _going_back(merge: Merge, root: Work) -> set[int]:
    """The records that moved, and what their sources said since in their place."""
    going = set(merge.moved)
    newest = going
    while newest:
        newest = set(Record.objects.filter(replaces__in=newest).values_list("pk", flat=True)) - going
        going |= newest
    return set(Record.objects.filter(pk__in=going, work=root).values_list("pk", flat=True))
