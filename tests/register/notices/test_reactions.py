"""Duties change, and those concerned are told: over the ledger, as in the running house."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.plumbing.ledger.wires import Wire, all_wires, connect
from nahtstelle.register.duties import facts
from nahtstelle.register.duties.actions import delegate, drop, escalate_overdue, remind_due, settle
from nahtstelle.register.notices import reactions
from nahtstelle.register.notices.kinds import sentence_of
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import CentreRole, Person
from tests.register.cast import Cast
from tests.register.duties.making import SYSTEM, make_duty


@pytest.fixture(autouse=True)
def _wired() -> Iterator[None]:
    before = all_wires()
    connect(
        [
            Wire(facts.DutyDelegated, reactions.tell_of_delegation),
            Wire(facts.DutySettled, reactions.tell_of_closing),
            Wire(facts.DutyDropped, reactions.tell_of_closing),
            Wire(facts.DutiesFellDue, reactions.tell_of_due),
            Wire(facts.DutiesEscalated, reactions.tell_of_escalation),
        ]
    )
    yield
    connect(before)


def told(at: datetime) -> set[tuple[str, str]]:
    """Who was told what, after everything was delivered."""
    deliver_all(at=at)
    assert not Delivery.objects.exclude(state="done").exists()
    return set(Notice.objects.values_list("person__name", "kind"))


def by(person: Person):
    return person.account.actor


def test_handing_on_tells_both(people: Cast, now: datetime) -> None:
    delegate(duty=make_duty(people.alice, at=now), to=people.bob, note="", by=by(people.alice), at=now)
    assert told(now) == {("Bob", "duties.received"), ("Alice", "duties.handed-on")}
    received = Notice.objects.get(person=people.bob)
    assert sentence_of(received) == (
        "Alice hat eine Pflicht an Sie weitergegeben: „Merkblatt Arbeitsmarktzugang“, fällig am 7. Dezember 2026."
    )


def test_handing_on_by_a_coordinator_tells_the_old_and_the_new_owner(people: Cast, now: datetime) -> None:
    delegate(duty=make_duty(people.alice, at=now), to=people.bob, note="", by=by(people.dilan), at=now)
    assert told(now) == {("Bob", "duties.received"), ("Alice", "duties.handed-on"), ("Dilan", "duties.handed-on")}


def test_handing_on_there_and_back_tells_each_time(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    delegate(duty=duty, to=people.bob, note="", by=by(people.alice), at=now)
    told(now)
    later = now + timedelta(hours=1)
    delegate(duty=duty, to=people.alice, note="", by=by(people.bob), at=later)
    told(later)
    assert Notice.objects.filter(kind="duties.received").count() == 2


def test_who_handed_on_learns_that_it_is_done(people: Cast, now: datetime) -> None:
    duty = delegate(duty=make_duty(people.alice, at=now), to=people.bob, note="", by=by(people.alice), at=now)
    told(now)
    settle(duty=duty, how="Absatz 2", by=by(people.bob), at=now)
    assert told(now) - {("Bob", "duties.received"), ("Alice", "duties.handed-on")} == {("Alice", "duties.settled")}


def test_an_owner_learns_that_a_coordinator_dropped_the_duty(people: Cast, now: datetime) -> None:
    drop(duty=make_duty(people.alice, at=now), why="entfällt", by=by(people.dilan), at=now)
    assert told(now) == {("Alice", "duties.dropped")}


def test_nobody_is_told_of_what_they_did_themselves(people: Cast, now: datetime) -> None:
    settle(duty=make_duty(people.alice, at=now), how="", by=by(people.alice), at=now)
    assert told(now) == set()


def test_a_reminder_is_one_notice(people: Cast, now: datetime) -> None:
    for number in range(5):
        make_duty(people.alice, at=now, subject_id=number, due=date(2026, 11, 24))
    remind_due(by=SYSTEM, at=now)
    assert told(now) == {("Alice", "duties.due")}
    assert Notice.objects.get().words == {"count": 5}


def test_a_duty_of_somebody_without_account_is_told_to_the_coordinators_with_the_reason(
    people: Cast, now: datetime
) -> None:
    make_duty(people.fatma, at=now)
    assert told(now) == {("Dilan", "duties.unreachable")}
    assert sentence_of(Notice.objects.get()) == (
        "Eine Pflicht liegt bei der Koordination: die verantwortliche Person hat kein Konto."
    )


def test_without_coordinators_the_head_is_told(people: Cast, now: datetime) -> None:
    CentreRole.objects.filter(role="coordinator-desk").delete()
    make_duty(people.fatma, at=now)
    assert told(now) == {("Erik", "duties.unreachable")}


def test_what_is_long_overdue_is_told_to_the_head(people: Cast, now: datetime) -> None:
    make_duty(people.alice, at=now, due=date(2026, 11, 1))
    escalate_overdue(by=SYSTEM, at=now)
    assert told(now) == {("Erik", "duties.overdue")}
