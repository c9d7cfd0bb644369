"""Counting month by month, for the drawn numbers of the start page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

MONTHS = 9  # drawn; the last one is the present month


@dataclass(frozen=True, slots=True)
class Series:
    """A count for each of the last months, oldest first, and the first month in words."""

    counts: list[int]
    since: str


def by_month(moments: Iterable[date | datetime], *, today: date) -> Series:
    """How many of ``moments`` fall into each of the last months, the present one included."""
    months = [_month_before(today, number) for number in reversed(range(MONTHS))]
    counted = Counter((day.year, day.month) for day in map(_day, moments))
    return Series([counted[month] for month in months], date_format(date(*months[0], 1), "F Y"))


def _day(moment: date | datetime) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _month_before(day: date, number: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 - number, 12)
    return year, month + 1
