"""The full-text part of the index, behind one small interface: SQLite's FTS5, or PostgreSQL's tsvector with GIN.

Both hold the same terms with the same levels, made by our own analyser, so both find and rank alike. A condition is
written once (``conditions``) and spoken in the database's own language.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.db import connection

from .conditions import All, AnyOf, Condition, Level, Not, Term


class Store(Protocol):
    """What a full-text engine must be able to do."""

    documents: str  # what to select from and where, as ``d``: with one condition as a parameter, more may follow

    def spoken(self, condition: Condition) -> Any:
        """A condition in the database's own language, as that parameter."""
        ...

    def among(self, ids: Sequence[int]) -> tuple[str, Any]:
        """A condition that ``d`` is one of these, with its one parameter, however many they are."""
        ...

    def each(
        self, conditions: Sequence[Condition], where: str, params: Sequence[Any], *, most: int | None = None
    ) -> Iterator[list[int]]:
        """For each of the conditions the documents that meet it and ``where``; at most so many."""
        ...

    def add(self, rows: list[tuple[int, str]]) -> None:
        """Documents (id, terms) were written."""
        ...

    def forget(self, rows: list[tuple[int, str]]) -> None:
        """Documents (id, terms as they were) leave, or are about to be written anew."""
        ...

    def refill(self) -> None:
        """Make the full-text part anew from the terms that the pages hold."""
        ...

    def tidy(self) -> None:
        """After very many writes."""
        ...


def store() -> Store:
    """The store of the database in use."""
    if connection.vendor == "postgresql":
        from .postgres import PostgresStore  # reason: only one of the two is ever needed

        return PostgresStore()
    from .sqlite import SqliteStore  # reason: as above

    return SqliteStore()


__all__ = ["All", "AnyOf", "Condition", "Level", "Not", "Store", "Term", "store"]
