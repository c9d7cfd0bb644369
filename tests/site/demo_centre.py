"""The demo centre, loaded once for a module of tests and forgotten after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from nahtstelle.site.demo.loading import load_demo


@pytest.fixture(scope="module")
def centre(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything the demo has when it opens; each test is undone on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield
        transaction.set_rollback(True)
