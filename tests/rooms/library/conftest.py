"""Who looks at the pages of the library."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override

from tests.register.cast import Cast, cast
from tests.register.world import SignIn


@pytest.fixture
def as_(client: Client) -> SignIn:
    """``as_(account)``: the browser, signed in as somebody."""
    return SignIn(client)


@pytest.fixture
def people(db: None) -> Cast:
    """Alice researches, Bob edits, Dilan coordinates, Erik is the head, Chloé has no role at the centre."""
    return cast()


@pytest.fixture
def in_english() -> Iterator[None]:
    """Sentences are compared in the language of the code."""
    with override("en"):
        yield
