"""What this room does when a duty changes: those concerned are told."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.facts import (
    DutiesEscalated,
    DutiesFellDue,
    DutyDelegated,
    DutyDropped,
    DutySettled,
)
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import CentreRole, Person
from nahtstelle.register.people.queries import staff

from .actions import tell
from .words import in_every_language


def tell_of_delegation(fact: DutyDelegated, *, by: Actor, at: datetime) -> None:
    """The new owner learns what is theirs now, the one who handed it on and the one who had it that it is in other
    hands.
    """
    duty = Duty.objects.select_related("owner").get(pk=fact.duty)
    people = Person.objects.in_bulk([fact.now, *filter(None, (fact.delegator, fact.before))])
    delegator = people.get(fact.delegator or 0)
    lot = f"duty-{duty.pk}-{fact.now}-{at.isoformat()}"
    words = {
        "duty": duty.pk,
        "asked_by": fact.delegator,
        "title": duty.subject_title,
        "due_on": duty.due.isoformat(),
        "who": delegator.name if delegator else "Nahtstelle",
        "to": people[fact.now].name,
    }
    tell(person=people[fact.now], kind="duties.received", words=words, link=duty.link, cause=lot, by=by, at=at)
    for number in {fact.delegator, fact.before} - {None, fact.now}:
        tell(
            person=people[number], kind="duties.handed-on", words=words, link=duty.link, cause=lot, by=by, at=at
        )  # fmt: skip


def tell_of_closing(fact: DutySettled | DutyDropped, *, by: Actor, at: datetime) -> None:
    """Who owed the duty and who handed it on learn that it is done or dropped, and how, unless they did it
    themselves.
    """
    duty = Duty.objects.get(pk=fact.duty)
    kind = "duties.settled" if isinstance(fact, DutySettled) else "duties.dropped"
    words = {"title": duty.subject_title, "who": duty.settled_by, "how": duty.settled_how or "–"}
    for person in Person.objects.filter(pk__in={duty.delegated_by_id, duty.owner_id} - {None, fact.closer}):
        tell(person=person, kind=kind, words=words, link=duty.link, cause=f"duty-{duty.pk}-closed", by=by, at=at)


def tell_of_due(fact: DutiesFellDue, *, by: Actor, at: datetime) -> None:
    """One reminder for everything that falls due."""
    person = Person.objects.get(pk=fact.person)
    tell(
        person=person, kind="duties.due", words={"count": fact.count}, link=reverse("duties:duties"),
        cause=fact.lot, by=by, at=at,
    )  # fmt: skip


def tell_of_escalation(fact: DutiesEscalated, *, by: Actor, at: datetime) -> None:
    """The head of the centre, or all coordinators, learn what lies on their desk and why."""
    link = reverse("duties:duties") + "?view=escalated"
    because = Duty.Escalation(fact.because)
    kind = "duties.overdue" if because == Duty.Escalation.OVERDUE else "duties.unreachable"
    words = {"count": fact.count, "because": in_every_language(because.label)}
    for person in _desk(fact, at=at):
        tell(
            person=person, kind=kind, words=words, link=link,
            cause=f"{fact.because} {fact.lot}"[:80], by=by, at=at,
        )  # fmt: skip


def _desk(fact: DutiesEscalated, *, at: datetime) -> list[Person]:
    """Whom the escalation is for; the administrators where the centre has neither coordinators nor a head."""
    if fact.to is not None:
        return list(Person.objects.filter(pk=fact.to))
    today = timezone.localdate(at)
    for role in (CentreRole.Role.COORDINATOR, CentreRole.Role.LEAD, CentreRole.Role.ADMINISTRATOR):
        if people := list(staff(on=today, role=role)):
            return people
    return []
