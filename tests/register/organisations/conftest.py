import pytest

from nahtstelle.plumbing.ledger.actors import Actor, system
from tests.register.answering import answer
from tests.register.cast import Cast
from tests.register.world import World, world


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch)


@pytest.fixture
def by() -> Actor:
    return system("tests")


@pytest.fixture
def there(db: None) -> World:
    """The small world, in the database."""
    return world()


@pytest.fixture
def people(there: World) -> Cast:
    return there.people
