"""Ports for the processes these tests start, and the people who look at the pages."""

import fcntl
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from nahtstelle.register.people.models import Account
from tests import ports
from tests.cast import come_in, emre, jana, konrad, marlene, ruth, sam, stranger, tariq  # noqa: F401 - fixtures
from tests.rooms.outputs.making import Cast, make_cast


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which something else listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    return ports.free_port()


SECRET = "x" * 40  # of the centres that tests start in processes of their own
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class NewCentre:
    """A SQLite file as an operator gets it, and what was said on the way: before, while and after it was migrated."""

    file: Path
    before: Done
    migrated: Done
    after: Done


def run(home: Path, *arguments: str, **settings: str) -> Done:
    """The command line in a process and a home of its own; ``settings`` by their names without NAHTSTELLE_."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NAHTSTELLE_", "DJANGO_"))}
    own = {"HOME": str(home), **settings}
    return subprocess.run(
        [sys.executable, "-m", "nahtstelle.site.cli", *arguments],
        env={**clean, **{f"NAHTSTELLE_{name}": value for name, value in own.items()}},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="session")
def new_centre(shared_by_all: Path) -> NewCentre:
    """Made once in a run, whichever process comes first; take a copy of its file."""
    home = shared_by_all / "new-centre"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = home / "made"
        if not made.exists():
            said = [run(home, command, SECRET_KEY=SECRET) for command in ("check", "migrate", "check")]
            made.write_bytes(pickle.dumps(said))
    before, migrated, after = pickle.loads(made.read_bytes())
    return NewCentre(home / "nahtstelle.sqlite3", before, migrated, after)


@pytest.fixture
def people(db: None) -> Cast:
    """The cast of the outputs: staff of every role, a funder, an adviser, a stranger."""
    return make_cast()


@pytest.fixture
def as_() -> Callable[..., Client]:
    """``as_(jana)``: a browser in which somebody is signed in; ``as_()`` one of an anonymous reader."""

    def browser(account: Account | None = None, **how: str) -> Client:
        client = Client(**how)
        if account is not None:
            come_in(client, account)
        return client

    return browser
