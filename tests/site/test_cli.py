"""The command line as an operator meets it: real processes, real homes."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.site.conftest import SECRET, Done, NewCentre, run

Command = Callable[..., Done]


@pytest.fixture
def nahtstelle(tmp_path: Path) -> Command:
    """``nahtstelle("check", SECRET_KEY="…")`` in a home of its own."""
    return partial(run, tmp_path)


@pytest.fixture
def migrated(new_centre: NewCentre) -> Path:
    """The SQLite file of a centre whose database is up to date."""
    return new_centre.file


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {},
            "NAHTSTELLE_SECRET_KEY is not set. Put at least 40 random characters there; it signs sessions and links.\n",
        ),
        (
            {"SECRET_KEY": SECRET, "BASE_URL": "nowhere"},
            "NAHTSTELLE_BASE_URL is 'nowhere'; it must look like https://example.org.\n",
        ),
    ],
)
@pytest.mark.parametrize("command", ["serve", "migrate", "check"])
def test_a_mistake_is_one_sentence(nahtstelle: Command, command: str, settings: dict[str, str], sentence: str) -> None:
    done = nahtstelle(command, **settings)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)


@pytest.mark.parametrize(
    ("database", "sentence"),
    [
        ("postgres://nobody@127.0.0.1:1/nothing", "The database cannot be used: connection failed: "),
        ("sqlite:////nowhere/at/all.sqlite3", "The database cannot be used: unable to open database file"),
    ],
)
def test_an_unusable_database_is_one_sentence(nahtstelle: Command, database: str, sentence: str) -> None:
    done = nahtstelle("migrate", SECRET_KEY=SECRET, DATABASE_URL=database)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in done.stderr


def test_a_mistake_of_ours_is_no_sentence(nahtstelle: Command, migrated: Path, tmp_path: Path) -> None:
    """A query that fails is shown with where it failed."""
    shutil.copy(migrated, tmp_path)
    dropped = "from django.db import connection; connection.cursor().execute('DROP TABLE django_migrations')"
    assert nahtstelle("manage", "shell", "-v0", "-c", dropped, SECRET_KEY=SECRET).returncode == 0
    done = nahtstelle("migrate", SECRET_KEY=SECRET)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_the_database_is_checked_then_migrated(new_centre: NewCentre) -> None:
    assert new_centre.before.returncode == 2
    assert new_centre.before.stderr.splitlines()[-1].endswith("Run 'nahtstelle migrate', or serve with --migrate.")
    assert new_centre.migrated.returncode == 0
    assert new_centre.file.stat().st_size > 0
    after = new_centre.after
    assert (after.returncode, after.stdout.splitlines()[-1]) == (0, "Everything is in order.")


def test_a_migrated_centre_has_the_vocabulary_and_the_programmes_once(
    nahtstelle: Command, migrated: Path, tmp_path: Path
) -> None:
    shutil.copy(migrated, tmp_path)

    def counted() -> tuple[int, int, int]:
        with closing(sqlite3.connect(tmp_path / "nahtstelle.sqlite3")) as stock:
            return tuple(
                stock.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("vocabulary_concept", "programmes_programme", "ledger_entry")
            )

    before = counted()
    assert (before[0] > 100, before[1] >= 3) == (True, True)
    assert nahtstelle("migrate", SECRET_KEY=SECRET).returncode == 0
    assert counted() == before


def test_a_taken_port_is_one_sentence(nahtstelle: Command, taken_port: int) -> None:
    done = nahtstelle("demo", "--port", str(taken_port))
    assert (done.returncode, done.stderr) == (
        2,
        f"Port {taken_port} at 127.0.0.1 cannot be used (Address already in use); choose another with --port.\n",
    )


def test_the_demo_never_enters_a_real_centre(
    nahtstelle: Command, migrated: Path, tmp_path: Path, free_port: int
) -> None:
    shutil.copy(migrated, tmp_path)
    person = (
        "from nahtstelle.register.people.models import Account, Person;"
        "Account.objects.create(mail='ada@example.org', person=Person.objects.create(slug='ada', name='Ada'))"
    )
    assert nahtstelle("manage", "shell", "-v0", "-c", person, SECRET_KEY=SECRET).returncode == 0
    for arguments in (["demo"], ["demo", "--reset"]):
        done = nahtstelle(*arguments, "--port", str(free_port))
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1] == (
            f"The database {tmp_path}/nahtstelle.sqlite3 already holds a centre that is not the demo; "
            "set NAHTSTELLE_HOME to another folder for the demo."
        )


def test_manage_passes_its_arguments_on(nahtstelle: Command) -> None:
    import django

    assert nahtstelle("manage", "--version", SECRET_KEY=SECRET).stdout == f"{django.get_version()}\n"


def test_law_answers_without_django_or_settings(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['nahtstelle', 'law', '--help']\n"
        "from nahtstelle.site.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == 'django'), file=sys.stderr)"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NAHTSTELLE_", "DJANGO_"))}
    done = subprocess.run([sys.executable, "-c", program], env=clean, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert "Usage: nahtstelle law" in done.stdout
