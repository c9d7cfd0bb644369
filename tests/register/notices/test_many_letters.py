"""Very many letters at once keep the rules of one."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.notices.actions import NewLetter, write_letter, write_letters
from nahtstelle.register.notices.models import Bounce, Letter
from tests.register.notices.making import SYSTEM

pytestmark = pytest.mark.django_db


def new(number: int, **more: Any) -> NewLetter:
    given = {
        "key": f"k-{number}", "to": f"r{number}@example.org", "subject": "Neu\r\nBcc: x@y.z", "text": "Guten Tag",
        "language": "de", "html": "<p>Guten Tag</p>", "headers": {"X-Note": "a\r\nb"},
    }  # fmt: skip
    return NewLetter(**{**given, **more})


def kept(key: str) -> dict[str, Any]:
    row = Letter.objects.filter(key=key).values().get()
    return {name: value for name, value in row.items() if name not in ("id", "key", "to")}


def test_a_letter_written_with_many_is_as_one_written_alone(db: None, now: datetime) -> None:
    one = new(1)
    write_letters([one], by=SYSTEM, at=now)
    write_letter(
        key="alone", to="alone@example.org", subject=one.subject, text=one.text, language=one.language, html=one.html,
        headers=one.headers, by=SYSTEM, at=now,
    )  # fmt: skip
    assert kept("k-1") == kept("alone")
    assert kept("k-1")["subject"] == "Neu Bcc: x@y.z"


def test_a_letter_that_is_there_is_left_as_it_is(now: datetime) -> None:
    write_letters([new(1)], by=SYSTEM, at=now)
    assert write_letters([new(1, text="Anders"), new(2)], by=SYSTEM, at=now) == 1
    assert list(Letter.objects.order_by("key").values_list("key", "text")) == [
        ("k-1", "Guten Tag"),
        ("k-2", "Guten Tag"),
    ]


def test_the_same_key_twice_in_one_call_is_one_letter(now: datetime) -> None:
    assert write_letters([new(1), new(1)], by=SYSTEM, at=now) == 1


def test_a_letter_to_a_barred_address_is_kept_as_given_up(now: datetime) -> None:
    Bounce.objects.create(to="R1@example.org", hard=True, at=now)
    write_letters([new(1), new(2)], by=SYSTEM, at=now)
    assert list(Letter.objects.order_by("key").values_list("state", flat=True)) == ["failed", "queued"]


def test_one_address_that_is_none_refuses_all(now: datetime) -> None:
    with pytest.raises(NotNow):
        write_letters([new(1), new(2, to="nirgends")], by=SYSTEM, at=now)
    assert Letter.objects.count() == 0


def test_one_entry_stands_in_the_trail_of_every_letter(now: datetime) -> None:
    write_letters([new(number) for number in range(1200)], by=SYSTEM, at=now)
    entry = Entry.objects.get()
    assert (entry.fact, entry.payload) == ("notices.LettersWritten", {"count": 1200})
    touched = Touch.objects.filter(entry=entry, kind="notices.letter").values_list("object_id", flat=True)
    assert sorted(touched) == sorted(Letter.objects.values_list("pk", flat=True))


def test_nothing_new_is_no_entry(now: datetime) -> None:
    assert write_letters([], by=SYSTEM, at=now) == 0
    assert Entry.objects.count() == 0


def test_statements_grow_with_the_batches_and_not_with_the_letters(now: datetime) -> None:
    with CaptureQueriesContext(connection) as asked:
        write_letters([new(number) for number in range(450)], by=SYSTEM, at=now)
    assert len(asked) < 30
