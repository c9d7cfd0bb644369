"""Delivering: each entry is brought to each of its reactions exactly once.

A worker claims a delivery and runs the reaction in the very transaction that marks it done. A worker killed in between
leaves nothing behind but a delivery still waiting. On PostgreSQL several workers skip what another has locked; on SQLite
the immediate transaction is the lock.
"""

import logging
import traceback
from datetime import datetime, timedelta

from django.db import connection, transaction

from . import facts, wires
from .actions import cause_of_now
from .actors import system
from .models import Delivery

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
PATIENCE = 12  # attempts before a person has to look: about a day and a half
WORKER = system("worker")


def pause_after(attempts: int) -> timedelta:
    """How long a delivery rests after its nth failure: doubling from five seconds to six hours."""
    return min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


def deliver_next(*, at: datetime) -> Delivery | None:
    """Bring the longest waiting due entry to its reaction; None when nothing is due.

    A failing reaction is rolled back alone, kept with its error and tried again after a pause.
    """
    with transaction.atomic():
        due = Delivery.objects.filter(state=Delivery.State.PENDING, not_before__lte=at).order_by("not_before", "id")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        delivery = due.select_related("entry").first()
        if delivery is None:
            return None
        token = cause_of_now.set(delivery.entry_id)
        try:
            with transaction.atomic():
                _run(delivery, at=at)
        except Exception as trouble:
            _keep_failure(delivery, trouble, at=at)
        else:
            delivery.state = Delivery.State.DONE
            delivery.done_at = at
            delivery.error = ""
            delivery.attempts += 1
            delivery.save(update_fields=["state", "done_at", "error", "attempts"])
        finally:
            cause_of_now.reset(token)
        return delivery


def _run(delivery: Delivery, *, at: datetime) -> None:
    wire = wires.wire_called(delivery.reaction)
    if wire is None:
        raise LookupError(f"No wire is called {delivery.reaction}; see site/wiring.py.")
    wire.reaction(facts.unpack(delivery.entry.fact, delivery.entry.payload), by=WORKER, at=at)


def _keep_failure(delivery: Delivery, trouble: Exception, *, at: datetime) -> None:
    log.warning("Delivery %s failed: %s", delivery, trouble)
    delivery.attempts += 1
    delivery.error = "".join(traceback.format_exception(trouble))[-8000:]
    if delivery.attempts >= PATIENCE:
        delivery.state = Delivery.State.STUCK
    delivery.not_before = at + pause_after(delivery.attempts)
    delivery.save(update_fields=["attempts", "error", "state", "not_before"])


def deliver_all(*, at: datetime, most: int | None = None) -> int:
    """Deliver until nothing is due (or ``most`` were tried); the number tried."""
    tried = 0
    while (most is None or tried < most) and deliver_next(at=at) is not None:
        tried += 1
    return tried


def retry(delivery: Delivery, *, at: datetime) -> None:
    """Put a stuck or resting delivery at the front again."""
    Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.DONE).update(
        state=Delivery.State.PENDING, not_before=at
    )
