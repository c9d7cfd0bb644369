"""The clock of the demo: it stood at the end of the demo's story when the demo was loaded, and has gone on since.

The story is of dated law, so its days cannot be moved; the clock is (docs/decisions/0012). Everything of ours and of
Django asks ``timezone.now``, which is replaced in the demo and nowhere else. What has to agree with the world outside,
as the code of an authenticator app has, asks ``real``.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

_world = timezone.now
_behind = timedelta(0)


def install() -> None:
    """From now on ``timezone.now`` is this clock. Called by the settings of a demo, before anything takes it by name."""
    timezone.now = now


def now() -> datetime:
    return _world() - _behind


def real(at: datetime) -> datetime:
    """A moment of this clock on the clocks of the world."""
    return at + _behind


def set_behind(days: int) -> None:
    """How many days this clock is behind those of the world; 0 where it agrees with them."""
    global _behind
    _behind = timedelta(days=days)


def days_since(day: date) -> int:
    """How many whole days ago ``day`` was, on the clocks of the world: so far behind, a clock shows that very day.

    Days are of twenty-four hours here. Where summer time lies between, the first hour after midnight would fall on the
    day before, so there it is a day less.
    """
    days = (timezone.localdate(_world()) - day).days
    return days - (timezone.localdate(_world() - timedelta(days=days)) < day)


def is_set() -> bool:
    return bool(_behind)
