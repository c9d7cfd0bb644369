"""The demo centre, loaded once for a module of tests and forgotten after it. Import both fixtures."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.keeping import open_demo


@pytest.fixture(scope="module")
def centre(django_db_setup: None, django_db_blocker: Any, shared_by_all: Path) -> Iterator[None]:
    """Everything the demo has when it opens; each test is undone on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        open_demo(shared_by_all)
        yield
        transaction.set_rollback(True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_files_left() -> None:
    """Instead of the one for all tests: the files of the centre stay until its module ends."""
