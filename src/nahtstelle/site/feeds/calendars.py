"""Dated things as iCalendar: days on which law changes, periods of programmes, what one person owes.

An event keeps its UID as long as the thing it stands for, so that a calendar moves it when its day moves. All are whole
days: the end of such an event is the day after (RFC 5545).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from nahtstelle.register.duties.kinds import sentence_of
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.duties.presenters import why
from nahtstelle.register.programmes.models import FundingPeriod
from nahtstelle.rooms.law import queries as law_queries
from nahtstelle.rooms.law.models import Act, Law, PlannedChange

PAST = timedelta(days=366)  # what lies longer ago is history, not a date
MOST = 2000
SAID_ELSEWHERE = (law_queries.Outlook.REPLACED, law_queries.Outlook.RECORDED)  # by a newer remark; by the text itself
CERTAIN = {Act.Stage.PROMULGATED, Act.Stage.IN_FORCE}


@dataclass(frozen=True, slots=True)
class Day:
    """One whole-day event."""

    uid: str
    day: date
    title: str
    text: str
    address: str  # below the site
    status: str = "CONFIRMED"


def as_calendar(name: str, days: Iterable[Day], *, today: date) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Nahtstelle//{(get_language() or 'de')[:2].upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{settings.SITE_NAME}: {name}")
    calendar.add("name", f"{settings.SITE_NAME}: {name}")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    for day in days:
        event = Event()
        event.add("uid", f"{day.uid}@{host}")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", day.day)
        event.add("dtend", day.day + timedelta(days=1))
        event.add("summary", day.title)
        if day.text:
            event.add("description", day.text)
        event.add("url", settings.BASE_URL + day.address)
        event.add("status", day.status)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def days_of_law(law: Law | None, *, today: date) -> Iterator[Day]:
    """Announced amendments, and for each line of an act the day it takes effect and the day it ends."""
    since = today - PAST
    announced = law_queries.announcements(day=today).filter(in_force__gte=since).order_by("in_force", "id")
    announced = announced.exclude(outlook__in=SAID_ELSEWHERE)
    planned = PlannedChange.objects.exclude(act__stage=Act.Stage.FAILED).filter(
        Q(in_force__gte=since) | Q(until__gte=since)
    )
    if law is not None:
        announced, planned = announced.filter(law=law), planned.filter(law=law)
    for one in announced[:MOST]:
        title = _("%(law)s: announced amendment takes effect") % {"law": one.law.citation}
        assert one.in_force is not None
        yield Day(f"announcement-{one.pk}", one.in_force, title, one.text, reverse("law:law", args=[one.law.slug]))
    for plan in planned.select_related("act", "law").order_by("in_force", "id")[:MOST]:
        yield from _days_of_plan(plan, since=since)


def _days_of_plan(plan: PlannedChange, *, since: date) -> Iterator[Day]:
    about = f"{plan.law.citation} {plan.new_citation or plan.old_citation}: {plan.get_kind_display()}"
    status = "CANCELLED" if plan.reversed_on else "CONFIRMED" if plan.act.stage in CERTAIN else "TENTATIVE"
    said = [f"{plan.act} ({plan.act.get_stage_display()})", plan.summary, plan.transition, plan.land_deviation]
    if plan.reversed_on:
        said.insert(0, _("Taken back: %s") % plan.reversal_reason)
    text, address = "\n\n".join(part for part in said if part), reverse("law:act", args=[plan.act.slug])
    if plan.in_force and plan.in_force >= since:
        yield Day(f"plan-{plan.pk}-in-force", plan.in_force, about, text, address, status)
    if plan.until and plan.until >= since:
        title = _("%(what)s, last day") % {"what": about}
        yield Day(f"plan-{plan.pk}-until", plan.until, title, text, address, status)


def days_of_programmes(*, today: date) -> Iterator[Day]:
    """The first and the last day of each funding period."""
    since = today - PAST
    periods = FundingPeriod.objects.filter(Q(valid_until__gte=since) | Q(valid_from__gte=since))
    for period in periods.select_related("programme").order_by("valid_from", "id"):
        address = reverse("programmes:programme", args=[period.programme.key])
        about = {"programme": period.programme.short_name, "period": period.name}
        if period.valid_from and period.valid_from >= since:
            title = _("%(programme)s: %(period)s begins") % about
            yield Day(f"period-{period.key}-begins", period.valid_from, title, "", address)
        if period.valid_until and period.valid_until >= since:
            title = _("%(programme)s: %(period)s ends") % about
            yield Day(f"period-{period.key}-ends", period.valid_until, title, "", address)


def days_of_duties(duties: Iterable[Duty]) -> Iterator[Day]:
    for duty in duties:
        yield Day(
            f"duty-{duty.pk}", duty.due, str(sentence_of(duty)), why(duty), reverse("duties:duty", args=[duty.pk])
        )
