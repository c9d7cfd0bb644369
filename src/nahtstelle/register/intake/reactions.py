"""The intake carries its own imports forward, step by step."""

from datetime import datetime

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actors import Actor

from . import actions
from .facts import ColumnsChosen, ImportConfirmed, RowsUnderstood, TableArrived, UndoingConfirmed
from .models import Batch


def read_rows(fact: TableArrived, *, by: Actor, at: datetime) -> None:
    batch = Batch.objects.get(pk=fact.batch_id)
    actions.read_rows(batch, offset=fact.offset, by=by, at=at)


def check_rows(fact: ColumnsChosen, *, by: Actor, at: datetime) -> None:
    batch = Batch.objects.get(pk=fact.batch_id)
    actions.check_rows(batch, turn=fact.turn, after=fact.after, by=by, at=at)


def match_rows(fact: RowsUnderstood, *, by: Actor, at: datetime) -> None:
    actions.match_rows(Batch.objects.get(pk=fact.batch_id), turn=fact.turn)


def carry_out(fact: ImportConfirmed, *, by: Actor, at: datetime) -> None:
    """All rows at once; a register that changed meanwhile sends the import back to be looked at again."""
    batch = Batch.objects.get(pk=fact.batch_id)
    if batch.state != Batch.State.RUNNING:
        return
    try:
        actions.carry_out(batch=batch, by=by, at=at)
    except actions.Changed as trouble:
        actions.put_back(batch=batch, trouble=trouble, by=by, at=at)


def undo(fact: UndoingConfirmed, *, by: Actor, at: datetime) -> None:
    """All of it at once; a register that changed just then leaves the import as it was."""
    batch = Batch.objects.get(pk=fact.batch_id)
    if batch.state != Batch.State.UNDOING:
        return
    try:
        actions.undo(batch=batch, by=by, at=at)
    except NotNow:
        actions.put_undoing_back(batch=batch, by=by, at=at)
