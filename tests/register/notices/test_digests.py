"""Notices carried by mail, as they arrive at a real mail server."""

import html
import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from nahtstelle.register.notices import kinds
from nahtstelle.register.notices.actions import carry_notices, mark_read, send_due_letters
from nahtstelle.register.notices.models import Letter, Notice, Preference
from tests.register.cast import Cast
from tests.register.notices.making import SYSTEM, MailServer, make_notice

kinds.declare("tests.change", label="Changes of law", sentence="%(title)s")

EIGHT = datetime.fromisoformat("2026-11-23T08:00:00+01:00")
BEFORE = EIGHT - timedelta(hours=2)


def carry(at: datetime = EIGHT) -> int:
    return carry_notices(by=SYSTEM, at=at)


def change(person: Any, title: str, number: int = 1, **more: Any) -> Notice:
    return make_notice(person, number, **{"at": BEFORE, "kind": "tests.change", "words": {"title": title}, **more})


def test_the_waiting_notices_of_a_person_are_one_letter(people: Cast) -> None:
    for number in range(3):
        change(people.alice, f"Gesetz {number}", number)
    change(people.bob, "Law")
    assert carry() == 2
    assert sorted(Letter.objects.values_list("to", "language", "person__name")) == [
        ("alice@example.org", "de", "Alice"),
        ("bob@example.org", "en", "Bob"),
    ]
    assert set(Notice.objects.values_list("letter__to", "person__name")) == {
        ("alice@example.org", "Alice"),
        ("bob@example.org", "Bob"),
    }


def test_nothing_is_carried_twice(people: Cast) -> None:
    change(people.alice, "Gesetz")
    carry()
    assert carry(EIGHT + timedelta(days=1)) == 0


def test_what_was_read_in_the_inbox_is_not_mailed(people: Cast) -> None:
    mark_read(notice=change(people.alice, "gelesen", 1), at=BEFORE)
    change(people.alice, "neu", 2)
    carry()
    assert "gelesen" not in Letter.objects.get().text


def test_people_without_an_address_keep_their_notices_in_the_inbox(people: Cast) -> None:
    change(people.georg, "Gesetz")
    assert carry() == 0
    assert Notice.objects.get().letter is None


def test_who_wants_no_mail_gets_none(people: Cast) -> None:
    Preference.objects.create(person=people.alice, rhythm="never")
    change(people.alice, "Gesetz", urgent=True)
    assert carry() == 0


def test_an_urgent_notice_goes_alone_and_leaves_the_others_for_the_digest(people: Cast) -> None:
    Preference.objects.create(person=people.alice, quiet_from=time(0), quiet_until=time(7))
    night = datetime.fromisoformat("2026-11-23T03:00:00+01:00")
    change(people.alice, "kann warten", 1, at=night)
    change(people.alice, "eilt", 2, at=night, urgent=True)
    assert carry(night) == 1
    assert Letter.objects.get().subject == "Nahtstelle: eilt"
    assert carry(night) == 0
    assert carry() == 1
    assert Letter.objects.first().subject == "Nahtstelle: kann warten"


def test_a_digest_is_remembered_by_its_day(people: Cast) -> None:
    change(people.alice, "Gesetz")
    carry()
    assert Preference.objects.get(person=people.alice).last_digest_on == EIGHT.date()


def test_one_persons_broken_notice_harms_no_other(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    change(people.alice, "kaputt")
    change(people.bob, "Law")
    Notice.objects.filter(person=people.alice).update(words=["no", "words"])
    assert carry() == 1
    assert Letter.objects.get().person == people.bob


def test_the_digest_as_it_arrives_in_german(people: Cast, server: MailServer) -> None:
    change(people.alice, "§ 16g AufenthG <neu> & „mehr“", 1, link="/recht/aufenthg/")
    make_notice(people.alice, 2, at=BEFORE)
    carry()
    send_due_letters(by=SYSTEM, at=EIGHT)
    ((to, mail),) = server.received
    assert (to, mail["Subject"], mail["Content-Language"]) == (
        ["alice@example.org"],
        "Nahtstelle: 2 Mitteilungen für Sie",
        "de",
    )
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Guten Tag Alice,")
    assert "- § 16g AufenthG <neu> & „mehr“\n  http://localhost:8000/recht/aufenthg/" in text
    assert "2 Ihrer Pflichten werden bald fällig oder sind überfällig." in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/.+/abbestellen/.+/>", mail["List-Unsubscribe"].strip())


def test_the_digest_as_it_arrives_in_english(people: Cast, server: MailServer) -> None:
    make_notice(people.bob, 2, at=BEFORE)
    carry()
    send_due_letters(by=SYSTEM, at=EIGHT)
    ((_to, mail),) = server.received
    assert mail["Subject"] == "Nahtstelle: 2 of your duties fall due soon or are overdue."
    assert mail.get_body(("plain",)).get_content().startswith("Hello Bob,")


def test_the_html_of_a_digest_shows_titles_as_they_are_and_calls_nobody(people: Cast) -> None:
    change(people.alice, '<script>alert("x")</script> </mj-text><mj-raw> & §', link='/recht/"><b>/')
    carry()
    page = Letter.objects.get().html
    assert "<script" not in page
    assert '<script>alert("x")</script> </mj-text><mj-raw> & §' in html.unescape(page)
    assert set(re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(https?://[^/"']+)""", page)) == {"http://localhost:8000"}
    assert "googleapis" not in page
    assert '<html lang="de"' in page


def test_very_many_notices_of_a_kind_are_shown_in_part(people: Cast) -> None:
    for number in range(40):
        change(people.alice, f"Gesetz {number}", number)
    carry()
    letter = Letter.objects.get()
    assert letter.text.count("- Gesetz") == 25
    assert "und 15 weitere" in letter.text
    assert Notice.objects.filter(letter=letter).count() == 40


def test_a_wave_over_many_people_is_one_letter_each(people: Cast, django_assert_max_num_queries: Any) -> None:
    for person in (people.alice, people.bob, people.chloe, people.dilan):
        for number in range(30):
            change(person, f"Gesetz {number}", number)
    with django_assert_max_num_queries(100):
        assert carry() == 4
