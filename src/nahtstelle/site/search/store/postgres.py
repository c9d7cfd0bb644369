"""A tsvector in narrow rows with a GIN index, beside what every search compares."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from .conditions import Condition, Tongue

TSQUERY = Tongue(lambda token: "'" + token.replace("\\", "\\\\").replace("'", "''") + "'", " | ", " & ", " & !")
FILL = """INSERT INTO search_entry (id, lock_id, facet_set_id, day, changed_at, vector)
    SELECT d.id, d.lock_id, d.facet_set_id, d.day, d.changed_at, array_to_tsvector(string_to_array(p.terms, ' '))
    FROM search_document d JOIN search_page p ON p.document_id = d.id {where}
    ON CONFLICT (id) DO UPDATE SET lock_id = excluded.lock_id, facet_set_id = excluded.facet_set_id,
        day = excluded.day, changed_at = excluded.changed_at, vector = excluded.vector"""


class PostgresStore:
    # Asked through unnest, the planner does not know the words: knowing frequent ones it would read and unpack every row.
    documents = "unnest(%s::text[]) AS asked (words) JOIN search_entry d ON d.vector @@ asked.words::tsquery WHERE"

    def spoken(self, condition: Condition) -> list[str]:
        return [TSQUERY.say(condition)]

    def among(self, ids: Sequence[int]) -> tuple[str, Any]:
        return "d.id = ANY(%s)", list(ids)

    def each(
        self, conditions: Sequence[Condition], where: str, params: Sequence[Any], *, most: int | None = None
    ) -> Iterator[list[int]]:
        """All in one statement: planning and sending each would cost more than finding."""
        limit = f" LIMIT {most}" if most else ""
        statement = (
            "SELECT asked.place, array_agg(found.id) FROM unnest(%s::text[]) WITH ORDINALITY AS asked (words, place) "  # noqa: S608 - names are ours, values parameters
            "CROSS JOIN LATERAL (SELECT d.id FROM search_entry d "
            f"WHERE d.vector @@ asked.words::tsquery AND {where}{limit}) AS found GROUP BY asked.place"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [list(map(TSQUERY.say, conditions)), *params])
            found = dict(cursor.fetchall())
        for place in range(1, len(conditions) + 1):
            yield found.get(place, [])

    def add(self, rows: list[tuple[int, str]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FILL.format(where="WHERE d.id = ANY(%s)"), [[pk for pk, _terms in rows]])
            _sort_in(cursor)

    def forget(self, rows: list[tuple[int, str]]) -> None:
        """It leaves with the document, or is written over."""

    def refill(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FILL.format(where=""))
            _sort_in(cursor)

    def tidy(self) -> None:
        with connection.cursor() as cursor:
            for table in ("search_entry", "search_page", "search_document"):
                cursor.execute(f"ANALYZE {table}")


def _sort_in(cursor: Any) -> None:
    """The index gathers what is new and sorts it in later; until then each search reads through all that was gathered."""
    cursor.execute("SELECT gin_clean_pending_list('search_entry_vector')")
