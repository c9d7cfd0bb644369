"""The worker: brings facts to their reactions, sends letters and does recurring work until told to stop.

Four strands side by side, each with a database connection of its own: a mail server that hangs keeps no fact from its
reaction, a long chore none either, and a chore that waits for servers elsewhere no other chore. Several workers may run; the database shares the work out among them.
"""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import Error as DatabaseTrouble
from django.db import close_old_connections, connections
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.chores import run_due
from nahtstelle.plumbing.ledger.delivery import deliver_next
from nahtstelle.plumbing.ledger.heartbeats import beat
from nahtstelle.register.notices.actions import send_due_letters

from .wiring import chores

log = logging.getLogger(__name__)

IDLE_FIRST = 0.05  # seconds to the next look after there was nothing to do; doubling …
IDLE_LONGEST = 0.8  # … to this, so that new work waits less than a second
BEAT_EVERY = timedelta(seconds=10)
CHORES_LOOK = 1.0  # seconds between looks at what is due
LETTERS_PER_ROUND = 20
POST_PAUSE_FIRST = 15.0  # seconds after a mail server that cannot be used; doubling …
POST_PAUSE_LONGEST = 600.0  # … to ten minutes
DATABASE_PAUSE_LONGEST = 5.0  # seconds between attempts to get a lost database back
POST = system("outbox")

Strand = Callable[[], float]  # does some work; answers how many seconds to wait before the next


def run_forever(stop: threading.Event | None = None) -> None:
    """Work until ``stop`` is set, or SIGTERM or SIGINT come where none is given. What is in hand is finished first."""
    stop = stop or _stop_on_signal()
    name = f"{socket.gethostname()}:{os.getpid()}:{os.urandom(3).hex()}"
    post: Strand = _Post().turn
    work: Strand = partial(_chores_turn, name, slow=False)
    waiting: Strand = partial(_chores_turn, name, slow=True)
    strands = [
        threading.Thread(target=_keep_on, args=(strand, stop), name=f"{name} {part}", daemon=True)
        for part, strand in (("post", post), ("chores", work), ("slow chores", waiting))
    ]
    log.info("Worker %s begins.", name)
    for strand in strands:
        strand.start()
    deliveries = _Deliveries(name)
    _keep_on(deliveries.turn, stop, note=deliveries.note)
    for strand in strands:
        strand.join()
    log.info("Worker %s ends; it made %s deliveries.", name, deliveries.delivered)


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Set from a thread of its own: the signal may come while this one holds the event's lock, and would wait for itself.
        signal.signal(number, lambda *_: threading.Thread(target=stop.set).start())
    return stop


def _keep_on(turn: Strand, stop: threading.Event, *, note: Callable[[str], None] = lambda _trouble: None) -> None:
    """Turn after turn; whatever a turn meets, the next one is tried."""
    pause = 0.0
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                wait = turn()
                pause = 0.0
            except DatabaseTrouble as trouble:
                # The database was restarted, or is too busy: begin anew with a fresh connection.
                log.warning("The database cannot be used: %s", trouble)
                note(f"{type(trouble).__name__}: {trouble}")
                connections.close_all()
                wait = pause = min(max(pause * 2, 0.1), DATABASE_PAUSE_LONGEST)
            except Exception as trouble:  # reason: the worker outlives every mistake in what it is told to do
                log.exception("A turn of the worker failed.")
                note(f"{type(trouble).__name__}: {trouble}")
                wait = pause = min(max(pause * 2, 1.0), DATABASE_PAUSE_LONGEST)
            if wait:
                stop.wait(wait)
    finally:
        connections.close_all()


class _Deliveries:
    """Facts to reactions; also the sign of life, so that a reaction that hangs is seen as silence."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.delivered = 0
        self._started_at = timezone.now()
        self._trouble = ""
        self._beat_at: datetime | None = None
        self._idle = IDLE_FIRST

    def note(self, trouble: str) -> None:
        self._trouble = trouble[:2000]

    def turn(self) -> float:
        now = timezone.now()
        if self._beat_at is None or now - self._beat_at >= BEAT_EVERY:
            beat(worker=self.name, started_at=self._started_at, delivered=self.delivered, trouble=self._trouble, at=now)
            self._beat_at = now
        if deliver_next(at=now) is not None:
            self.delivered += 1
            self._idle = IDLE_FIRST
            return 0.0
        self._idle = min(self._idle * 2, IDLE_LONGEST)
        return self._idle


class _Post:
    """Letters to the mail server; after trouble it is left alone for a growing while."""

    def __init__(self) -> None:
        self._pause = POST_PAUSE_FIRST / 2
        self._idle = IDLE_FIRST

    def turn(self) -> float:
        done = send_due_letters(by=POST, at=timezone.now(), most=LETTERS_PER_ROUND)
        if done.trouble:
            self._pause = min(self._pause * 2, POST_PAUSE_LONGEST)
            log.warning("The mail server cannot be used: %s", done.trouble)
            return self._pause
        if done.sent or done.given_up or done.put_off:
            self._pause, self._idle = POST_PAUSE_FIRST / 2, IDLE_FIRST
            return 0.0
        self._idle = min(self._idle * 2, IDLE_LONGEST)
        return self._idle


def _chores_turn(worker: str, *, slow: bool) -> float:
    run_due([chore for chore in chores() if chore.slow == slow], worker=worker, at=timezone.now())
    return CHORES_LOOK
