import pytest
from django.test import Client

from tests.register.answering import answer
from tests.register.world import SignIn, World, world


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch)


@pytest.fixture
def there(db: None) -> World:
    """The small world, in the database."""
    return world()


@pytest.fixture
def as_(client: Client) -> SignIn:
    return SignIn(client)
