"""Getting the demo centre ready: an own database, brought up to date, filled once.

A note in the home folder says which database holds the demo and whether its content was loaded completely; a database
without that note is somebody's real centre and is never filled or emptied.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from nahtstelle.site import clock
from nahtstelle.site.serving import NotReady

from .moments import TOUR_DAY

LOADING, LOADED = "loading", "loaded"


def prepare(*, reset: bool = False) -> None:
    """Make the demo centre's database current and full; with ``reset`` from nothing.

    A load that was broken off is begun again. Raises ``NotReady`` where the database holds another centre.
    """
    state = _noted().get("state")
    if state is None and _is_in_use():
        raise NotReady(
            f"The database {_name()} already holds a centre that is not the demo; "
            "set NAHTSTELLE_HOME to another folder for the demo."
        )
    if reset or state == LOADING:
        _empty()
        state = None
    call_command("migrate", interactive=False, verbosity=0)
    if state == LOADED:
        return
    _note(LOADING)
    set_clock()
    typer.echo("Loading the demo centre …")
    from nahtstelle.site.demo.loading import load_demo  # reason: a demo already loaded needs none of it
    from nahtstelle.site.search.index import rebuild  # reason: as above

    load_demo()
    rebuild(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the first visitor's searches are planned with true figures
    _note(LOADED)


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _identity() -> dict[str, Any]:
    return {key: str(settings.DATABASES["default"].get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME")}


def _notice() -> Path:
    return Path(settings.CONFIGURATION.home) / "demo-centre.json"


def set_clock() -> None:
    """Let the clock of this process be that of the demo in this very database."""
    clock.set_behind(_noted().get("days_behind", 0))


def _noted() -> dict[str, Any]:
    """What the note says of this very database; empty where it says nothing."""
    try:
        noted = json.loads(_notice().read_text())
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) and noted.get("database") == _identity() else {}


def _note(state: str) -> None:
    """The clock begins where the story ends, on the day the demo is loaded."""
    days = _noted().get("days_behind", 0) if state == LOADED else clock.days_since(TOUR_DAY)
    note = {"database": _identity(), "state": state, "days_behind": days}
    _notice().write_text(json.dumps(note, indent=1) + "\n")


def _is_in_use() -> bool:
    """Whether somebody has an account here."""
    from nahtstelle.register.people.models import Account  # reason: models are there once Django is set up

    return Account._meta.db_table in connection.introspection.table_names() and Account.objects.exists()


def _empty() -> None:
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(_name() + ending).unlink(missing_ok=True)
    else:
        tables = ", ".join(connection.ops.quote_name(name) for name in connection.introspection.table_names())
        if tables:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {tables} CASCADE")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
