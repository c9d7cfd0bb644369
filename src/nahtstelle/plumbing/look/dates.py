"""How a day, a moment and a distance in time read, in the language of the page."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

_DAY = {"de": ("j. F Y", "d.m.Y"), "en": ("j F Y", "j M Y")}

Moment = dt.datetime | dt.date


def _formats() -> tuple[str, str]:
    return _DAY["de" if (get_language() or "de").startswith("de") else "en"]


def _local(value: Moment) -> Moment:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def as_date(value: Moment) -> dt.date:
    """The calendar day of a date, or of a moment as the site's time zone sees it."""
    local = _local(value)
    return local.date() if isinstance(local, dt.datetime) else local


def day(value: Moment | None, length: str = "long") -> str:
    """'15. September 2026' / '15 September 2026'; with length 'short' '15.09.2026' / '15 Sep 2026'."""
    if not value:
        return ""
    long, short = _formats()
    return date_format(as_date(value), short if length == "short" else long)


def moment(value: dt.datetime | None, length: str = "long") -> str:
    """'15. September 2026, 14:05 Uhr' / '15 September 2026, 14:05'; a plain date reads as by ``day``."""
    if not value:
        return ""
    if not isinstance(value, dt.datetime):
        return day(value, length)
    return gettext("%(day)s, %(time)s") % {"day": day(value, length), "time": date_format(_local(value), "H:i")}


def ago(value: Moment | None, now: dt.datetime | None = None) -> str:
    """'vor 3 Tagen', 'in 2 Wochen', 'gerade eben'; whole days for dates, finer for moments."""
    if not value:
        return ""
    now = now or timezone.now()
    days = (as_date(now) - as_date(value)).days
    if isinstance(value, dt.datetime):
        seconds = (now - value).total_seconds()
        if abs(seconds) < 60:
            return gettext("just now")
        if abs(seconds) < 3600:
            return _distance("minute", int(abs(seconds) // 60), past=seconds > 0)
        if days == 0:
            return _distance("hour", int(abs(seconds) // 3600), past=seconds > 0)
    return days_away(-days)


def days_away(days: int) -> str:
    """A distance in days, seen from today: -3 reads 'vor 3 Tagen', 0 'heute', 14 'in 2 Wochen'."""
    near = {0: gettext("today"), -1: gettext("yesterday"), 1: gettext("tomorrow")}
    if days in near:
        return near[days]
    size = abs(days)
    for unit, length in (("year", 365), ("month", 30), ("week", 7)):
        # Weeks only from a fortnight on: "vor 9 Tagen" says more than "vor 1 Woche".
        if size >= (14 if unit == "week" else 2 * length if unit == "month" else length):
            return _distance(unit, size // length, past=days < 0)
    return _distance("day", size, past=days < 0)


def _distance(unit: str, n: int, *, past: bool) -> str:
    # Each sentence stands whole, because German inflects the unit after "vor" and "in".
    sentences = {
        ("minute", True): lambda: ngettext("%(n)d minute ago", "%(n)d minutes ago", n),
        ("minute", False): lambda: ngettext("in %(n)d minute", "in %(n)d minutes", n),
        ("hour", True): lambda: ngettext("%(n)d hour ago", "%(n)d hours ago", n),
        ("hour", False): lambda: ngettext("in %(n)d hour", "in %(n)d hours", n),
        ("day", True): lambda: ngettext("%(n)d day ago", "%(n)d days ago", n),
        ("day", False): lambda: ngettext("in %(n)d day", "in %(n)d days", n),
        ("week", True): lambda: ngettext("%(n)d week ago", "%(n)d weeks ago", n),
        ("week", False): lambda: ngettext("in %(n)d week", "in %(n)d weeks", n),
        ("month", True): lambda: ngettext("%(n)d month ago", "%(n)d months ago", n),
        ("month", False): lambda: ngettext("in %(n)d month", "in %(n)d months", n),
        ("year", True): lambda: ngettext("%(n)d year ago", "%(n)d years ago", n),
        ("year", False): lambda: ngettext("in %(n)d year", "in %(n)d years", n),
    }
    return sentences[unit, past]() % {"n": n}


def due_wording(due: Moment, today: dt.date) -> tuple[str, str]:
    """(tone, words) of a due date: overdue is 'danger', within seven days 'warning', later 'neutral'."""
    days = (as_date(due) - today).days
    if days < 0:
        return "danger", ngettext("overdue by %(n)d day", "overdue by %(n)d days", -days) % {"n": -days}
    if days == 0:
        return "warning", gettext("due today")
    return ("warning" if days <= 7 else "neutral"), gettext("due %(distance)s") % {"distance": days_away(days)}
