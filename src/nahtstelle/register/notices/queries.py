"""Asking about notices and letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from nahtstelle.register.people.models import Person

from .models import Bounce, Letter, Notice, Preference


def inbox(person: Person, *, unread: bool = False, kinds: Sequence[str] = ()) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    notices = Notice.objects.filter(person=person).order_by("-id")
    if unread:
        notices = notices.filter(read_at__isnull=True)
    if kinds:
        notices = notices.filter(kind__in=kinds)
    return notices


def unread_count(person: Person) -> int:
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def kinds_in_inbox(person: Person) -> list[tuple[str, int]]:
    """Kind and number, most frequent first."""
    rows = Notice.objects.filter(person=person).order_by().values_list("kind").annotate(number=Count("id"))
    return list(rows.order_by("-number", "kind"))


def preference_of(person: Person) -> Preference:
    """How a person wants to be told; the defaults, unsaved, where they never said."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def is_barred(address: str) -> bool:
    """Whether mail to this address came back for good and nobody has cleared it since."""
    return Bounce.objects.filter(to__iexact=address, hard=True, resolved_at__isnull=True).exists()


def barred_addresses() -> QuerySet[Bounce]:
    return Bounce.objects.filter(hard=True, resolved_at__isnull=True).order_by("-id")


@dataclass(frozen=True, slots=True)
class Outbox:
    waiting: int  # due now
    resting: int  # tried, will be tried again
    sending: int
    given_up: int
    came_back: int
    sent_lately: int  # within the last day
    oldest_wait: timedelta | None  # how long the longest due letter is overdue


def outbox(*, at: datetime) -> Outbox:
    """The state of the outbox, for those who look after the machinery."""
    figures = Letter.objects.aggregate(
        waiting=Count("id", filter=Q(state="queued", not_before__lte=at)),
        resting=Count("id", filter=Q(state="queued", not_before__gt=at)),
        sending=Count("id", filter=Q(state="sending")),
        given_up=Count("id", filter=Q(state="failed")),
        came_back=Count("id", filter=Q(state="bounced")),
        sent_lately=Count("id", filter=Q(sent_at__gt=at - timedelta(days=1))),
        oldest=Min("not_before", filter=Q(state="queued", not_before__lte=at)),
    )
    oldest = figures.pop("oldest")
    return Outbox(**figures, oldest_wait=at - oldest if oldest else None)


def troubled_letters() -> QuerySet[Letter]:
    """Letters given up, and those that wait after trouble; newest first."""
    return Letter.objects.filter(Q(state="failed") | Q(state="queued") & ~Q(trouble="")).order_by("-id")
