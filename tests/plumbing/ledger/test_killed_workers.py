"""A worker may be killed at any moment; several may share the work. Neither loses nor doubles an effect."""

import os
import random
import signal
import time
from collections import Counter
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.models import Delivery
from tests.plumbing.ledger.conftest import ALICE
from tests.plumbing.ledger.sample import Counted, effects, note, note_after, processes
from tests.plumbing.ledger.workers import eventually, is_running, nursery

FACTS = 600
KILLS = 20


def record_many(number: int, at: datetime) -> None:
    with transaction.atomic():
        for count in range(number):
            record(Counted(number=count), by=ALICE, at=at)


def waiting() -> int:
    return Delivery.objects.exclude(state="done").count()


def each_once(number: int) -> list[tuple[int, str]]:
    return [(count, phase) for count in range(number) for phase in ("begun", "ended")]


@pytest.mark.usefixtures("effect_table")
def test_no_effect_is_lost_or_doubled_when_workers_are_killed(wire) -> None:
    wire(note)
    record_many(FACTS, timezone.now())
    moments = random.Random(20261123)
    killed_at_work = 0
    with nursery() as workers:
        before = FACTS
        for _kill in range(KILLS):
            worker = workers.start()
            # Not before it has done something, so that the kill falls into its work and not into its start.
            assert eventually(lambda before=before: waiting() < before)
            time.sleep(moments.uniform(0, 0.06))
            os.kill(worker, signal.SIGKILL)
            assert eventually(lambda worker=worker: not is_running(worker))
            before = waiting()
            killed_at_work += before > 0
        assert killed_at_work == KILLS
        assert before > 0, "every fact was delivered before the last kill; make FACTS larger"
        workers.start()
        assert eventually(lambda: waiting() == 0)
    assert effects() == each_once(FACTS)
    assert Counter(Delivery.objects.values_list("state", "attempts")) == {("done", 1): FACTS}


@pytest.mark.usefixtures("effect_table")
def test_two_workers_do_each_work_once(wire) -> None:
    wire(note)
    with nursery() as workers:
        workers.start()
        workers.start()
        record_many(200, timezone.now())
        assert eventually(lambda: waiting() == 0)
    assert effects() == each_once(200)


@pytest.mark.postgres
@pytest.mark.usefixtures("effect_table")
def test_two_workers_share_the_work_on_postgresql(wire) -> None:
    wire(note)
    with nursery() as workers:
        pair = {workers.start(), workers.start()}
        record_many(300, timezone.now())
        assert eventually(lambda: waiting() == 0)
    shares = processes()
    assert set(shares) == pair
    assert min(shares.values()) > 100, f"one worker did nearly everything: {shares}"


@pytest.mark.usefixtures("effect_table")
def test_a_worker_told_to_stop_finishes_what_it_has_in_hand(wire) -> None:
    wire(note)
    with nursery() as workers:
        worker = workers.start()
        record_many(300, timezone.now())
        assert eventually(lambda: waiting() < 300)
        os.kill(worker, signal.SIGTERM)
        assert eventually(lambda: not is_running(worker), seconds=20)
        left = waiting()
    assert 0 < left < 300
    assert len(effects()) == 2 * (300 - left)


@pytest.mark.usefixtures("effect_table")
def test_a_reaction_in_turn_comes_after_the_one_before_it_when_workers_are_killed(wire) -> None:
    wire(note, in_turn=[note_after])
    record_many(150, timezone.now())
    moments = random.Random(20261127)
    with nursery() as workers:
        before = 300
        for _kill in range(8):
            pair = [workers.start(), workers.start()]
            assert eventually(lambda before=before: waiting() < before)
            time.sleep(moments.uniform(0, 0.06))
            for worker in pair:
                os.kill(worker, signal.SIGKILL)
            assert eventually(lambda pair=pair: not any(is_running(worker) for worker in pair))
            before = waiting()
        assert before > 0, "every fact was delivered before the last kill; make the number of facts larger"
        workers.start()
        workers.start()
        assert eventually(lambda: waiting() == 0)
    assert effects() == [(count, phase) for count in range(150) for phase in ("after", "begun", "ended")]
