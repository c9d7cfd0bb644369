"""A fact of the tests' own and reactions whose effects can be counted, for this process and for workers beside it."""

import os
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.facts import fact

PAUSE = 0.004  # seconds a reaction takes between its two effects: long enough to be killed in between


@fact("tests.Counted", says="Number %(number)s was counted")
@dataclass(frozen=True, slots=True)
class Counted:
    number: int


def note(counted: Counted, *, by: Actor, at: datetime) -> None:
    """Leaves two rows, with a pause between."""
    _insert(counted.number, "begun")
    time.sleep(PAUSE)
    _insert(counted.number, "ended")


def note_quickly(counted: Counted, *, by: Actor, at: datetime) -> None:
    _insert(counted.number, "quick")


def note_after(counted: Counted, *, by: Actor, at: datetime) -> None:
    """Leaves a row that says whether ``note`` had done all of its work before."""
    _insert(counted.number, "after" if (counted.number, "ended") in effects() else "too early")


def fail(counted: Counted, *, by: Actor, at: datetime) -> None:
    """Leaves a row, then fails."""
    _insert(counted.number, "half done")
    raise ValueError(f"Nobody can count {counted.number}.")


def _insert(number: int, phase: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tests_effect (number, phase, process) VALUES (%s, %s, %s)", [number, phase, os.getpid()]
        )


def make_table() -> None:
    """Without any constraint: an effect that happens twice must be seen twice."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE tests_effect (number integer, phase varchar(20), process integer)")


def drop_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE tests_effect")


def effects() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, phase FROM tests_effect ORDER BY number, phase")
        return [(number, phase) for number, phase in cursor.fetchall()]


def processes() -> dict[int, int]:
    """How many effects each process left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT process, count(*) FROM tests_effect GROUP BY process")
        return dict(cursor.fetchall())
