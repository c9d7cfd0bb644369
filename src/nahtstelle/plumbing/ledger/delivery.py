"""Delivering: each entry is brought to each of its reactions exactly once.

A worker claims a delivery and runs the reaction in the very transaction that marks it done. A worker killed in between
leaves nothing behind but a delivery still waiting. On PostgreSQL several workers skip what another has locked; on
SQLite the immediate transaction is the lock.
"""

import logging
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from . import facts, wires
from .actions import Touched, cause_of_now, record
from .actors import Actor, system
from .models import Delivery

log = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
PATIENCE = 16  # attempts before a person has to look: about a day
WORKER = system("worker")

State = Delivery.State


@facts.fact("ledger.DeliveryRetried", says=_("A delivery is tried again: %(reaction)s"))
@dataclass(frozen=True, slots=True)
class DeliveryRetried:
    delivery: int
    entry: int
    reaction: str


def pause_after(attempts: int) -> timedelta:
    """How long a delivery rests after its nth failure: doubling from five seconds to six hours."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def deliver_next(*, at: datetime) -> Delivery | None:
    """Bring the longest waiting due entry to its reaction; None when nothing is due.

    A failing reaction is rolled back alone, kept with its error and tried again after a pause.
    """
    due = _due(at)
    if not due.exists():  # asked without a transaction: on SQLite every transaction takes the one write lock
        return None
    claimed: list[Delivery] = []
    try:
        with transaction.atomic():
            return _deliver(due, claimed, at=at)
    except IntegrityError as trouble:
        # Foreign keys are checked when the transaction ends: the reaction broke one and took the mark "done" with it.
        return _keep_failure_afterwards(claimed[0], trouble, at=at)


def _due(at: datetime) -> QuerySet[Delivery]:
    """What may be delivered now. One that is to come in its turn lets those before it finish, however they fare."""
    before = Delivery.objects.filter(entry=OuterRef("entry"), pk__lt=OuterRef("pk")).exclude(state=State.DONE)
    waiting = Delivery.objects.filter(state=State.PENDING, not_before__lte=at)
    return waiting.filter(Q(in_turn=False) | ~Exists(before)).order_by("not_before", "id")


def _deliver(due: QuerySet[Delivery], claimed: list[Delivery], *, at: datetime) -> Delivery | None:
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    delivery = due.select_related("entry").first()
    if delivery is None:
        return None
    claimed.append(delivery)
    token = cause_of_now.set(delivery.entry_id)
    try:
        with transaction.atomic():
            _run(delivery, at=at)
    except Exception as trouble:  # reason: whatever a room's reaction raises, its neighbours must be delivered
        _keep_failure(delivery, trouble, at=at)
    else:
        delivery.state = State.DONE
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
    # PostgreSQL keeps no NUL characters; a reaction that choked on one must still be kept with its error.
    delivery.error = "".join(traceback.format_exception(trouble))[-8000:].replace("\x00", "�")
    if delivery.attempts >= PATIENCE:
        delivery.state = State.STUCK
    delivery.not_before = at + pause_after(delivery.attempts)
    delivery.save(update_fields=["attempts", "error", "state", "not_before"])


def _keep_failure_afterwards(delivery: Delivery, trouble: Exception, *, at: datetime) -> Delivery:
    with transaction.atomic():
        fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if fresh.state == State.PENDING and fresh.not_before <= at:
            _keep_failure(fresh, trouble, at=at)
    return fresh


def deliver_all(*, at: datetime, most: int | None = None) -> int:
    """Deliver until nothing is due (or ``most`` were tried); the number tried."""
    tried = 0
    while (most is None or tried < most) and deliver_next(at=at) is not None:
        tried += 1
    return tried


def retry(delivery: Delivery, *, by: Actor, at: datetime) -> bool:
    """Put a stuck or resting delivery at the front again; False where it was done meanwhile."""
    with transaction.atomic():
        undone = Delivery.objects.filter(pk=delivery.pk).exclude(state=State.DONE)
        changed = undone.update(state=State.PENDING, not_before=at)
        if changed:
            fact = DeliveryRetried(delivery=delivery.pk, entry=delivery.entry_id, reaction=delivery.reaction)
            record(fact, by=by, at=at, touched=[Touched(delivery, {"state": (delivery.state, State.PENDING.value)})])
    return bool(changed)
