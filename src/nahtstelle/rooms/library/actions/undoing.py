"""Undoing an import as a whole, for ever: what only it made goes, what others built on stays and is named."""

from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import LiteratureUndone, PoolChanged, UndoingConfirmed
from ..models import Import, Item, Notice, Record, Work
from ..queries.undoing import chunks, merges_among, plan_of
from ..rules.imports import check_can_be_undone
from .notices import lift_with_import
from .works import put_together

NAMED = 500  # works that stayed, by their number


@transaction.atomic
def confirm_undoing(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Have an import taken back by the worker. Raises ``NotNow`` a second time."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_undone(batch)
    batch.state = Import.State.UNDOING
    batch.save(update_fields=["state"])
    record(UndoingConfirmed(batch.pk), by=by, at=at, touched=[batch])
    return batch


@transaction.atomic
def undo(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Take an import back, all of it that can be."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Import.State.UNDOING:
        return batch
    plan = plan_of(batch)
    staying = set(plan.stays)
    going = batch.records.exclude(pk__in=_records_of(batch, staying))
    lift_with_import(batch=batch, staying=staying, removed=plan.removed, by=by, at=at)
    _let_older_ones_speak(batch, staying)
    for chunk in chunks(set(going.values_list("pk", flat=True))):
        Record.objects.filter(pk__in=chunk).delete()
    _remove(plan.removed)
    put_together(plan.recomputed, at=at)
    _take_out_of_pools(staying, by=by, at=at)
    batch.state, batch.undone_at = Import.State.UNDONE, at
    batch.figures = batch.figures | {
        "removed": len(plan.removed), "stayed": len(staying), "stayed_works": sorted(staying)[:NAMED],
    }  # fmt: skip
    batch.save(update_fields=["state", "undone_at", "figures"])
    record(LiteratureUndone(batch.pk, works=len(plan.removed)), by=by, at=at, touched=[batch])
    return batch


def _records_of(batch: Import, works: set[int]) -> list[int]:
    return [pk for chunk in chunks(works) for pk in batch.records.filter(work__in=chunk).values_list("pk", flat=True)]


def _let_older_ones_speak(batch: Import, staying: set[int]) -> None:
    told = batch.records.filter(replaces__isnull=False, replaced=False).values_list("replaces", "work")
    older = {old for old, work in told if work not in staying}
    for chunk in chunks(older):
        Record.objects.filter(pk__in=chunk).update(replaced=False)


def _remove(works: set[int]) -> None:
    for chunk in chunks(works):
        merges_among(chunk).delete()
        Work.objects.filter(pk__in=chunk).update(merged_into=None)
    for chunk in chunks(works):
        Work.objects.filter(merged_into__in=chunk).update(merged_into=None)
        Notice.objects.filter(work__in=chunk).delete()
        Item.objects.filter(work__in=chunk).delete()
        Work.objects.filter(pk__in=chunk).delete()


def _take_out_of_pools(works: set[int], *, by: Actor, at: datetime) -> None:
    """What nobody judged yet is no longer offered to screeners."""
    reviews: set[int] = set()
    for chunk in chunks(works):
        items = Item.objects.filter(work__in=chunk, left_out=False, decisions__isnull=True)
        found = list(items.values_list("pk", "review"))
        Item.objects.filter(pk__in=[pk for pk, _review in found]).update(left_out=True)
        reviews |= {review for _pk, review in found}
    for review in sorted(reviews):
        record(PoolChanged(review), by=by, at=at)
