"""Pressing: reminding of what falls due, escalating what is long overdue."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import CentreRole, Person
from nahtstelle.register.people.queries import staff

from ..facts import DutiesEscalated, DutiesFellDue
from ..models import Duty
from ..queries import reachable
from .locking import local_day

REMIND_BEFORE = timedelta(days=7)
ESCALATE_AFTER = timedelta(days=7)

_OPEN = Duty.State.OPEN


def remind_due(*, by: Actor, at: datetime, before: timedelta = REMIND_BEFORE) -> int:
    """Remind each person once of the duties that fall due within ``before``; the number of duties.

    One fact per person, so that forty duties make one message. Each person's reminder is a transaction of its own.
    """
    horizon = local_day(at) + before
    due = Duty.objects.filter(state=_OPEN, due__lte=horizon, reminded_at__isnull=True, owner__in=reachable())
    number = 0
    for owner in due.order_by("owner").values_list("owner", flat=True).distinct():
        with transaction.atomic():
            count = due.filter(owner=owner).update(reminded_at=at)
            if count:
                fact = DutiesFellDue(person=owner, count=count, lot=f"{owner} {at.isoformat()}")
                entry = record(fact, by=by, at=at)
                touch_all(entry, Duty.objects.filter(owner=owner, reminded_at=at))
                number += count
    return number


def escalate_overdue(*, by: Actor, at: datetime, after: timedelta = ESCALATE_AFTER) -> int:
    """Bring what is overdue by more than ``after`` to the head of the centre; the number of duties.

    Where the centre has no head who can be told, or the head is the one who owes it, it lies on the desk of all
    coordinators.
    """
    today = local_day(at)
    head = head_of_centre(on=today)
    late = Duty.objects.filter(state=_OPEN, due__lt=today - after, escalated_at__isnull=True)
    with transaction.atomic():
        if head is None:
            return _escalate(late, to=None, by=by, at=at)
        others = late.exclude(owner=head)
        return _escalate(others, to=head, by=by, at=at) + _escalate(late.filter(owner=head), to=None, by=by, at=at)


def _escalate(late: QuerySet[Duty], *, to: Person | None, by: Actor, at: datetime) -> int:
    because = Duty.Escalation.OVERDUE
    count = late.update(escalated_at=at, escalated_to=to, escalated_because=because)
    if count:
        fact = DutiesEscalated(
            to=to.pk if to else None, because=because.value, count=count, lot=f"overdue {at.isoformat()}"
        )
        entry = record(fact, by=by, at=at)
        touched = Duty.objects.filter(escalated_at=at, escalated_to=to, escalated_because=because)
        touch_all(entry, touched, {"escalated_because": ("", because.value)})
    return count


def head_of_centre(*, on: date) -> Person | None:
    """The head who can be told; the one longest known where there are several."""
    heads = staff(on=on, role=CentreRole.Role.LEAD)
    return reachable().filter(pk__in=heads.values("pk")).order_by("pk").first()
