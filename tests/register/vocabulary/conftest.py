from datetime import UTC, datetime

import pytest

from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.register.vocabulary.actions import load_vocabulary
from nahtstelle.register.vocabulary.models import Concept, Facet
from nahtstelle.register.vocabulary.values import Vocabulary
from tests.register.answering import answer
from tests.register.cast import Cast, cast
from tests.register.vocabulary.making import SMALL

BY = system("tests")


@pytest.fixture(autouse=True)
def _answered(monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch)


@pytest.fixture
def by() -> Actor:
    return BY


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def small(db: None) -> Vocabulary:
    """A vocabulary of two facets: legal status with a branch of Duldung, regions with two Länder."""
    load_vocabulary(by=BY, at=datetime(2026, 1, 5, 9, tzinfo=UTC), vocabulary=SMALL)
    return SMALL


@pytest.fixture
def duldung(small: Vocabulary) -> Concept:
    return Concept.objects.select_related("facet").get(key="st-duldung")


@pytest.fixture
def status(small: Vocabulary) -> Facet:
    return Facet.objects.get(key="status")
