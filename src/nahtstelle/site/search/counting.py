"""How many documents have a term (that weighs it) and a word (that suggests it): kept in step with every write."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

EVERYTHING = ""  # the term that every document has


class Counts:
    """Changes to the counts, gathered and written at once."""

    def __init__(self) -> None:
        self._terms: Counter[str] = Counter()
        self._words: dict[int, Counter[str]] = {}
        self._written: dict[int, dict[str, str]] = {}

    def add(self, *, lock: int, terms: Iterable[str], spellings: dict[str, str]) -> None:
        self._terms.update(terms)
        self._terms[EVERYTHING] += 1
        self._words.setdefault(lock, Counter()).update(spellings.keys())
        self._written.setdefault(lock, {}).update(spellings)

    def take(self, *, lock: int, terms: Iterable[str], spellings: dict[str, str]) -> None:
        self._terms.subtract(terms)
        self._terms[EVERYTHING] -= 1
        self._words.setdefault(lock, Counter()).subtract(spellings.keys())

    def write(self) -> None:
        """Bring the tables up to date; what no document has any more leaves."""
        # In one order, so that two writers never wait for each other.
        terms = sorted((term, change) for term, change in self._terms.items() if change and len(term) <= 120)
        words = sorted(
            (folded, lock, self._written.get(lock, {}).get(folded, folded)[:80], change)
            for lock, of_lock in self._words.items()
            for folded, change in of_lock.items()
            if change
        )
        with connection.cursor() as cursor:
            _with_each(
                cursor, ("text", "int"), terms,
                "INSERT INTO search_term (term, documents) {rows} "
                "ON CONFLICT (term) DO UPDATE SET documents = search_term.documents + excluded.documents",
            )  # fmt: skip
            _with_each(
                cursor, ("text", "bigint", "text", "int"), words,
                "INSERT INTO search_word (folded, lock_id, written, documents) {rows} "
                "ON CONFLICT (folded, lock_id) DO UPDATE SET documents = search_word.documents + excluded.documents",
            )  # fmt: skip
            lowered = [(term,) for term, change in terms if change < 0]
            _with_each(cursor, ("text",), lowered, "DELETE FROM search_term WHERE documents <= 0 AND term IN ({rows})")
            lowered = [(folded, lock) for folded, lock, _written, change in words if change < 0]
            _with_each(
                cursor, ("text", "bigint"), lowered,
                "DELETE FROM search_word WHERE documents <= 0 AND (folded, lock_id) IN ({rows})",
            )  # fmt: skip
        self._terms.clear()
        self._words.clear()


def _with_each(cursor: Any, types: Sequence[str], rows: Sequence[Sequence[Any]], statement: str) -> None:
    """Carry out a statement with every row: SQLite takes them one by one, PostgreSQL all as one table of arrays."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(statement.format(rows=f"SELECT * FROM unnest({arrays})"), columns)  # noqa: S608 - names are ours
    else:
        marks = ", ".join(["%s"] * len(types))
        cursor.executemany(statement.format(rows=f"VALUES ({marks})"), rows)
