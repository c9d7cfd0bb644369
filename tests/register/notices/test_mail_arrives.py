"""What a person asked for, as it arrives at a real mail server: quiet hours, rhythm, language, and silence after a bounce."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from nahtstelle.register.notices import kinds
from nahtstelle.register.notices.actions import carry_notices, note_bounce, send_due_letters
from nahtstelle.register.notices.actions.bounces import Outcome
from nahtstelle.register.notices.models import Letter, Preference
from tests.register.cast import Cast
from tests.register.notices.making import SYSTEM, MailServer, make_letter, make_notice
from tests.register.notices.test_bounces import report

pytestmark = pytest.mark.django_db
Rhythm = Preference.Rhythm
kinds.declare("tests.arrival", label="Changes of law", sentence="%(title)s")

TEN_AT_NIGHT = datetime.fromisoformat("2026-11-23T22:00:00+01:00")  # a Monday


def hours(number: float) -> datetime:
    return TEN_AT_NIGHT + timedelta(hours=number)


def told(person: Any, title: str, *, number: int = 1, at: datetime = TEN_AT_NIGHT, **more: Any) -> None:
    make_notice(person, number, at=at, kind="tests.arrival", words={"title": title}, **more)


def turn(at: datetime) -> None:
    """What the worker does when it looks."""
    carry_notices(by=SYSTEM, at=at)
    send_due_letters(by=SYSTEM, at=at)


def test_in_quiet_hours_nothing_arrives_and_all_of_it_after_them(people: Cast, server: MailServer) -> None:
    Preference.objects.create(person=people.alice, rhythm=Rhythm.AT_ONCE, quiet_from=time(20), quiet_until=time(7))
    told(people.alice, "Gesetz A")
    told(people.alice, "Gesetz B", number=2)
    for hour in (0, 4, 8.9):
        turn(hours(hour))
    assert server.received == []
    turn(hours(9))
    turn(hours(10))
    ((to, mail),) = server.received
    words = mail.get_body(("plain",)).get_content()
    assert (to, "Gesetz A" in words, "Gesetz B" in words) == (["alice@example.org"], True, True)


def test_what_is_urgent_arrives_in_quiet_hours(people: Cast, server: MailServer) -> None:
    Preference.objects.create(person=people.alice, rhythm=Rhythm.AT_ONCE, quiet_from=time(20), quiet_until=time(7))
    told(people.alice, "Dringend", urgent=True)
    turn(hours(0))
    assert server.subjects == ["Nahtstelle: Dringend"]


def test_a_daily_digest_arrives_once_a_day_and_a_weekly_one_on_monday(people: Cast, server: MailServer) -> None:
    Preference.objects.create(person=people.alice, rhythm=Rhythm.DAILY, digest_hour=8)
    Preference.objects.create(person=people.bob, rhythm=Rhythm.WEEKLY, digest_hour=8)
    for person in (people.alice, people.bob):
        told(person, "Gesetz A")
    for hour in range(0, 24 * 8, 2):
        if hour == 48:
            told(people.alice, "Gesetz B", number=2, at=hours(48))
        turn(hours(hour))
    arrived = [(to[0], mail["Subject"]) for to, mail in server.received]
    assert arrived == [
        ("alice@example.org", "Nahtstelle: Gesetz A"),
        ("alice@example.org", "Nahtstelle: Gesetz B"),
        ("bob@example.org", "Nahtstelle: Gesetz A"),
    ]


def test_each_letter_arrives_in_its_readers_language(people: Cast, server: MailServer) -> None:
    for person in (people.alice, people.bob):
        Preference.objects.create(person=person, rhythm=Rhythm.AT_ONCE)
        for number in (1, 2):
            told(person, f"Gesetz {number}", number=number)
    turn(hours(0))
    arrived = {to[0]: (mail["Content-Language"], mail["Subject"]) for to, mail in server.received}
    assert arrived == {
        "alice@example.org": ("de", "Nahtstelle: 2 Mitteilungen für Sie"),
        "bob@example.org": ("en", "Nahtstelle: 2 notices for you"),
    }


def test_who_wants_no_mail_gets_none_at_all(people: Cast, server: MailServer) -> None:
    Preference.objects.create(person=people.alice, rhythm=Rhythm.NEVER)
    told(people.alice, "Dringend", urgent=True)
    for hour in range(0, 24 * 8, 6):
        turn(hours(hour))
    assert server.received == []


def test_after_a_letter_came_back_for_good_nothing_more_arrives_there(people: Cast, server: MailServer) -> None:
    first = make_letter(at=TEN_AT_NIGHT, to="alice@example.org", person=people.alice)
    turn(hours(0))
    first.refresh_from_db()
    assert note_bounce(raw=report(first), by=SYSTEM, at=hours(1)) == Outcome.BOUNCED
    make_letter(2, at=hours(2), to="alice@example.org", person=people.alice)
    told(people.alice, "Gesetz A", at=hours(2))
    for hour in range(2, 48, 6):
        turn(hours(hour))
    arrived = [to[0] for to, _mail in server.received]
    assert arrived.count("alice@example.org") == 1  # the others are the operators, who are told of it
    later = Letter.objects.filter(to="alice@example.org").exclude(pk=first.pk)
    assert set(later.values_list("state", flat=True)) == {"failed"}
