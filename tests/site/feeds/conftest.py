import pytest

from tests.rooms.outputs.making import Cast, make_cast


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast()
