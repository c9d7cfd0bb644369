import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.register.cast import Cast, cast
from tests.register.notices.making import MailServer, mail_server


@pytest.fixture
def people(db: None) -> Cast:
    """The cast, in the database."""
    return cast()


@pytest.fixture
def server(settings: Any, caplog: pytest.LogCaptureFixture) -> Iterator[MailServer]:
    """A real mail server that takes everything unless told otherwise."""
    caplog.set_level(logging.CRITICAL, logger="mail.log")
    with mail_server(settings) as running:
        yield running
