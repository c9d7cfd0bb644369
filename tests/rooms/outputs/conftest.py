import pytest

from tests.rooms.outputs.making import Cast, Shelf, make_cast, shelf


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of these tests, in the database."""
    return make_cast()


@pytest.fixture
def law(db: None) -> Shelf:
    """A law with four provisions and two readings."""
    return shelf()
