"""When a person gets mail: hours and days on the clock of the centre (Europe/Berlin), also when clocks change.

An hour that does not exist on the night clocks go forward is taken as the hour after; of an hour that comes twice the
first counts (PEP 495, fold 0).
"""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from .models import Preference

Rhythm = Preference.Rhythm
MONDAY = 0


def is_quiet(preference: Preference, *, at: datetime) -> bool:
    """Whether ``at`` lies in the person's quiet hours: the beginning belongs to them, the end does not. They may span
    midnight.
    """
    start, end = preference.quiet_from, preference.quiet_until
    if start is None or end is None:
        return False
    clock = timezone.localtime(at).time()
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def latest_digest_moment(preference: Preference, *, at: datetime) -> datetime:
    """The last moment, not after ``at``, at which this person's digest was to go out."""
    zone = timezone.get_default_timezone()
    day = timezone.localdate(at)
    if preference.rhythm == Rhythm.WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    step = timedelta(days=7 if preference.rhythm == Rhythm.WEEKLY else 1)
    # In UTC: Python compares two moments of one zone by their clocks alone, which go back once a year.
    at = at.astimezone(UTC)
    this, previous = (
        datetime.combine(one, time(preference.digest_hour), tzinfo=zone).astimezone(UTC) for one in (day, day - step)
    )
    return this if this <= at else previous


def mail_is_due(preference: Preference, *, oldest: datetime, urgent: bool, at: datetime) -> bool:
    """Whether the waiting notices go out now.

    ``oldest`` is when the oldest of them was written, ``urgent`` whether one of them is: that goes out at once unless
    the person wants no mail at all. A digest takes what was there at its moment; missed while the worker stood still,
    it is made up for, and never goes out twice for one moment.
    """
    if preference.rhythm == Rhythm.NEVER:
        return False
    if urgent:
        return True
    if is_quiet(preference, at=at):
        return False
    if preference.rhythm == Rhythm.AT_ONCE:
        return True
    moment = latest_digest_moment(preference, at=at)
    last = preference.last_digest_on
    return oldest <= moment and (last is None or last < timezone.localdate(moment))
