import pytest

from tests.rooms.outreach import making


@pytest.fixture
def place(db: None) -> making.Room:
    return making.room()
