"""Asking about duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from nahtstelle.register.people.models import Person

from .models import Duty

SOON = timedelta(days=14)


def reachable() -> QuerySet[Person]:
    """Persons who can see a duty and be told of it: with an account that is in use, and an address."""
    return Person.objects.filter(account__is_active=True).exclude(mail="")


def open_duties() -> QuerySet[Duty]:
    return Duty.objects.filter(state=Duty.State.OPEN).select_related("owner", "delegated_by", "escalated_to")


def of_person(person: Person) -> QuerySet[Duty]:
    """What a person owes, the most urgent first."""
    return open_duties().filter(owner=person).order_by("due", "id")


def handed_on_by(person: Person) -> QuerySet[Duty]:
    """What a person handed on to others and is still open."""
    return open_duties().filter(delegated_by=person).exclude(owner=person).order_by("due", "id")


def escalated() -> QuerySet[Duty]:
    """What lies on the desk of the coordinators and the head of the centre."""
    return open_duties().filter(escalated_at__isnull=False).order_by("due", "id")


def closed_of(person: Person) -> QuerySet[Duty]:
    return (
        Duty.objects.exclude(state=Duty.State.OPEN)
        .filter(owner=person)
        .select_related("owner", "delegated_by", "escalated_to")
        .order_by("-settled_at", "-id")
    )


def about(subject_kind: str, subject_id: int) -> QuerySet[Duty]:
    """Every duty about one thing, open ones first."""
    return (
        Duty.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
        .select_related("owner", "delegated_by", "escalated_to")
        .order_by("settled_at", "due", "id")
    )


WHEN = {
    "overdue": lambda on: Q(due__lt=on),
    "soon": lambda on: Q(due__gte=on, due__lte=on + SOON),
    "later": lambda on: Q(due__gt=on + SOON),
}


def narrowed(
    duties: QuerySet[Duty], *, on: date, when: Sequence[str] = (), kinds: Sequence[str] = (), words: str = ""
) -> QuerySet[Duty]:
    """The duties due at one of these times (see ``WHEN``), of these kinds, whose subject's title holds all words.

    What is empty narrows nothing; a time nobody knows is passed over.
    """
    times = [WHEN[name](on) for name in when if name in WHEN]
    if times:
        duties = duties.filter(reduce(or_, times))
    if kinds:
        duties = duties.filter(kind__in=kinds)
    for word in words.split():
        duties = duties.filter(subject_title__icontains=word)
    return duties


@dataclass(frozen=True, slots=True)
class Counts:
    overdue: int
    soon: int
    later: int

    @property
    def open(self) -> int:
        return self.overdue + self.soon + self.later


def counts(duties: QuerySet[Duty], *, on: date) -> Counts:
    """How many of these open duties are overdue, due within a fortnight, due later."""
    figures = duties.order_by().aggregate(**{name: Count("id", filter=when(on)) for name, when in WHEN.items()})
    return Counts(**figures)


def kinds_among(duties: QuerySet[Duty]) -> list[tuple[str, int]]:
    """Kind and number, most frequent first."""
    return list(duties.order_by().values_list("kind").annotate(number=Count("id")).order_by("-number", "kind"))


@dataclass(frozen=True, slots=True)
class Wave:
    """How far the duties of one cause have come."""

    settled: int
    open: int
    overdue: int  # of the open ones those past their date; not counted in ``open``


def wave(cause: str, *, on: date) -> Wave:
    figures = Duty.objects.filter(cause=cause).aggregate(
        settled=Count("id", filter=~Q(state="open")),
        open=Count("id", filter=Q(state="open", due__gte=on)),
        overdue=Count("id", filter=Q(state="open", due__lt=on)),
    )
    return Wave(**figures)
