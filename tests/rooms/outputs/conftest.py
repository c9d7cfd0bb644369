from collections.abc import Iterator

import pytest
from django.utils.translation import override

from nahtstelle.rooms.law import naming
from tests.rooms.outputs.making import Cast, Shelf, make_cast, shelf


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in English, in which they are written."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_names() -> None:
    """Each test has names of laws of its own; rolled-back rows are numbered as those before them."""
    naming._names.cache_clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of these tests, in the database."""
    return make_cast()


@pytest.fixture
def law(db: None) -> Shelf:
    """A law with four provisions and two readings."""
    return shelf()
