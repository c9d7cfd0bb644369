"""A column of very many rows set, each row to a number of its own: UPDATE … FROM (VALUES …)."""

from collections.abc import Sequence

from django.db import connections, models, router

from .slices import slices

AT_ONCE = 1_000


def set_each(model: type[models.Model], field: str, pairs: Sequence[tuple[int, int]]) -> None:
    """Set ``field`` (a whole number or a foreign key) of each row to its number: pairs of primary key and number."""
    using = router.db_for_write(model)
    connection = connections[using]
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(model._meta.get_field(field).column)
    key = quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        for some in slices(pairs, AT_ONCE):
            rows = ", ".join(f"({int(pk)}, {int(number)})" for pk, number in some)
            # Both databases call the columns of VALUES column1, column2.
            cursor.execute(
                f"UPDATE {table} SET {column} = given.column2 "  # noqa: S608 - names of our models and whole numbers
                f"FROM (VALUES {rows}) AS given WHERE {table}.{key} = given.column1"
            )
