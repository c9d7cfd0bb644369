"""Recurring work: done by one worker at a time, each time it is due.

Unlike a reaction a chore may take long and makes its own transactions, so it is claimed for a while instead of
locked. A worker killed in the middle leaves its claim; when that has run out another does the chore again. A chore
must therefore bear being begun twice: what it did already, it finds done.
"""

import logging
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import DatabaseError, connection, transaction

from .actors import Actor, system
from .models import Chore as Row

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=15)
FIRST_PAUSE = timedelta(seconds=30)


class Work(Protocol):
    def __call__(self, *, by: Actor, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Chore:
    """``action`` is called with ``by`` (the platform) and ``at`` each time ``every`` has passed.

    A ``slow`` one waits for servers elsewhere; it has a strand of the worker with others of its kind. ``claim``: how long a
    worker that was killed in it keeps it from the others.
    """

    name: str
    every: timedelta
    action: Work
    slow: bool = False
    claim: timedelta = CLAIM


def run_due(chores: Iterable[Chore], *, worker: str, at: datetime) -> list[str]:
    """Do what is due; the names of what was tried.

    A failing chore is kept with its error, tried again soon (at the latest when it is due anyway) and harms no other.
    """
    tried = []
    rows = {row.name: row for row in Row.objects.all()}
    for chore in chores:
        row = rows.get(chore.name)
        if row is not None and not _is_due(row, at=at):
            continue
        if _claim(chore, worker=worker, at=at):
            tried.append(chore.name)
            _do(chore, at=at)
    return tried


def _is_due(row: Row, *, at: datetime) -> bool:
    return row.due_at <= at and (row.claimed_until is None or row.claimed_until <= at)


def _claim(chore: Chore, *, worker: str, at: datetime) -> bool:
    with transaction.atomic():
        Row.objects.get_or_create(name=chore.name, defaults={"due_at": at})
        rows = Row.objects.filter(name=chore.name)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        row = rows.first()
        if row is None or not _is_due(row, at=at):
            return False
        row.claimed_until = at + chore.claim
        row.claimed_by = worker
        row.save(update_fields=["claimed_until", "claimed_by"])
        return True


def _do(chore: Chore, *, at: datetime) -> None:
    try:
        chore.action(by=system(chore.name), at=at)
    except DatabaseError:
        if not _is_usable():
            raise  # the worker reconnects; the claim runs out and the chore is done again
        _keep_failure(chore, at=at)
    except Exception:  # reason: whatever one chore raises, the others must be done
        _keep_failure(chore, at=at)
    else:
        with transaction.atomic():
            row = Row.objects.select_for_update().get(name=chore.name)
            row.due_at, row.last_done_at = at + chore.every, at
            row.runs += 1
            row.failures, row.error = 0, ""
            row.claimed_until, row.claimed_by = None, ""
            row.save()


def _is_usable() -> bool:
    return connection.connection is not None and connection.is_usable()


def _keep_failure(chore: Chore, *, at: datetime) -> None:
    """Called while the failure is being handled."""
    log.exception("The chore %s failed.", chore.name)
    with transaction.atomic():
        row = Row.objects.select_for_update().get(name=chore.name)
        row.failures += 1
        row.error = traceback.format_exc()[-8000:].replace("\x00", "�")
        row.due_at = at + min(FIRST_PAUSE * 2 ** min(row.failures - 1, 20), chore.every)
        row.claimed_until, row.claimed_by = None, ""
        row.save()
