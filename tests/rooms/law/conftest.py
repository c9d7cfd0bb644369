from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import naming
from nahtstelle.rooms.law.models import Law
from tests.cast import come_in
from tests.rooms.law.making import OTHER, SENTENCE, Section, bring, only_law_reacts, probe, the_law

MARCH, JUNE, LATER = date(2024, 3, 6), date(2024, 6, 5), "20240601000000"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in English, in which they are written."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_names() -> None:
    """Each test has names of laws of its own; rolled-back rows are numbered as those before them."""
    naming._names.cache_clear()


@pytest.fixture(autouse=True)
def _law_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    only_law_reacts(monkeypatch)


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path: Path) -> None:
    """What a test keeps on disk lies in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined] # pytest-django's settings know no types


@pytest.fixture
def as_(client: Client) -> Callable[[Account | None], Client]:
    """``as_(jana)``: the client signed in as somebody, reading English; ``as_(None)`` as nobody."""

    def sign_in(account: Account | None) -> Client:
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        if account is None:
            client.logout()
        else:
            come_in(client, account)
        return client

    return sign_in


@pytest.fixture
def law(db: None) -> Law:
    """The usual law with two readings: § 3 has another wording in the second, § 1 another heading."""
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), Section("§ 1", SENTENCE, "Ziel"), build=LATER), JUNE)
    return the_law()
