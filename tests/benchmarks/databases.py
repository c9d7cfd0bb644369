"""What measurements share: a SQLite file and a private PostgreSQL to run on, and a database made ready."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.cluster import cluster

ROOT = Path(__file__).parents[2]
DATABASES = ("sqlite", "postgres")


def on_both(script: str, *arguments: str, only: str = "") -> None:
    """Run a script with ``--here`` on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster.

    ``only`` names one of them.
    """
    command = [sys.executable, script, "--here", *arguments]
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"NAHTSTELLE_DEMO": "1", "NAHTSTELLE_HOME": home}
        environment.pop("NAHTSTELLE_DATABASE_URL", None)
        if only != "postgres":
            print("SQLite", flush=True)
            subprocess.run(command, env=environment, check=True)
        if only == "sqlite":
            return
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not programs:
            print("PostgreSQL is not installed and is left out")
            return
        with cluster(programs[-1].parent) as address:
            print("PostgreSQL", flush=True)
            subprocess.run(command, env=environment | {"NAHTSTELLE_DATABASE_URL": address}, check=True)


def ready(*, migrated: bool = True) -> None:
    """Set Django up for the database of this environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nahtstelle.site.settings")
    import django

    django.setup()
    if migrated:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
