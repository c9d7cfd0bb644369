"""INSERT … SELECT: rows made where they lie, however many, in one statement."""

from typing import Any

from django.db import connections, models, router
from django.db.models.sql.compiler import SQLCompiler


def insert_from(model: type[models.Model], rows: models.QuerySet[Any, Any], fields: list[str]) -> int:
    """Insert into ``model`` what ``rows.values_list(...)`` selects, column by column in the order of ``fields``.

    Rows that a unique constraint already holds are passed over. Returns the number inserted. ``rows`` must be a
    ``values_list`` of as many columns. Both databases speak ``ON CONFLICT DO NOTHING``.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    compiler: SQLCompiler = rows.query.get_compiler(using=using)
    select, params = compiler.as_sql()
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in fields)
    # SQLite reads "SELECT … ON CONFLICT" as a join unless the select has a WHERE or is wrapped.
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) "  # noqa: S608 - names come from our own models
        f"SELECT * FROM ({select}) AS chosen WHERE true ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount
