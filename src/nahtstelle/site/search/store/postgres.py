"""A tsvector column that PostgreSQL makes from the terms itself, with a GIN index."""

from typing import Any

from django.db import connection

from .conditions import All, AnyOf, Condition, Level, Not, Term


class PostgresStore:
    joining = "JOIN"

    def selecting(self, condition: Condition) -> tuple[str, list[Any]]:
        return "SELECT document_id AS id FROM search_page WHERE vector @@ %s::tsquery", [_spoken(condition)]

    def add(self, rows: list[tuple[int, str]]) -> None:
        """The column is generated with the row."""

    def forget(self, rows: list[tuple[int, str]]) -> None:
        """It leaves with the row."""

    def refill(self) -> None:
        """It is always what the pages say."""

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_page")
            cursor.execute("ANALYZE search_document")


def _spoken(condition: Condition) -> str:
    match condition:
        case Level():
            return _quoted(condition.token)
        case Term():
            return f"({' | '.join(map(_quoted, condition.levels()))})"
        case AnyOf(parts):
            return f"({' | '.join(map(_spoken, parts))})"
        case All(parts):
            return f"({' & '.join(map(_spoken, parts))})"
        case Not(wanted, unwanted):
            return f"({_spoken(wanted)} & !{_spoken(unwanted)})"


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
