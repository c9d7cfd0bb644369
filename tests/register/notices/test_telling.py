from datetime import datetime, timedelta

import pytest
from django.db.models import BooleanField, CharField, JSONField, Value
from django.db.models.functions import JSONObject
from django.utils import translation

from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices import kinds, queries
from nahtstelle.register.notices.actions import mark_all_read, mark_read, tell, tell_in_bulk
from nahtstelle.register.notices.kinds import sentence_of
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Person
from tests.register.cast import Cast
from tests.register.notices.making import SYSTEM, make_notice

kinds.declare("tests.news", label="News", sentence="%(title)s is due on %(due_on)s")


def rows(people, words=None):
    return people.annotate(
        kind=Value("tests.news", output_field=CharField()),
        words=words or JSONObject(title="name", due_on=Value("2026-12-07", output_field=CharField())),
        link=Value("/x/", output_field=CharField()),
        why=Value("wave:1", output_field=CharField()),
        now=Value(False, output_field=BooleanField()),
    ).values_list("pk", "kind", "words", "link", "why", "now")


def test_a_person_is_told_once_of_one_cause(people: Cast, now: datetime) -> None:
    first = make_notice(people.alice, at=now)
    second = make_notice(people.alice, at=now + timedelta(days=1))
    assert first.pk == second.pk
    assert Entry.objects.filter(fact="notices.PersonTold").count() == 1


def test_two_people_are_told_of_the_same_cause(people: Cast, now: datetime) -> None:
    make_notice(people.alice, at=now)
    make_notice(people.bob, at=now)
    assert Notice.objects.count() == 2


def test_a_kind_nobody_declared_is_refused(people: Cast, now: datetime) -> None:
    with pytest.raises(LookupError, match=r"tests\.unheard"):
        tell(person=people.alice, kind="tests.unheard", words={}, link="", cause="c", by=SYSTEM, at=now)


def test_bulk_tells_each_row_with_one_fact(people: Cast, now: datetime) -> None:
    some = Person.objects.filter(pk__in=[people.alice.pk, people.bob.pk])
    assert tell_in_bulk(rows(some), by=SYSTEM, at=now) == 2
    assert tell_in_bulk(rows(some), by=SYSTEM, at=now) == 0
    assert sorted(Notice.objects.values_list("person__name", "words", "urgent", "created_at", "read_at")) == [
        ("Alice", {"title": "Alice", "due_on": "2026-12-07"}, False, now, None),
        ("Bob", {"title": "Bob", "due_on": "2026-12-07"}, False, now, None),
    ]
    assert list(Entry.objects.values_list("fact", "payload")) == [("notices.PeopleTold", {"count": 2})]


def test_bulk_takes_words_that_are_the_same_for_all(people: Cast, now: datetime) -> None:
    same = Value({"title": "Merkblatt", "due_on": "2026-12-07"}, output_field=JSONField())
    tell_in_bulk(rows(Person.objects.filter(pk=people.alice.pk), words=same), by=SYSTEM, at=now)
    assert Notice.objects.get().words == {"title": "Merkblatt", "due_on": "2026-12-07"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("de", "Leitfaden is due on 7. Dezember 2026"), ("en", "Guide is due on 7 December 2026")],
)
def test_a_sentence_is_in_the_readers_language(people: Cast, now: datetime, language: str, sentence: str) -> None:
    words = {"title": {"de": "Leitfaden", "en": "Guide"}, "due_on": "2026-12-07"}
    notice = make_notice(people.alice, at=now, kind="tests.news", words=words)
    with translation.override(language):
        assert sentence_of(notice) == sentence


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({}, "… is due on …"),
        ({"title": "A", "due_on": "soon"}, "A is due on soon"),
        ({"title": {"fr": "Guide"}, "due_on": None}, "Guide is due on None"),
        ({"title": {}}, "… is due on …"),
    ],
)
def test_missing_and_odd_words_leave_a_gap(people: Cast, now: datetime, words: dict, sentence: str) -> None:
    notice = make_notice(people.alice, at=now, kind="tests.news", words=words)
    with translation.override("en"):
        assert sentence_of(notice) == sentence


def test_a_number_that_is_missing_leaves_the_label(people: Cast, now: datetime) -> None:
    notice = make_notice(people.alice, at=now, words={})
    with translation.override("en"):
        assert sentence_of(notice) == "Duties"


def test_the_first_reading_counts(people: Cast, now: datetime) -> None:
    notice = make_notice(people.alice, at=now)
    mark_read(notice=notice, at=now)
    mark_read(notice=notice, at=now + timedelta(hours=1))
    assert Notice.objects.get().read_at == now


def test_reading_is_nobodys_business_and_leaves_no_trail(people: Cast, now: datetime) -> None:
    notice = make_notice(people.alice, at=now)
    before = Entry.objects.count()
    mark_read(notice=notice, at=now)
    mark_all_read(person=people.alice, at=now)
    assert Entry.objects.count() == before


def test_marking_all_read_leaves_other_peoples_notices(people: Cast, now: datetime) -> None:
    for number in range(3):
        make_notice(people.alice, number, at=now)
    make_notice(people.bob, at=now)
    assert mark_all_read(person=people.alice, at=now) == 3
    assert (queries.unread_count(people.alice), queries.unread_count(people.bob)) == (0, 1)
