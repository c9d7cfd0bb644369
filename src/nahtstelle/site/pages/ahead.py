"""What is on: the days ahead that readers should know of, out of law, programmes and texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.rules import check_staff
from nahtstelle.register.programmes.models import FundingPeriod
from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law import queries as law
from nahtstelle.rooms.outputs.models import Output

EACH = 4
SHOWN = 8
PERIODS_AHEAD = timedelta(days=365)
TEXTS_AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Day:
    """Something that will be so from a day on; ``day`` is None where it is announced without one."""

    day: date | None
    title: str
    url: str
    what: str
    title_is_german: bool = False
    for_staff: bool = False


def days_ahead(readable: QuerySet[Output], account: Any, *, today: date) -> list[Day]:
    """The nearest days ahead, those without a day last; what is planned inside the centre only for its staff."""
    found = [*_acts(today), *_announced(today), *_periods(today), *_texts(readable, today)]
    if account.is_authenticated and may(check_staff, account, on=today):
        found += _scheduled()
    return sorted(found, key=lambda one: (one.day or date.max, one.title))[:SHOWN]


def _acts(today: date) -> Iterator[Day]:
    """One line for each act and day, however many provisions it changes."""
    plans = law.plans_ahead(day=today).order_by("in_force", "act")
    rows = plans.values_list("in_force", "act__slug", "act__short_title", "act__title")
    for day, slug, short, title in rows.distinct()[:EACH]:
        yield Day(day, short or title, reverse("law:act", args=[slug]), _("takes effect"), title_is_german=True)


def _announced(today: date) -> Iterator[Day]:
    for line in law_presenters.announcement_lines(law.announcements_ahead(day=today)[:EACH]):
        named = line["law"]
        what = _("change announced by the official file")
        yield Day(
            line["in_force"], f"{named.citation} {named.short_title}".strip(), reverse("law:law", args=[named.slug]),
            f"{what}, {line['note']}" if line["note"] else what, title_is_german=True,
        )  # fmt: skip


def _periods(today: date) -> Iterator[Day]:
    periods = FundingPeriod.objects.filter(valid_until__gte=today, valid_until__lte=today + PERIODS_AHEAD)
    for one in periods.select_related("programme").order_by("valid_until", "pk")[:EACH]:
        url = reverse("programmes:programme", args=[one.programme.key])
        yield Day(one.valid_until, f"{one.programme.short_name}: {one.name}", url, _("funding period ends"))


def _texts(readable: QuerySet[Output], today: date) -> Iterator[Day]:
    ending = readable.filter(valid_until__gte=today, valid_until__lte=today + TEXTS_AHEAD).order_by("valid_until", "pk")
    for one in ending[:EACH]:
        assert one.edition is not None
        yield Day(one.valid_until, one.edition.title, reverse("outputs:output", args=[one.slug]), _("valid until then"))


def _scheduled() -> Iterator[Day]:
    for one in Output.objects.filter(publish_at__isnull=False).order_by("publish_at", "pk")[:EACH]:
        assert one.publish_at is not None
        day, url = timezone.localdate(one.publish_at), reverse("outputs:work", args=[one.slug])
        yield Day(day, one.title, url, _("will be published"), for_staff=True)
