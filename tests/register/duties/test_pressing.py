"""Reminding and escalating."""

from datetime import date, datetime, timedelta

import pytest

from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.duties.actions import escalate_overdue, remind_due
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import Account, CentreRole
from tests.register.cast import Cast
from tests.register.duties.making import SYSTEM, make_duty

TODAY = date(2026, 11, 23)


def make(people_owner, now: datetime, *days: int) -> None:
    """Duties due in so many days."""
    for number, away in enumerate(days):
        make_duty(people_owner, at=now, subject_id=number, due=TODAY + timedelta(days=away))


def facts(name: str) -> list[dict]:
    return list(Entry.objects.filter(fact=name).order_by("id").values_list("payload", flat=True))


def test_everything_due_within_a_week_is_one_reminder(people: Cast, now: datetime) -> None:
    make(people.alice, now, -3, 0, 7, 8)
    assert remind_due(by=SYSTEM, at=now) == 3
    assert [(f["person"], f["count"]) for f in facts("duties.DutiesFellDue")] == [(people.alice.pk, 3)]


def test_a_duty_is_reminded_of_once(people: Cast, now: datetime) -> None:
    make(people.alice, now, 1)
    remind_due(by=SYSTEM, at=now)
    assert remind_due(by=SYSTEM, at=now + timedelta(days=1)) == 0


def test_each_person_has_a_reminder_of_their_own(people: Cast, now: datetime) -> None:
    make(people.alice, now, 1)
    make_duty(people.bob, at=now, subject_id=9, due=TODAY)
    remind_due(by=SYSTEM, at=now)
    assert {f["person"]: f["count"] for f in facts("duties.DutiesFellDue")} == {people.alice.pk: 1, people.bob.pk: 1}


def test_nobody_is_reminded_who_cannot_be_told(people: Cast, now: datetime) -> None:
    make(people.fatma, now, 1)
    assert remind_due(by=SYSTEM, at=now) == 0


def test_how_early_is_reminded_can_be_chosen(people: Cast, now: datetime) -> None:
    make(people.alice, now, 10)
    assert remind_due(by=SYSTEM, at=now, before=timedelta(days=9)) == 0
    assert remind_due(by=SYSTEM, at=now, before=timedelta(days=10)) == 1


def test_the_day_of_a_reminder_is_the_day_in_germany(people: Cast) -> None:
    """At 23:30 UTC on 22 November it is the 23rd in Berlin already."""
    late = datetime.fromisoformat("2026-11-22T23:30:00+00:00")
    make(people.alice, late, 7)
    assert remind_due(by=SYSTEM, at=late) == 1


def test_what_is_long_overdue_goes_to_the_head(people: Cast, now: datetime) -> None:
    make(people.alice, now, -7, -8)
    assert escalate_overdue(by=SYSTEM, at=now) == 1
    late = Duty.objects.get(due=TODAY - timedelta(days=8))
    assert (late.escalated_to, late.escalated_because, late.escalated_at) == (people.erik, "overdue", now)
    assert [(f["to"], f["count"], f["because"]) for f in facts("duties.DutiesEscalated")] == [
        (people.erik.pk, 1, "overdue")
    ]


def test_a_duty_is_escalated_once(people: Cast, now: datetime) -> None:
    make(people.alice, now, -8)
    escalate_overdue(by=SYSTEM, at=now)
    assert escalate_overdue(by=SYSTEM, at=now + timedelta(days=1)) == 0


def test_the_heads_own_overdue_duties_go_to_the_coordinators(people: Cast, now: datetime) -> None:
    make(people.erik, now, -8)
    escalate_overdue(by=SYSTEM, at=now)
    duty = Duty.objects.get()
    assert (duty.escalated_to, duty.escalated_because) == (None, "overdue")


@pytest.mark.parametrize("how", ["no head", "head without account"])
def test_without_a_head_who_can_be_told_it_goes_to_the_coordinators(people: Cast, now: datetime, how: str) -> None:
    if how == "no head":
        CentreRole.objects.filter(person=people.erik).update(valid_until=TODAY - timedelta(days=1))
    else:
        Account.objects.filter(person=people.erik).delete()
    make(people.alice, now, -8)
    assert escalate_overdue(by=SYSTEM, at=now) == 1
    assert Duty.objects.get().escalated_to is None


def test_how_late_is_escalated_can_be_chosen(people: Cast, now: datetime) -> None:
    make(people.alice, now, -3)
    assert escalate_overdue(by=SYSTEM, at=now, after=timedelta(days=3)) == 0
    assert escalate_overdue(by=SYSTEM, at=now, after=timedelta(days=2)) == 1


def test_what_is_settled_is_neither_reminded_of_nor_escalated(people: Cast, now: datetime) -> None:
    make(people.alice, now, -8)
    Duty.objects.update(state="settled", settled_at=now)
    assert (remind_due(by=SYSTEM, at=now), escalate_overdue(by=SYSTEM, at=now)) == (0, 0)
