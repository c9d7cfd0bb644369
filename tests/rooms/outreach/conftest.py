import pytest

from nahtstelle.register.people.models import Person
from tests.rooms.outreach import making


@pytest.fixture
def place(db: None) -> making.Room:
    return making.room()


@pytest.fixture
def mia(place: making.Room) -> Person:
    """Works in IQ in Saxony."""
    made = making.person("Mia")
    making.engage(made, place.iq, place.saxony)
    return made
