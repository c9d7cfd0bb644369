"""When things happened in the demo's past, and who put them there."""

from datetime import date, datetime, time

from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import system

BY = system("demo")
# What is older than the demo's past is taken as known when it opens.
OPENED = date(2026, 3, 2)
# The story ends here; the readings of the tour are of this day.
TOUR_DAY = date(2026, 11, 23)

# The course of a day: law comes in first, people write, publish and answer, the evening clears up.
LAW, ACTS, TEXTS, ANSWERS, LETTERS, MAILS, EVENING = 7, 8, 9, 11, 12, 14, 18


def at(day: date, hour: int = TEXTS) -> datetime:
    """A full hour of a day on the clock of the centre."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def not_before(day: date) -> date:
    """The day itself, or the day the demo opened."""
    return max(day, OPENED)
