"""The library carries its own deliveries forward."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor

from ..actions import full_texts, reading, taking_in, undoing, withdrawing
from ..facts import FullTextAttached, ImportArrived, ImportConfirmed, LiteratureImported, UndoingConfirmed
from ..models import FullText, Import


def read_on(fact: ImportArrived, *, by: Actor, at: datetime) -> None:
    """One slice; the next one is asked for by the same fact."""
    batch = Import.objects.filter(pk=fact.batch_id, file__isnull=False).first()
    if batch is not None:
        reading.read_on(batch=batch, after=fact.after, by=by, at=at)


def take_in(fact: ImportConfirmed, *, by: Actor, at: datetime) -> None:
    taking_in.take_in(batch=Import.objects.get(pk=fact.batch_id), by=by, at=at)


def undo(fact: UndoingConfirmed, *, by: Actor, at: datetime) -> None:
    undoing.undo(batch=Import.objects.get(pk=fact.batch_id), by=by, at=at)


def read_full_text(fact: FullTextAttached, *, by: Actor, at: datetime) -> None:
    text = FullText.objects.filter(pk=fact.full_text_id).first()  # removed meanwhile: nothing to read
    if text is not None:
        full_texts.read_text(text=text, at=at)


def withdraw(fact: LiteratureImported, *, by: Actor, at: datetime) -> None:
    withdrawing.withdraw(batch=Import.objects.get(pk=fact.batch_id), by=by, at=at)
