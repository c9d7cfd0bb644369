from datetime import datetime

import pytest
from django.db import transaction

from nahtstelle.plumbing.ledger.actions import OutsideTransaction, Touched, changes_between, record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.plumbing.ledger.models import Delivery, Entry, Heartbeat, Touch
from nahtstelle.plumbing.ledger.queries import trail_of
from tests.plumbing.ledger.sample import Counted, note, note_quickly


@pytest.mark.django_db
def test_a_fact_is_kept_with_who_when_and_why(alice: Actor, now: datetime) -> None:
    record(Counted(number=7), by=alice, at=now, why="for the record")
    kept = Entry.objects.values("fact", "payload", "actor", "actor_label", "at", "why", "cause").get()
    assert kept == {
        "fact": "tests.Counted",
        "payload": {"number": 7},
        "actor": "account:1",
        "actor_label": "Alice Adler",
        "at": now,
        "why": "for the record",
        "cause": None,
    }


@pytest.mark.django_db
def test_one_delivery_is_laid_out_for_each_reaction(wire, alice: Actor, now: datetime) -> None:
    wire(note, note_quickly)
    record(Counted(number=7), by=alice, at=now)
    assert list(Delivery.objects.values_list("reaction", "state", "not_before").order_by("id")) == [
        ("tests.plumbing.ledger.sample.note", "pending", now),
        ("tests.plumbing.ledger.sample.note_quickly", "pending", now),
    ]


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(alice: Actor, now: datetime) -> None:
    with pytest.raises(OutsideTransaction, match=r"tests\.Counted"):
        record(Counted(number=7), by=alice, at=now)
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_rolled_back_with_its_transaction(wire, alice: Actor, now: datetime) -> None:
    wire(note)
    with pytest.raises(RuntimeError), transaction.atomic():
        beat = Heartbeat.objects.create(worker="w", started_at=now, seen_at=now)
        record(Counted(number=7), by=alice, at=now, touched=[beat])
        raise RuntimeError("the change failed after all")
    assert (Entry.objects.count(), Touch.objects.count(), Delivery.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_the_trail_of_an_object_shows_its_changes(alice: Actor, now: datetime) -> None:
    mine = Heartbeat.objects.create(worker="mine", started_at=now, seen_at=now)
    other = Heartbeat.objects.create(worker="other", started_at=now, seen_at=now)
    record(
        Counted(number=1), by=alice, at=now, touched=[Touched(mine, {"trouble": ("", "late"), "seen_at": (None, now)})]
    )
    record(Counted(number=2), by=alice, at=now, touched=[other])
    assert [(touch.entry.payload, touch.changes) for touch in trail_of(mine)] == [
        ({"number": 1}, {"trouble": ["", "late"], "seen_at": [None, str(now)]})
    ]


@pytest.mark.django_db
def test_an_object_that_was_never_saved_cannot_be_touched(alice: Actor, now: datetime) -> None:
    with pytest.raises(ValueError, match="not saved yet"):
        record(Counted(number=1), by=alice, at=now, touched=[Heartbeat(worker="w")])


@pytest.mark.django_db
def test_very_many_objects_are_touched_each_once(alice: Actor, now: datetime) -> None:
    Heartbeat.objects.bulk_create(Heartbeat(worker=f"w{n}", started_at=now, seen_at=now) for n in range(2500))
    entry = record(Counted(number=1), by=alice, at=now)
    assert touch_all(entry, Heartbeat.objects.all(), {"trouble": ("", "late")}) == 2500
    assert set(Touch.objects.filter(kind="ledger.heartbeat").values_list("object_id", flat=True)) == set(
        Heartbeat.objects.values_list("pk", flat=True)
    )


def test_only_fields_that_differ_count_as_changes() -> None:
    assert changes_between({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == {"b": (2, 3), "c": (None, 4)}


def test_the_account_behind_an_actor() -> None:
    assert (Actor(ref="account:17", label="x").account_id, system("worker").account_id) == (17, None)
