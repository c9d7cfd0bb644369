"""How far the ledger has come: what was reckoned at a position holds until there is another."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.core.cache import caches
from django.db import connection

from .models import Delivery, Entry

WINDOW = 100
SECONDS = 600
Reckoned = TypeVar("Reckoned")
_held: ContextVar[str] = ContextVar("position", default="")
# Asked for every public page, so it is written out: the ORM takes longer to word it than the database to answer it.
_NEWEST = (
    f"SELECT id, (SELECT SUM(id) FROM {Delivery._meta.db_table} WHERE state = %s) "  # noqa: S608 - names come from our own models
    f"FROM {Entry._meta.db_table} ORDER BY id DESC LIMIT {WINDOW}"
)


def position() -> str:
    """A mark that differs as soon as another fact is there for us to see, or a reaction to one is done; one query.

    The newest number alone would not do: on PostgreSQL a fact with a smaller number may become visible after one with a
    larger, when its transaction takes longer. So the mark also sums the newest ``WINDOW`` numbers. And a reaction may
    change what is shown without a fact of its own, so the mark sums the deliveries that still wait.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [Delivery.State.PENDING.value])
        newest = cursor.fetchall()
    if not newest:
        return "0"
    return f"{newest[0][0]}-{sum(number for number, _waiting in newest)}-{newest[0][1] or 0}"


@contextmanager
def held(mark: str) -> Iterator[None]:
    """Within it all that is ``kept`` is so under this mark: one request asks for the position once."""
    token = _held.set(mark)
    try:
        yield
    finally:
        _held.reset(token)


def kept(what: str, reckon: Callable[[], Reckoned]) -> Reckoned:
    """What ``reckon`` gives, kept in this process until the ledger has another fact, and for ten minutes at most.

    ``what`` names it and everything it depends on that is not stored: the day, the language, what was asked for.
    """
    key = hashlib.sha256(f"{_held.get() or position()}\n{what}".encode()).hexdigest()
    found = caches["pages"].get(key)
    if found is None:
        found = reckon()
        caches["pages"].set(key, found, SECONDS)
    return found
