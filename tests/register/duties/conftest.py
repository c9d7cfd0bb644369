import pytest

from tests.register.cast import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    """The cast, in the database."""
    return cast()
