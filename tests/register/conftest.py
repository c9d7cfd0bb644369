"""Who looks at the pages of the register."""

import pytest
from django.test import Client

from tests.register.world import SignIn


@pytest.fixture
def as_(client: Client) -> SignIn:
    """``as_(account)``: the browser, signed in as somebody."""
    return SignIn(client)
