"""Ports for the processes these tests start, and the people who look at the pages."""

import socket
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from nahtstelle.register.people.models import Account
from tests import ports
from tests.cast import come_in, emre, jana, konrad, marlene, ruth, sam, stranger, tariq  # noqa: F401 - fixtures
from tests.rooms.outputs.making import Cast, make_cast


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which something else listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    return ports.free_port()


@pytest.fixture
def people(db: None) -> Cast:
    """The cast of the outputs: staff of every role, a funder, an adviser, a stranger."""
    return make_cast()


@pytest.fixture
def as_() -> Callable[..., Client]:
    """``as_(jana)``: a browser in which somebody is signed in; ``as_()`` one of an anonymous reader."""

    def browser(account: Account | None = None, **how: str) -> Client:
        client = Client(**how)
        if account is not None:
            come_in(client, account)
        return client

    return browser
