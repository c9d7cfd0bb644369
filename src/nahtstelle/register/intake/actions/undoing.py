"""Undoing an import as a whole: what it made goes, what it changed is put back; what others built on stays and is named."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import ImportUndone, UndoingConfirmed, UndoingPutBack
from ..models import Batch
from ..rules import check_can_be_undone
from ..sentences import of_file
from ..snapshots import MODELS, REMOVED_IN_ORDER, chunks
from ..undo_plan import Restored, plan_of

MEANWHILE: dict[str, Any] = {"code": "undoing", "details": {}}


@transaction.atomic
def confirm_undoing(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Have an import taken back by the worker. Raises ``NotNow`` after 30 days or a second time."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_undone(batch, at=at)
    batch.state, batch.trouble = Batch.State.UNDOING, {}
    batch.save(update_fields=["state", "trouble"])
    record(UndoingConfirmed(batch.pk), by=by, at=at, touched=[batch])
    return batch


@transaction.atomic
def put_undoing_back(*, batch: Batch, by: Actor, at: datetime) -> None:
    """The register changed just then: nothing was undone, and it can be asked for again."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    batch.state, batch.trouble = Batch.State.DONE, MEANWHILE
    batch.save(update_fields=["state", "trouble"])
    record(UndoingPutBack(batch.pk), by=by, at=at, touched=[batch])


def undo(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Take an import back, all of it that can be or nothing.

    Raises ``NotNow`` after 30 days, a second time, and where the register changed just then.
    """
    try:
        with transaction.atomic():
            return _undo(batch, by=by, at=at)
    except IntegrityError as trouble:
        raise NotNow(of_file(MEANWHILE)) from trouble


def _undo(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Batch.State.UNDOING:
        check_can_be_undone(batch, at=at)
    plan = plan_of(batch)
    for model in REMOVED_IN_ORDER:
        for chunk in chunks(plan.removed.get(model._meta.label_lower, ())):
            model._default_manager.filter(pk__in=chunk).delete()
    touched = [_put_back(one) for one in plan.restored]  # now that what was made has let go of its addresses
    # References are looked at here and not with the commit, where nobody could put the undoing back any more.
    connection.check_constraints(table_names=sorted({MODELS[one.kind]._meta.db_table for one in plan.restored}))
    removed = Counter({kind: len(ids) for kind, ids in plan.removed.items()})
    batch.state, batch.undone_at = Batch.State.UNDONE, at
    batch.figures |= {"removed": dict(removed), "restored": len(plan.restored), "stayed": len(plan.stayed)}
    batch.save(update_fields=["state", "undone_at", "figures"])
    fact = ImportUndone(batch.pk, removed=sum(removed.values()), restored=len(plan.restored), stayed=len(plan.stayed))
    record(fact, by=by, at=at, touched=[batch, *touched])
    return batch


def _put_back(one: Restored) -> Touched:
    model = MODELS[one.kind]
    model.objects.filter(pk=one.object_id).update(**one.before)
    changes = {name: (one.now[name], value) for name, value in one.before.items()}
    return Touched(model(pk=one.object_id), changes)
