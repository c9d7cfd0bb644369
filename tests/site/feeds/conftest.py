from collections.abc import Callable

import pytest
from django.test import Client

from nahtstelle.register.people.models import Account
from tests.rooms.outputs.making import Cast, make_cast
from tests.site.conftest import as_  # noqa: F401 - fixture


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast()


Browser = Callable[[Account | None], Client]
