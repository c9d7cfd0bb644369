from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.db.models import CharField, DateField, F, IntegerField, Value
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.duties.actions import open_in_bulk
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import Account, Person
from tests.register.cast import Cast
from tests.register.duties.making import SYSTEM, make_duty


def facts() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("fact", flat=True))


def rows(people, *, number: int = 1):
    """A duty about one leaflet for each of these people."""
    return people.annotate(
        kind=Value("tests.review", output_field=CharField()),
        about=Value("tests.leaflet", output_field=CharField()),
        leaflet=F("pk") + Value(number * 1000, output_field=IntegerField()),
        title=Value("Merkblatt", output_field=CharField()),
        link=Value("/merkblatt/", output_field=CharField()),
        why_de=Value("Gesetz geändert", output_field=CharField()),
        why_en=Value("Law changed", output_field=CharField()),
        due=Value(date(2026, 12, 7), output_field=DateField()),
    ).values_list("kind", "pk", "about", "leaflet", "title", "link", "why_de", "why_en", "due")


def test_a_duty_says_what_why_and_by_when(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    duty.refresh_from_db()
    assert (duty.owner, duty.subject_title, duty.due, duty.state) == (
        people.alice,
        "Merkblatt Arbeitsmarktzugang",
        date(2026, 12, 7),
        "open",
    )
    assert (duty.why_de, duty.why_en, duty.escalated_at) == (
        "Das Gesetz hat sich geändert.",
        "The law has changed.",
        None,
    )


def test_the_same_cause_opens_the_same_duty_once(people: Cast, now: datetime) -> None:
    first = make_duty(people.alice, at=now)
    second = make_duty(people.bob, at=now + timedelta(days=1), why_de="anders")
    assert second.pk == first.pk
    assert Duty.objects.get().owner == people.alice
    assert facts() == ["duties.DutyOpened"]


def test_another_cause_opens_another_duty(people: Cast, now: datetime) -> None:
    make_duty(people.alice, at=now)
    make_duty(people.alice, at=now, cause="wave:2")
    assert Duty.objects.count() == 2


def test_a_closed_duty_is_not_opened_again_by_its_cause(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    Duty.objects.update(state="settled", settled_at=now)
    assert make_duty(people.alice, at=now).pk == duty.pk
    assert Duty.objects.get().state == "settled"


def test_a_title_longer_than_its_column_is_cut(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now, subject_title="ä" * 400)
    assert duty.subject_title == "ä" * 299 + "…"


@pytest.mark.parametrize(
    ("name", "because"), [("fatma", "no-account"), ("georg", "no-mail"), (None, "no-owner"), ("closed", "no-account")]
)
def test_a_duty_nobody_can_be_told_of_lies_on_the_coordinators_desk_at_once(
    people: Cast, now: datetime, name: str | None, because: str
) -> None:
    if name == "closed":
        Account.objects.filter(person=people.alice).update(is_active=False)
        name = "alice"
    duty = make_duty(getattr(people, name) if name else None, at=now)
    assert (duty.escalated_because, duty.escalated_at, duty.escalated_to) == (because, now, None)
    assert facts() == ["duties.DutyOpened", "duties.DutiesEscalated"]
    assert Entry.objects.last().payload["because"] == because


def test_bulk_opens_a_duty_for_each_row_with_one_fact(people: Cast, now: datetime) -> None:
    staff = Person.objects.filter(pk__in=[people.alice.pk, people.bob.pk])
    assert open_in_bulk(rows(staff), cause="wave:9", by=SYSTEM, at=now) == 2
    assert sorted(Duty.objects.values_list("owner__name", "cause", "due", "opened_at", "state")) == [
        ("Alice", "wave:9", date(2026, 12, 7), now, "open"),
        ("Bob", "wave:9", date(2026, 12, 7), now, "open"),
    ]
    assert facts() == ["duties.DutiesOpened"]
    assert Entry.objects.get().payload == {"cause": "wave:9", "count": 2}


def test_each_duty_of_a_bulk_has_its_trail(people: Cast, now: datetime) -> None:
    open_in_bulk(rows(Person.objects.filter(pk=people.alice.pk)), cause="wave:9", by=SYSTEM, at=now)
    assert list(Touch.objects.values_list("kind", "object_id")) == [("duties.duty", Duty.objects.get().pk)]


def test_bulk_twice_opens_nothing_and_records_nothing(people: Cast, now: datetime) -> None:
    staff = Person.objects.filter(pk=people.alice.pk)
    open_in_bulk(rows(staff), cause="wave:9", by=SYSTEM, at=now)
    assert open_in_bulk(rows(staff), cause="wave:9", by=SYSTEM, at=now) == 0
    assert facts() == ["duties.DutiesOpened"]


def test_bulk_passes_over_what_is_open_and_opens_the_rest(people: Cast, now: datetime) -> None:
    open_in_bulk(rows(Person.objects.filter(pk=people.alice.pk)), cause="wave:9", by=SYSTEM, at=now)
    both = Person.objects.filter(pk__in=[people.alice.pk, people.bob.pk])
    assert open_in_bulk(rows(both), cause="wave:9", by=SYSTEM, at=now) == 1
    assert Touch.objects.count() == 2


def test_bulk_escalates_those_nobody_can_be_told_of_with_their_reasons(people: Cast, now: datetime) -> None:
    open_in_bulk(rows(Person.objects.all()), cause="wave:9", by=SYSTEM, at=now)
    assert sorted(Duty.objects.exclude(escalated_at=None).values_list("owner__name", "escalated_because")) == [
        ("Fatma", "no-account"),
        ("Georg", "no-mail"),
    ]
    escalations = (
        Entry.objects.filter(fact="duties.DutiesEscalated").order_by("id").values_list("payload__count", "why")
    )
    assert [count for count, _why in escalations] == [1, 1]


def test_bulk_takes_hardly_more_statements_for_many_more_rows(people: Cast, now: datetime) -> None:
    def statements(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            open_in_bulk(rows(Person.objects.all(), number=number), cause=f"wave:{number}", by=SYSTEM, at=now)
        return len(queries)

    few = statements(1)
    Person.objects.bulk_create(Person(slug=f"p{n}", name=f"P{n}", mail=f"p{n}@example.org") for n in range(300))
    assert statements(2) <= few + 3  # the trail is written some hundred rows at a time


def test_a_duty_without_reason_cannot_be_escalated(people: Cast, now: datetime) -> None:
    make_duty(people.alice, at=now)
    with pytest.raises(IntegrityError):
        Duty.objects.update(escalated_at=now)


def test_a_person_who_owes_something_cannot_be_removed_unseen(people: Cast, now: datetime) -> None:
    make_duty(people.fatma, at=now)
    with pytest.raises(IntegrityError):
        people.fatma.delete()
