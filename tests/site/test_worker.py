"""The worker in a thread of its own, on a real database and against a real mail server."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.chores import Chore
from nahtstelle.plumbing.ledger.models import Chore as ChoreRow
from nahtstelle.plumbing.ledger.models import Delivery, Heartbeat
from nahtstelle.plumbing.ledger.wires import Wire, all_wires, connect
from nahtstelle.register.notices.models import Letter
from nahtstelle.site import wiring, worker
from tests.plumbing.ledger.sample import Counted
from tests.plumbing.ledger.workers import eventually
from tests.register.notices.making import mail_server, make_letter, point_at

pytestmark = pytest.mark.django_db(transaction=True)
BY = Actor(ref="system:tests", label="tests")


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("nahtstelle", "mail.log"):
        caplog.set_level(logging.CRITICAL, logger=name)


@pytest.fixture
def react() -> Iterator[Callable[..., None]]:
    before = all_wires()
    yield lambda *reactions: connect([Wire(Counted, reaction) for reaction in reactions])
    connect(before)


@contextmanager
def working() -> Iterator[threading.Thread]:
    """A worker at work until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_forever, args=(stop,))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def happen(number: int = 1) -> None:
    with transaction.atomic():
        record(Counted(number=number), by=BY, at=timezone.now())


def all_delivered() -> bool:
    return not Delivery.objects.exclude(state="done").exists()


def note_nothing(counted: Counted, *, by: Actor, at: datetime) -> None:
    pass


def test_new_work_waits_less_than_a_second_for_an_idle_worker() -> None:
    assert worker.IDLE_LONGEST < 1


def test_facts_are_delivered_while_they_happen(react: Callable[..., None]) -> None:
    react(note_nothing)
    with working():
        for number in range(5):
            happen(number)
            assert eventually(all_delivered, seconds=20)
    assert Delivery.objects.filter(state="done").count() == 5


def test_a_worker_gives_signs_of_life(react: Callable[..., None]) -> None:
    with working():
        assert eventually(Heartbeat.objects.exists, seconds=20)


def test_letters_go_out(settings: Any) -> None:
    with mail_server(settings) as server, working():
        make_letter(at=timezone.now())
        assert eventually(lambda: Letter.objects.filter(state="sent").exists(), seconds=20)
    assert len(server.received) == 1


def test_a_mail_server_that_hangs_keeps_no_fact_waiting(settings: Any, react: Callable[..., None]) -> None:
    react(note_nothing)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        point_at(settings, mute.getsockname()[1])
        settings.EMAIL_TIMEOUT = 15
        make_letter(at=timezone.now())
        with working():
            assert eventually(lambda: Letter.objects.filter(state="sending").exists(), seconds=20)
            happen()
            assert eventually(all_delivered, seconds=10)
            assert Letter.objects.get().state == "sending"
            visitor, _address = mute.accept()
            visitor.close()


def test_chores_are_done_and_a_failing_one_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[datetime] = []

    def sweep(*, by: Actor, at: datetime) -> None:
        done.append(at)

    def stumble(*, by: Actor, at: datetime) -> None:
        raise RuntimeError("stumbled")

    hour = timedelta(hours=1)
    monkeypatch.setattr(worker, "chores", lambda: [Chore("a", hour, stumble), Chore("b", hour, sweep)])
    with working():
        assert eventually(lambda: ChoreRow.objects.filter(name="b", runs=1).exists(), seconds=20)
    assert len(done) == 1
    assert ChoreRow.objects.get(name="a").failures == 1


@pytest.mark.postgres
def test_a_worker_outlives_the_loss_of_its_database_connections(react: Callable[..., None]) -> None:
    react(note_nothing)
    with working():
        happen(1)
        assert eventually(all_delivered, seconds=20)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.fetchone()[0] > 0
        happen(2)
        assert eventually(all_delivered, seconds=30)
    assert Delivery.objects.filter(state="done").count() == 2


def test_every_chore_of_the_house_has_a_name_of_its_own() -> None:
    names = [chore.name for chore in wiring.chores()]
    assert len(names) == len(set(names))


def test_every_chore_of_the_house_can_be_done_twice() -> None:
    now = timezone.now()
    for _time in range(2):
        for chore in wiring.chores():
            chore.action(by=BY, at=now)
