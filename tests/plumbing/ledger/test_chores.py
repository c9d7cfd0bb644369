import logging
import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.plumbing.ledger.chores import CLAIM, FIRST_PAUSE, Chore, run_due
from nahtstelle.plumbing.ledger.models import Chore as Row

HOUR = timedelta(hours=1)


class Broom:
    """A chore that remembers when it was done."""

    def __init__(self) -> None:
        self.done: list[tuple[Actor, datetime]] = []

    def sweep(self, *, by: Actor, at: datetime) -> None:
        self.done.append((by, at))

    def break_(self, *, by: Actor, at: datetime) -> None:
        raise OSError("the broom broke")


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="nahtstelle.plumbing.ledger.chores")


@pytest.mark.django_db
def test_a_chore_is_done_when_it_is_due_and_not_before(now: datetime) -> None:
    broom = Broom()
    sweep = [Chore("sweep", every=HOUR, action=broom.sweep)]
    for minutes in (0, 1, 59, 60, 61, 121):
        run_due(sweep, worker="w", at=now + timedelta(minutes=minutes))
    assert broom.done == [(system("sweep"), now + timedelta(minutes=minutes)) for minutes in (0, 60, 121)]
    assert Row.objects.get().runs == 3


@pytest.mark.django_db
def test_a_failing_chore_is_kept_with_its_error_and_harms_no_other(now: datetime) -> None:
    broom = Broom()
    chores = [Chore("break", every=HOUR, action=broom.break_), Chore("sweep", every=HOUR, action=broom.sweep)]
    assert run_due(chores, worker="w", at=now) == ["break", "sweep"]
    row = Row.objects.get(name="break")
    assert (row.failures, row.due_at, row.claimed_by, row.last_done_at) == (1, now + FIRST_PAUSE, "", None)
    assert row.error.endswith("OSError: the broom broke\n")
    assert len(broom.done) == 1


@pytest.mark.django_db
def test_a_failing_chore_rests_no_longer_than_its_own_interval(now: datetime) -> None:
    breaking = [Chore("break", every=HOUR, action=Broom().break_)]
    at = now
    for _attempt in range(12):
        run_due(breaking, worker="w", at=at)
        at = Row.objects.get().due_at
    assert Row.objects.get().failures == 12
    run_due(breaking, worker="w", at=at)
    assert Row.objects.get().due_at - at == HOUR


@pytest.mark.django_db
def test_a_good_run_forgets_the_failures_before(now: datetime) -> None:
    broom = Broom()
    run_due([Chore("c", every=HOUR, action=broom.break_)], worker="w", at=now)
    run_due([Chore("c", every=HOUR, action=broom.sweep)], worker="w", at=now + FIRST_PAUSE)
    row = Row.objects.get()
    assert (row.failures, row.error, row.runs) == (0, "", 1)


@pytest.mark.django_db
def test_what_a_killed_worker_had_claimed_is_done_by_another_when_the_claim_has_run_out(now: datetime) -> None:
    Row.objects.create(name="sweep", due_at=now, claimed_until=now + CLAIM, claimed_by="killed")
    broom = Broom()
    sweep = [Chore("sweep", every=HOUR, action=broom.sweep)]
    assert run_due(sweep, worker="w", at=now + CLAIM - timedelta(seconds=1)) == []
    assert run_due(sweep, worker="w", at=now + CLAIM) == ["sweep"]


@pytest.mark.django_db(transaction=True)
def test_a_chore_due_for_two_workers_is_done_once(now: datetime) -> None:
    started, go_on, done = threading.Event(), threading.Event(), []

    def slow(*, by: Actor, at: datetime) -> None:
        done.append(by)
        started.set()
        assert go_on.wait(20)

    chores = [Chore("slow", every=HOUR, action=slow)]

    def first_worker() -> None:
        run_due(chores, worker="first", at=now)
        connection.close()

    first = threading.Thread(target=first_worker)
    first.start()
    assert started.wait(20)
    assert run_due(chores, worker="second", at=now) == []
    go_on.set()
    first.join()
    assert run_due(chores, worker="second", at=now) == []
    assert len(done) == 1
