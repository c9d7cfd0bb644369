"""Pools of reviews follow what happens to imports."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor

from ..actions import pool
from ..facts import LiteratureImported, LiteratureUndone
from ..models import Import


def feed_pools(fact: LiteratureImported, *, by: Actor, at: datetime) -> None:
    """An import that was chosen for a review before it was done."""
    batch = Import.objects.get(pk=fact.batch_id)
    for review in pool.wanting(batch):
        pool.add_from_import(review=review, batch=batch, by=by, at=at)


def drain_pools(fact: LiteratureUndone, *, by: Actor, at: datetime) -> None:
    """What only an undone import had brought is not to be screened any more."""
    pool.leave_out_undone(batch=Import.objects.get(pk=fact.batch_id), by=by, at=at)
