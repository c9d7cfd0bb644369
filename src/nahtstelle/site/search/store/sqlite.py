"""FTS5 without positions and without its own copy of the text; the terms lie in ``search_page``."""

from typing import Any

from django.db import connection

from .conditions import All, AnyOf, Condition, Level, Not, Term


class SqliteStore:
    joining = "CROSS JOIN"  # SQLite keeps the order: the terms are looked up once, not for each document

    def selecting(self, condition: Condition) -> tuple[str, list[Any]]:
        return "SELECT rowid AS id FROM search_index WHERE search_index MATCH %s", [_spoken(condition)]

    def add(self, rows: list[tuple[int, str]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_index (rowid, terms) VALUES (%s, %s)", rows)

    def forget(self, rows: list[tuple[int, str]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', %s, %s)", rows)

    def refill(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")


def _spoken(condition: Condition) -> str:
    match condition:
        case Level():
            return _quoted(condition.token)
        case Term():
            return f"({' OR '.join(map(_quoted, condition.levels()))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(_spoken, parts))})"
        case All(parts):
            return f"({' AND '.join(map(_spoken, parts))})"
        case Not(wanted, unwanted):
            return f"({_spoken(wanted)} NOT {_spoken(unwanted)})"


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
