"""The tests' own PostgreSQL leaves nothing behind."""

import subprocess
import sys
import time
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from tests.cluster import cluster
from tests.house.plan import ROOT

PROGRAMS = [found.parent for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
pytestmark = pytest.mark.skipif(not PROGRAMS, reason="needs PostgreSQL, which ./run test installs")

OWNER = """
import sys, time
from pathlib import Path
from tests.cluster import cluster
with cluster(Path(sys.argv[1])) as address:
    print(address, flush=True)
    time.sleep(60)
"""


def _answers(address: str) -> bool:
    parts = dj_database_url.parse(address)
    try:
        with psycopg.connect(host=parts["HOST"], user=parts["USER"], dbname=parts["NAME"]) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def _folder(address: str) -> Path:
    return Path(dj_database_url.parse(address)["HOST"])


def test_it_is_gone_after_the_block() -> None:
    with cluster(PROGRAMS[-1]) as address:
        assert _answers(address)
        assert _folder(address).is_dir()
    assert not _answers(address)
    assert not _folder(address).exists()


def test_it_ends_with_an_owner_that_was_killed() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(PROGRAMS[-1])], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    address = owner.stdout.readline().strip()
    assert _answers(address)
    owner.kill()
    owner.wait()
    patience = time.monotonic() + 20
    while _answers(address) and time.monotonic() < patience:
        time.sleep(0.1)
    assert not _answers(address)


def test_the_next_sweeps_up_after_a_killed_owner() -> None:
    left = Path("/tmp/nahtstelle-cluster-left-behind")
    left.mkdir(exist_ok=True)
    (left / "owner").touch()
    with cluster(PROGRAMS[-1]) as address:
        assert not left.exists()
        with cluster(PROGRAMS[-1]):
            assert _answers(address), "one that is owned must be left alone"
