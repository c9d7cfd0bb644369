"""Telling those who look after the machinery what went wrong with mail."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import CentreRole, Person

from ..facts import MailServerTroubled
from ..models import Bounce, Letter
from ..questions import machinery_address
from .telling import tell

OPERATORS = (CentreRole.Role.ADMINISTRATOR, CentreRole.Role.COORDINATOR)


def tell_operators(
    *, kind: str, words: dict[str, Any], cause: str, but: int | None = None, by: Actor, at: datetime
) -> None:
    """Tell administrators and coordinators; ``but`` leaves one person out. It never goes out as a letter at once."""
    today = timezone.localdate(at)
    for person in operators(on=today).exclude(pk=but or 0):
        tell(person=person, kind=kind, words=words, link=machinery_address(), cause=cause, by=by, at=at)


def operators(*, on: date) -> QuerySet[Person]:
    held = CentreRole.objects.on(on).filter(role__in=OPERATORS)
    return Person.objects.filter(pk__in=held.values("person"))


def tell_of_lost_letter(letter: Letter, *, by: Actor, at: datetime) -> None:
    """A letter was given up. Not told to the one it was for: that would make another letter of the same fate."""
    words = {"to": letter.to, "subject": letter.subject, "reason": letter.trouble[:200]}
    tell_operators(
        kind="notices.letter-lost", words=words, cause=f"letter-{letter.pk}", but=letter.person_id, by=by, at=at
    )


def tell_of_bounce(bounce: Bounce, *, by: Actor, at: datetime) -> None:
    words = {"to": bounce.to, "reason": f"{bounce.status} {bounce.diagnostic}".strip()[:200]}
    but = bounce.letter.person_id if bounce.letter else None
    tell_operators(kind="notices.bounced", words=words, cause=f"bounce-{bounce.pk}", but=but, by=by, at=at)


def tell_of_mail_server(*, reason: str, by: Actor, at: datetime) -> None:
    """The mail server cannot be used; said once a day."""
    day = timezone.localdate(at).isoformat()
    fact = MailServerTroubled(day=day, reason=reason[:300])
    with transaction.atomic():
        if Entry.objects.filter(fact=fact.fact_name, payload__day=day).exists():
            return
        record(fact, by=by, at=at)
        words = {"reason": reason[:200]}
        tell_operators(kind="notices.mail-server", words=words, cause=f"mail-server-{day}", by=by, at=at)
