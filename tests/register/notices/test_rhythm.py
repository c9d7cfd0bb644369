"""When mail comes: rhythms and quiet hours on the German clock, also in the nights when clocks change."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.register.notices.models import Preference
from nahtstelle.register.notices.rhythm import is_quiet, latest_digest_moment, mail_is_due

BERLIN = ZoneInfo("Europe/Berlin")
UTC = ZoneInfo("UTC")

moments = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC))
clocks = st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None))


def berlin(text: str) -> datetime:
    """A moment on the Berlin clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def quiet(start: str, end: str) -> Preference:
    return Preference(quiet_from=time.fromisoformat(start), quiet_until=time.fromisoformat(end))


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_may_span_midnight(clock: str, expected: bool) -> None:
    assert is_quiet(quiet("22:00", "07:00"), at=berlin(f"2026-11-23 {clock}")) is expected


@pytest.mark.parametrize(("clock", "expected"), [("11:59", False), ("12:00", True), ("12:59", True), ("13:00", False)])
def test_quiet_hours_within_a_day(clock: str, expected: bool) -> None:
    assert is_quiet(quiet("12:00", "13:00"), at=berlin(f"2026-11-23 {clock}")) is expected


def test_without_quiet_hours_it_is_never_quiet() -> None:
    assert is_quiet(Preference(), at=berlin("2026-11-23 03:00")) is False


def test_quiet_hours_that_end_in_the_hour_clocks_skip_end_with_it() -> None:
    """On 29 March 2026 the clock goes from 01:59 to 03:00."""
    preference = quiet("22:00", "02:30")
    last = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert (is_quiet(preference, at=last), is_quiet(preference, at=last + timedelta(minutes=1))) == (True, False)


@given(clocks, clocks, moments)
def test_quiet_hours_agree_with_counting_the_minutes(start: time, end: time, at: datetime) -> None:
    """The slow twin: walk minute by minute from the beginning to the end."""
    walked, clock = set(), start
    while clock != end:
        walked.add(clock)
        clock = (datetime.combine(date(2026, 1, 1), clock) + timedelta(minutes=1)).time()
    here = at.astimezone(BERLIN).time().replace(second=0, microsecond=0)
    assert is_quiet(Preference(quiet_from=start, quiet_until=end), at=at) is (here in walked)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2026-11-23 07:59", "2026-11-22 08:00"),
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 23:00", "2026-11-23 08:00"),
    ],
)
def test_the_latest_daily_digest(at: str, moment: str) -> None:
    assert latest_digest_moment(Preference(), at=berlin(at)) == berlin(moment)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("2026-11-23 07:59", "2026-11-16 08:00"),  # the 23rd is a Monday
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-29 23:59", "2026-11-23 08:00"),
    ],
)
def test_the_latest_weekly_digest_is_on_monday(at: str, moment: str) -> None:
    assert latest_digest_moment(Preference(rhythm="weekly"), at=berlin(at)) == berlin(moment)


def test_a_digest_in_the_skipped_hour_goes_out_after_it() -> None:
    preference = Preference(digest_hour=2)
    before, after = datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert latest_digest_moment(preference, at=before) == berlin("2026-03-28 02:00")
    assert latest_digest_moment(preference, at=after) == after


def test_a_digest_in_the_doubled_hour_belongs_to_the_first() -> None:
    """On 25 October 2026 the hour from 02:00 comes twice."""
    preference = Preference(digest_hour=2)
    first, second = datetime(2026, 10, 25, 0, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert latest_digest_moment(preference, at=first) == first
    assert latest_digest_moment(preference, at=second) == first


@given(st.sampled_from(["daily", "weekly"]), st.integers(0, 23), moments)
def test_the_latest_digest_is_the_last_scheduled_one(rhythm: str, hour: int, at: datetime) -> None:
    """The slow twin: every scheduled moment around, the last that is not later."""
    around = [at.astimezone(BERLIN).date() + timedelta(days=days) for days in range(-9, 3)]
    scheduled = [
        datetime.combine(day, time(hour), tzinfo=BERLIN).astimezone(UTC)
        for day in around
        if rhythm == "daily" or day.isoweekday() == 1
    ]
    expected = max(moment for moment in scheduled if moment <= at)
    assert latest_digest_moment(Preference(rhythm=rhythm, digest_hour=hour), at=at) == expected


def due(preference: Preference, *, oldest: str, at: str, urgent: bool = False) -> bool:
    return mail_is_due(preference, oldest=berlin(oldest), urgent=urgent, at=berlin(at))


def test_a_digest_takes_what_was_there_at_its_moment() -> None:
    assert due(Preference(), oldest="2026-11-23 07:50", at="2026-11-23 08:00") is True


def test_what_comes_after_the_digest_waits_for_the_next() -> None:
    preference = Preference(last_digest_on=date(2026, 11, 23))
    assert due(preference, oldest="2026-11-23 09:00", at="2026-11-23 09:01") is False
    assert due(preference, oldest="2026-11-23 09:00", at="2026-11-24 08:00") is True


def test_a_first_notice_waits_for_the_digest_too() -> None:
    assert due(Preference(), oldest="2026-11-23 09:00", at="2026-11-23 09:01") is False


def test_no_second_digest_goes_out_for_one_moment() -> None:
    """A notice written before eight, but seen only after the digest had gone."""
    preference = Preference(last_digest_on=date(2026, 11, 23))
    assert due(preference, oldest="2026-11-23 07:59", at="2026-11-23 08:05") is False


def test_a_digest_missed_while_the_worker_stood_still_is_made_up_for() -> None:
    weekly = Preference(rhythm="weekly", last_digest_on=date(2026, 11, 16))
    assert due(weekly, oldest="2026-11-20 10:00", at="2026-11-25 14:00") is True


def test_a_digest_waits_for_the_end_of_quiet_hours() -> None:
    preference = quiet("20:00", "09:30")
    assert due(preference, oldest="2026-11-22 12:00", at="2026-11-23 08:00") is False
    assert due(preference, oldest="2026-11-22 12:00", at="2026-11-23 09:30") is True


def test_at_once_is_at_once_except_in_quiet_hours() -> None:
    preference = quiet("22:00", "07:00")
    preference.rhythm = "at-once"
    assert due(preference, oldest="2026-11-23 12:00", at="2026-11-23 12:00") is True
    assert due(preference, oldest="2026-11-23 23:00", at="2026-11-23 23:00") is False


def test_urgent_comes_at_once_even_in_quiet_hours() -> None:
    assert due(quiet("22:00", "07:00"), oldest="2026-11-23 23:00", at="2026-11-23 23:00", urgent=True) is True


def test_who_wants_no_mail_gets_none_not_even_urgent() -> None:
    never = Preference(rhythm="never")
    assert due(never, oldest="2026-11-01 09:00", at="2026-11-23 09:00", urgent=True) is False
