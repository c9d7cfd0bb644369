"""A database put back as it was: every row of every table kept, and the files beside it.

The demo centre is loaded once in a run, whichever process comes first; the others put its rows into their databases.
"""

import fcntl
import pickle
import shutil
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from nahtstelle.site.search.store import store

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
NOT_KEPT = {"django_migrations"}
FULL_TEXT = "search_index"  # SQLite's full-text table and those behind it: filled from the pages of the index
MADE_ANEW = {"search_entry"}  # PostgreSQL's rows for the same: emptied, and filled like it


@dataclass(frozen=True, slots=True)
class Kept:
    rows: Rows
    files: Path

    def put_back(self) -> None:
        """Empty every table and fill it as it was; constraints are checked at the end."""
        quote = connection.ops.quote_name
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.rows:
                cursor.execute(f"DELETE FROM {quote(table)}")
            for table, (columns, rows) in self.rows.items():
                if rows:
                    names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
                    cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
            store().refill()
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        shutil.copytree(self.files, settings.MEDIA_ROOT)


def keep(folder: Path) -> Kept:
    """The database as it is now; its files are copied to ``folder``."""
    if Path(settings.MEDIA_ROOT).exists():
        shutil.copytree(settings.MEDIA_ROOT, folder)
    else:
        folder.mkdir()
    return Kept(rows_now(), folder)


def open_demo(shared: Path) -> None:
    """Make the database and the files the demo centre as it opens; ``shared`` is a folder of all processes of the run."""
    from nahtstelle.site.demo.loading import load_demo  # reason: Django must be set up first

    folder = shared / "demo"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = folder / "kept"
        if not kept.exists():
            load_demo()
            kept.write_bytes(pickle.dumps(keep(folder / "files")))
            return
    pickle.loads(kept.read_bytes()).put_back()


def rows_now() -> Rows:
    """Every row of every table, in a fixed order."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - NOT_KEPT):
            if table.startswith(FULL_TEXT):
                continue
            chosen = " WHERE FALSE" if table in MADE_ANEW else ""
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}{chosen} ORDER BY 1")
            names = [column[0] for column in cursor.description]
            found[table] = (names, [_row(row) for row in cursor.fetchall()])
    return found


def _row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    # SQLite's driver hands out times, but does not take them.
    return tuple(value.isoformat() if isinstance(value, time) else value for value in row)


def differing(before: Rows, after: Rows, *, apart_from: set[str] = frozenset()) -> list[str]:
    """The tables whose rows are not the same."""
    return sorted(table for table in before if table not in apart_from and before[table] != after.get(table))


def _models() -> list[type[models.Model]]:
    """With the tables between two models: a number given twice there is passed over in silence."""
    return apps.get_models(include_auto_created=True)
