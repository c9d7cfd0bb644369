import logging
import threading
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    PATIENCE,
    deliver_all,
    deliver_next,
    pause_after,
    retry,
)
from nahtstelle.plumbing.ledger.models import Delivery, Entry, Touch
from tests.plumbing.ledger import sample
from tests.plumbing.ledger.sample import Counted, effects, fail, note, note_after, note_quickly


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="nahtstelle.plumbing.ledger.delivery")


def states() -> list[tuple[str, str, int]]:
    return [
        (reaction.rpartition(".")[2], state, attempts)
        for reaction, state, attempts in Delivery.objects.order_by("id").values_list("reaction", "state", "attempts")
    ]


@pytest.mark.usefixtures("effect_table")
def test_each_reaction_happens_once_however_often_it_is_delivered(wire, count, now: datetime) -> None:
    wire(note, note_quickly)
    count(1)
    assert deliver_all(at=now) == 2
    assert deliver_all(at=now + timedelta(days=1)) == 0
    assert effects() == [(1, "begun"), (1, "ended"), (1, "quick")]


@pytest.mark.usefixtures("effect_table")
def test_a_failing_reaction_leaves_nothing_but_its_error(wire, count, now: datetime) -> None:
    wire(fail)
    count(1)
    deliver_next(at=now)
    kept = Delivery.objects.get()
    assert effects() == []
    assert (kept.state, kept.attempts, kept.done_at) == ("pending", 1, None)
    assert kept.error.endswith("ValueError: Nobody can count 1.\n")


@pytest.mark.usefixtures("effect_table")
def test_a_failing_reaction_harms_no_neighbour(wire, count, now: datetime) -> None:
    wire(fail, note_quickly)
    for number in range(3):
        count(number)
    deliver_all(at=now)
    assert effects() == [(0, "quick"), (1, "quick"), (2, "quick")]
    assert states() == [("fail", "pending", 1), ("note_quickly", "done", 1)] * 3


@pytest.mark.usefixtures("effect_table")
def test_a_reaction_in_turn_waits_for_the_one_before_it_however_that_fares(wire, count, alice, now: datetime) -> None:
    broken = [True]

    def fail_at_first(counted: Counted, *, by: Actor, at: datetime) -> None:
        if broken[0]:
            raise ValueError("not yet")
        note(counted, by=by, at=at)

    wire(fail_at_first, in_turn=[note_after])
    count(1)
    assert deliver_all(at=now) == 1
    assert states() == [("fail_at_first", "pending", 1), ("note_after", "pending", 0)]
    for attempt in range(1, PATIENCE):
        deliver_all(at=now + attempt * LONGEST_PAUSE)
    assert states() == [("fail_at_first", "stuck", PATIENCE), ("note_after", "pending", 0)]
    broken[0] = False
    retry(Delivery.objects.get(state="stuck"), by=alice, at=now)
    deliver_all(at=now)
    assert effects() == [(1, "after"), (1, "begun"), (1, "ended")]


@pytest.mark.usefixtures("effect_table")
def test_a_reaction_in_turn_waits_for_its_own_fact_only(wire, count, now: datetime) -> None:
    def fail_the_first(counted: Counted, *, by: Actor, at: datetime) -> None:
        if counted.number == 1:
            raise ValueError("never")
        note(counted, by=by, at=at)

    wire(fail_the_first, in_turn=[note_after])
    count(1)
    count(2)
    deliver_all(at=now)
    assert effects() == [(2, "after"), (2, "begun"), (2, "ended")]


@pytest.mark.postgres
@pytest.mark.usefixtures("effect_table")
def test_a_reaction_in_turn_is_not_taken_while_another_worker_has_the_one_before_in_hand(wire, count, now) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def dawdle(counted: Counted, *, by: Actor, at: datetime) -> None:
        begun.set()
        assert go_on.wait(20)
        note(counted, by=by, at=at)

    wire(dawdle, in_turn=[note_after])
    count(1)

    def first_worker() -> None:
        deliver_next(at=now)
        connection.close()

    first = threading.Thread(target=first_worker)
    first.start()
    assert begun.wait(20)
    assert deliver_next(at=now) is None
    go_on.set()
    first.join()
    deliver_all(at=now)
    assert effects() == [(1, "after"), (1, "begun"), (1, "ended")]


@pytest.mark.usefixtures("effect_table")
def test_a_failing_reaction_is_tried_again_after_its_pause_only(wire, count, now: datetime) -> None:
    wire(fail)
    count(1)
    deliver_next(at=now)
    assert deliver_next(at=now + FIRST_PAUSE - timedelta(milliseconds=1)) is None
    assert deliver_next(at=now + FIRST_PAUSE) is not None
    assert states() == [("fail", "pending", 2)]


def test_pauses_double_up_to_six_hours() -> None:
    seconds = [pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 13, 14, 400)]
    assert seconds == [5, 10, 20, 20480, LONGEST_PAUSE.total_seconds(), LONGEST_PAUSE.total_seconds()]


def test_patience_lasts_about_a_day() -> None:
    waited = sum((pause_after(attempts) for attempts in range(1, PATIENCE)), timedelta())
    assert timedelta(hours=20) < waited < timedelta(hours=28)


@pytest.mark.usefixtures("effect_table")
def test_a_delivery_is_stuck_when_patience_has_run_out(wire, count, now: datetime) -> None:
    wire(fail)
    count(1)
    at = now
    for _attempt in range(PATIENCE):
        assert deliver_next(at=at) is not None
        at += LONGEST_PAUSE
    assert states() == [("fail", "stuck", PATIENCE)]
    assert deliver_next(at=at + timedelta(days=365)) is None


@pytest.mark.usefixtures("effect_table")
def test_a_stuck_delivery_is_done_after_a_person_retries_it(wire, count, alice: Actor, now: datetime) -> None:
    wire(note_quickly)
    count(1)
    Delivery.objects.update(state="stuck", attempts=PATIENCE)
    assert deliver_next(at=now) is None
    assert retry(Delivery.objects.get(), by=alice, at=now) is True
    deliver_next(at=now)
    assert effects() == [(1, "quick")]


@pytest.mark.django_db
def test_a_retry_is_in_the_trail(wire, count, alice: Actor, now: datetime) -> None:
    wire(note_quickly)
    count(1)
    Delivery.objects.update(state="stuck")
    delivery = Delivery.objects.get()
    retry(delivery, by=alice, at=now)
    touch = Touch.objects.select_related("entry").get()
    assert (touch.kind, touch.object_id, touch.changes) == (
        "ledger.delivery",
        delivery.pk,
        {"state": ["stuck", "pending"]},
    )
    assert (touch.entry.fact, touch.entry.actor) == ("ledger.DeliveryRetried", "account:1")


@pytest.mark.usefixtures("effect_table")
def test_a_delivery_that_is_done_cannot_be_retried(wire, count, alice: Actor, now: datetime) -> None:
    wire(note_quickly)
    count(1)
    deliver_all(at=now)
    assert retry(Delivery.objects.get(), by=alice, at=now) is False
    assert deliver_all(at=now) == 0


@pytest.mark.usefixtures("effect_table")
def test_a_reaction_that_breaks_a_foreign_key_is_kept_and_harms_no_neighbour(wire, count, now: datetime) -> None:
    """Such a break is seen only when the transaction ends, after the mark "done" was set."""

    def dangle(counted: Counted, *, by: Actor, at: datetime) -> None:
        Touch.objects.create(entry_id=987654, kind="tests.nothing", object_id=1)

    wire(dangle, note_quickly)
    count(1)
    deliver_all(at=now)
    assert states() == [("dangle", "pending", 1), ("note_quickly", "done", 1)]
    assert "IntegrityError" in Delivery.objects.order_by("id").first().error
    assert effects() == [(1, "quick")]


@pytest.mark.postgres
@pytest.mark.usefixtures("effect_table")
def test_a_reaction_that_hides_a_database_error_is_kept_as_failed(wire, count, now: datetime) -> None:
    """PostgreSQL has given up the transaction by then: nothing the reaction did can be kept."""

    def hide(counted: Counted, *, by: Actor, at: datetime) -> None:
        sample.note_quickly(counted, by=by, at=at)
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM tests_nowhere")

    wire(hide, note_quickly)
    count(1)
    deliver_all(at=now)
    assert states() == [("hide", "pending", 1), ("note_quickly", "done", 1)]
    assert effects() == [(1, "quick")]


@pytest.mark.usefixtures("effect_table")
def test_an_error_with_a_nul_character_is_kept(wire, count, now: datetime) -> None:
    def choke(counted: Counted, *, by: Actor, at: datetime) -> None:
        raise ValueError("a \x00 in a file")

    wire(choke)
    count(1)
    deliver_next(at=now)
    assert Delivery.objects.get().error.endswith("ValueError: a � in a file\n")


@pytest.mark.django_db
def test_a_delivery_whose_wire_is_gone_is_kept_with_a_sentence(wire, count, now: datetime) -> None:
    wire(note_quickly)
    count(1)
    wire()
    deliver_next(at=now)
    assert "No wire is called tests.plumbing.ledger.sample.note_quickly" in Delivery.objects.get().error


@pytest.mark.django_db
def test_what_a_reaction_records_names_its_cause(wire, count, now: datetime) -> None:
    def count_on(counted: Counted, *, by: Actor, at: datetime) -> None:
        if counted.number < 3:
            record(Counted(number=counted.number + 1), by=by, at=at)

    wire(count_on)
    first = count(1)
    deliver_all(at=now)
    chain = list(Entry.objects.order_by("id").values_list("payload__number", "cause_id"))
    assert chain == [(1, None), (2, first.pk), (3, first.pk + 1)]


@pytest.mark.usefixtures("effect_table")
def test_what_waits_longest_is_delivered_first(wire, count, now: datetime) -> None:
    wire(note_quickly)
    count(1, at=now)
    count(2, at=now - timedelta(hours=1))
    deliver_all(at=now, most=1)
    assert effects() == [(2, "quick")]


@pytest.mark.postgres
@pytest.mark.usefixtures("effect_table")
def test_a_second_worker_passes_by_what_the_first_has_in_hand(wire, count, now: datetime) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def dawdle(counted: Counted, *, by: Actor, at: datetime) -> None:
        if counted.number == 1:
            begun.set()
            assert go_on.wait(20)
        sample.note_quickly(counted, by=by, at=at)

    wire(dawdle)
    count(1)
    count(2)

    def first_worker() -> None:
        deliver_next(at=now)
        connection.close()

    first = threading.Thread(target=first_worker)
    first.start()
    assert begun.wait(20)
    second = deliver_next(at=now)
    assert second is not None
    assert effects() == [(2, "quick")]
    assert deliver_next(at=now) is None
    go_on.set()
    first.join()
    assert effects() == [(1, "quick"), (2, "quick")]
