"""Settling, dropping, handing on: what changes, and who may not."""

from datetime import datetime, timedelta

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.duties.actions import delegate, drop, drop_all_for, settle, settle_all_for
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import CentreRole, Person
from tests.register.cast import Cast
from tests.register.duties.making import SYSTEM, make_duty


def actor(person: Person) -> Actor:
    return person.account.actor


def test_settling_keeps_who_when_and_how(people: Cast, now: datetime) -> None:
    duty = settle(duty=make_duty(people.alice, at=now), how="Absatz 2 angepasst", by=actor(people.alice), at=now)
    duty.refresh_from_db()
    assert (duty.state, duty.settled_at, duty.settled_by, duty.settled_how) == (
        "settled",
        now,
        "Alice",
        "Absatz 2 angepasst",
    )


def test_settling_is_in_the_trail_of_the_duty(people: Cast, now: datetime) -> None:
    duty = settle(duty=make_duty(people.alice, at=now), how="fertig", by=actor(people.alice), at=now)
    touch = Touch.objects.select_related("entry").filter(kind="duties.duty", object_id=duty.pk).last()
    assert touch is not None
    assert (touch.entry.fact, touch.entry.actor_label, touch.entry.why) == ("duties.DutySettled", "Alice", "fertig")
    assert touch.changes == {"state": ["open", "settled"], "settled_how": ["", "fertig"]}


@pytest.mark.parametrize("name", ["alice", "dilan", "erik"])
def test_owner_coordinator_and_head_may_settle(people: Cast, now: datetime, name: str) -> None:
    settle(duty=make_duty(people.alice, at=now), how="", by=actor(getattr(people, name)), at=now)
    assert Duty.objects.get().state == "settled"


@pytest.mark.parametrize("name", ["bob", "chloe", "georg"])
def test_everybody_else_is_refused_with_a_sentence(people: Cast, now: datetime, name: str) -> None:
    duty, by = make_duty(people.alice, at=now), actor(getattr(people, name))
    for act in (
        lambda: settle(duty=duty, how="", by=by, at=now),
        lambda: drop(duty=duty, why="weg damit", by=by, at=now),
        lambda: delegate(duty=duty, to=people.dilan, note="", by=by, at=now),
    ):
        with pytest.raises(NotYours, match=r"Only the person responsible|Nur die verantwortliche Person"):
            act()
    assert Duty.objects.get().state == "open"
    assert Duty.objects.get().owner == people.alice


def test_a_coordinator_whose_role_has_ended_is_refused(people: Cast, now: datetime) -> None:
    CentreRole.objects.filter(person=people.dilan).update(valid_until=now.date() - timedelta(days=1))
    with pytest.raises(NotYours):
        settle(duty=make_duty(people.alice, at=now), how="", by=actor(people.dilan), at=now)


def test_a_closed_account_is_refused(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    by = actor(people.alice)
    people.alice.account.is_active = False
    people.alice.account.save()
    with pytest.raises(NotYours):
        settle(duty=duty, how="", by=by, at=now)


def test_a_duty_is_not_settled_twice(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    settle(duty=duty, how="erst", by=actor(people.alice), at=now)
    with pytest.raises(NotNow):
        settle(duty=duty, how="noch einmal", by=actor(people.alice), at=now)
    assert Duty.objects.get().settled_how == "erst"


@pytest.mark.parametrize("why", ["", "  \n"])
def test_dropping_needs_a_reason(people: Cast, now: datetime, why: str) -> None:
    with pytest.raises(NotNow):
        drop(duty=make_duty(people.alice, at=now), why=why, by=actor(people.alice), at=now)
    assert Duty.objects.get().state == "open"


def test_dropping_keeps_the_reason(people: Cast, now: datetime) -> None:
    drop(duty=make_duty(people.alice, at=now), why="Merkblatt zurückgezogen", by=actor(people.alice), at=now)
    duty = Duty.objects.get()
    assert (duty.state, duty.settled_how) == ("dropped", "Merkblatt zurückgezogen")


def test_a_duty_handed_on_has_a_new_owner_and_remembers_who_did_it(people: Cast, now: datetime) -> None:
    delegate(duty=make_duty(people.alice, at=now), to=people.bob, note="Du kennst § 4", by=actor(people.alice), at=now)
    duty = Duty.objects.get()
    assert (duty.owner, duty.delegated_by, duty.delegation_note) == (people.bob, people.alice, "Du kennst § 4")
    entry = Entry.objects.get(fact="duties.DutyDelegated")
    assert entry.payload == {
        "duty": duty.pk,
        "delegator": people.alice.pk,
        "before": people.alice.pk,
        "now": people.bob.pk,
    }
    assert entry.touches.get().changes == {"owner": ["Alice", "Bob"], "delegation_note": ["", "Du kennst § 4"]}


def test_who_handed_it_on_may_still_act(people: Cast, now: datetime) -> None:
    duty = delegate(duty=make_duty(people.alice, at=now), to=people.bob, note="", by=actor(people.alice), at=now)
    settle(duty=duty, how="", by=actor(people.alice), at=now)
    assert Duty.objects.get().state == "settled"


def test_nobody_hands_a_duty_on_to_themselves(people: Cast, now: datetime) -> None:
    with pytest.raises(NotNow, match=r"yourself|sich selbst"):
        delegate(duty=make_duty(people.alice, at=now), to=people.dilan, note="", by=actor(people.dilan), at=now)


def test_a_duty_is_not_handed_on_to_whom_it_belongs(people: Cast, now: datetime) -> None:
    with pytest.raises(NotNow, match=r"already|bereits"):
        delegate(duty=make_duty(people.alice, at=now), to=people.alice, note="", by=actor(people.dilan), at=now)


@pytest.mark.parametrize("name", ["fatma", "georg"])
def test_a_duty_is_not_handed_on_to_somebody_who_would_not_see_it(people: Cast, now: datetime, name: str) -> None:
    with pytest.raises(NotNow, match=name.capitalize()):
        delegate(
            duty=make_duty(people.alice, at=now), to=getattr(people, name), note="", by=actor(people.alice), at=now
        )


def test_a_closed_duty_is_not_handed_on(people: Cast, now: datetime) -> None:
    duty = settle(duty=make_duty(people.alice, at=now), how="", by=actor(people.alice), at=now)
    with pytest.raises(NotNow):
        delegate(duty=duty, to=people.bob, note="", by=actor(people.alice), at=now)


def test_a_duty_nobody_could_be_told_of_leaves_the_desk_when_it_is_handed_on(people: Cast, now: datetime) -> None:
    delegate(duty=make_duty(people.fatma, at=now), to=people.bob, note="", by=actor(people.dilan), at=now)
    duty = Duty.objects.get()
    assert (duty.owner, duty.escalated_at, duty.escalated_because) == (people.bob, None, "")


def test_an_overdue_duty_stays_escalated_when_it_is_handed_on(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    Duty.objects.update(escalated_at=now, escalated_because="overdue", escalated_to=people.erik)
    delegate(duty=duty, to=people.bob, note="", by=actor(people.erik), at=now)
    assert Duty.objects.get().escalated_because == "overdue"


def test_all_duties_about_a_subject_are_settled_together(people: Cast, now: datetime) -> None:
    make_duty(people.alice, at=now)
    make_duty(people.bob, at=now, cause="wave:2")
    make_duty(people.bob, at=now, subject_id=2)
    assert settle_all_for(subject=("tests.leaflet", 1), how="neue Fassung", by=SYSTEM, at=now) == 2
    assert sorted(Duty.objects.values_list("subject_id", "state")) == [(1, "settled"), (1, "settled"), (2, "open")]
    entry = Entry.objects.get(fact="duties.DutiesClosed")
    assert entry.payload == {
        "state": "settled",
        "subject_kind": "tests.leaflet",
        "subject_id": 1,
        "cause": "",
        "count": 2,
    }
    assert entry.touches.count() == 2


def test_all_duties_of_a_cause_are_dropped_together(people: Cast, now: datetime) -> None:
    for leaflet in (1, 2):
        make_duty(people.alice, at=now, subject_id=leaflet)
    make_duty(people.alice, at=now, cause="wave:2")
    assert drop_all_for(cause="wave:1", why="Gesetz aufgehoben", by=SYSTEM, at=now) == 2
    assert sorted(Duty.objects.values_list("cause", "state")) == [
        ("wave:1", "dropped"),
        ("wave:1", "dropped"),
        ("wave:2", "open"),
    ]


def test_settling_together_leaves_closed_duties_as_they_are(people: Cast, now: datetime) -> None:
    drop(duty=make_duty(people.alice, at=now), why="entfällt", by=actor(people.alice), at=now)
    assert settle_all_for(cause="wave:1", how="", by=SYSTEM, at=now) == 0
    assert Duty.objects.get().state == "dropped"
    assert not Entry.objects.filter(fact="duties.DutiesClosed").exists()


@pytest.mark.django_db
def test_closing_together_wants_to_know_which(now: datetime) -> None:
    with pytest.raises(ValueError, match="Say which duties"):
        settle_all_for(how="", by=SYSTEM, at=now)
