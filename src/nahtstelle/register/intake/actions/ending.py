"""Imports that end: abandoned by a person, or forgotten when the time for undoing is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from nahtstelle.plumbing.files.actions import forget
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import ImportAbandoned, ImportForgotten
from ..models import Batch
from ..rules import UNDO_FOR, check_can_be_abandoned


@transaction.atomic
def abandon(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Give up an import before it was carried out; file and rows are erased at once, nothing needs them any more."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_abandoned(batch)
    batch.state = Batch.State.ABANDONED
    _erase(batch, at=at)
    record(ImportAbandoned(batch.pk), by=by, at=at, touched=[batch])
    return batch


def forget_old(*, by: Actor, at: datetime) -> int:
    """Erase file, rows and undo records of imports whose time for undoing is over; what was imported stays."""
    over = at - UNDO_FOR
    ended = Q(done_at__lte=over) | Q(done_at__isnull=True, given_at__lte=over)
    count = 0
    waiting = Batch.objects.filter(ended, forgotten_at__isnull=True).exclude(state=Batch.State.UNDOING)
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            batch = Batch.objects.select_for_update(of=("self",)).get(pk=pk)
            if batch.forgotten_at is not None:
                continue
            if batch.done_at is None and batch.state != Batch.State.REFUSED:
                batch.state = Batch.State.ABANDONED
            _erase(batch, at=at)
            record(ImportForgotten(batch.pk), by=by, at=at, touched=[batch])
            count += 1
    return count


def _erase(batch: Batch, *, at: datetime) -> None:
    kept, batch.file = batch.file, None
    batch.forgotten_at = at
    batch.save()
    batch.rows.all().delete()
    batch.changes.all().delete()
    if kept is not None:
        forget(kept)
