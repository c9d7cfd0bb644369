"""FTS5 without positions and without its own copy of the text; the terms lie in ``search_page``."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from .conditions import Condition, Tongue

FTS5 = Tongue(lambda token: '"' + token.replace('"', '""') + '"', " OR ", " AND ", " NOT ")


class SqliteStore:
    # SQLite keeps the order of a CROSS JOIN: the terms are looked up once, not for each document.
    documents = (
        "(SELECT rowid AS id FROM search_index WHERE search_index MATCH %s) AS m "
        "CROSS JOIN search_document d ON d.id = m.id WHERE"
    )

    def spoken(self, condition: Condition) -> str:
        return FTS5.say(condition)

    def among(self, ids: Sequence[int]) -> tuple[str, Any]:
        return "d.id IN (SELECT value FROM json_each(%s))", json.dumps(list(ids))

    def each(
        self, conditions: Sequence[Condition], where: str, params: Sequence[Any], *, most: int | None = None
    ) -> Iterator[list[int]]:
        limit = f" LIMIT {most}" if most else ""
        statement = f"SELECT d.id FROM {self.documents} {where}{limit}"  # noqa: S608 - names are ours, values parameters
        with connection.cursor() as cursor:
            for condition in conditions:
                cursor.execute(statement, [self.spoken(condition), *params])
                yield [row[0] for row in cursor.fetchall()]

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
