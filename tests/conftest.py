"""Fixtures for every test, and the choice of tests for the second database."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

pytest.register_assert_rewrite("tests.browser")

from tests.browser import axe, browser, live_centre, open_page, page, picture  # noqa: E402, F401 - fixtures
from tests.cast import (  # noqa: E402, F401 - fixtures
    emre,
    jana,
    konrad,
    marlene,
    rita,
    ruth,
    sam,
    stranger,
    tariq,
)

ROOT = Path(__file__).parent.parent
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}

# Marked where what a test shows cannot come out differently, because what reads and writes there is tested on both elsewhere:
# appearance: what a page looks like;
# once: the bytes of a file made from rows already read (PDF, Word), and what a key, a script, a device or a connection does in
# the browser. Stories in the browser are marked, too, but for those whose steps meet in the database: two people's texts that are
# merged, an import, the tour with the worker; and the walks through every address run on both.
ON_ONE_DATABASE = ("appearance", "once")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out tests that never touch the database")
    parser.addoption("--pictures", action="store_true", help="journeys save their pictures to build/screenshots")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("journey"):
            # One browser, one live server: journeys follow each other on one core, whatever the others do.
            item.add_marker(pytest.mark.xdist_group("journeys"))
    if len({item.nodeid for item in items}) < len(items):
        raise pytest.UsageError("Two tests have one id: of those, several processes together run only one.")
    if config.getoption("--only-database"):
        left_out = [item for item in items if not _differs_by_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _differs_by_database(item)]


def pytest_unconfigure() -> None:
    from tests.settings import forget_home  # reason: pytest-django decides when the settings are read

    forget_home()


def _differs_by_database(item: pytest.Item) -> bool:
    return _touches_database(item) and not any(item.get_closest_marker(name) for name in ON_ONE_DATABASE)


def _touches_database(item: pytest.Item) -> bool:
    return bool(
        item.get_closest_marker("django_db")
        or item.get_closest_marker("postgres")
        or DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    from django.db import connection  # reason: the settings must stand first
    from django.utils.translation import deactivate  # reason: as above

    deactivate()  # a request leaves its language behind in its thread
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL, where ./run test runs it too")


@pytest.fixture(scope="session")
def shared_by_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its processes have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the repository; a test that needs it skips visibly where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data (../shared/data) are not on this machine")
    return folder


@pytest.fixture
def now() -> datetime:
    """Monday, 23 November 2026, 10:00 in Berlin: the present of the tests and of the demo's story."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def today(now: datetime) -> date:
    return now.date()


@pytest.fixture
def that_day(now: datetime) -> Iterator[None]:
    """The clock stands in the tests' present: for what looks at the real clock, as the end of a signed link does."""
    with time_machine.travel(now):
        yield


@pytest.fixture(autouse=True)
def _no_files_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test keeps on disk is gone after it, as its rows are."""
    yield
    if _touches_database(request.node):
        from django.conf import settings  # reason: the settings must stand first

        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
