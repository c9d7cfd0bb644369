"""What the ledger's tests share."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import transaction

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.plumbing.ledger.wires import Wire, all_wires, connect
from tests.plumbing.ledger import sample

ALICE = Actor(ref="account:1", label="Alice Adler")


@pytest.fixture
def alice() -> Actor:
    return ALICE


@pytest.fixture
def wire() -> Iterator[Callable[..., None]]:
    """``wire(reaction, …)`` connects these to ``Counted`` until the test is over, and nothing else.

    Those given as ``in_turn`` stand behind the others and wait for what is printed before them.
    """
    before = all_wires()
    yield lambda *reactions, in_turn=(): connect(
        [
            *(Wire(sample.Counted, reaction) for reaction in reactions),
            *(Wire(sample.Counted, reaction, in_turn=True) for reaction in in_turn),
        ]
    )
    connect(before)


@pytest.fixture
def effect_table(transactional_db: None) -> Iterator[None]:
    sample.make_table()
    yield
    sample.drop_table()


@pytest.fixture
def count(now: datetime) -> Callable[..., Entry]:
    """``count(3)`` records that three was counted."""

    def count(number: int, *, at: datetime = now) -> Entry:
        with transaction.atomic():
            return record(sample.Counted(number=number), by=ALICE, at=at)

    return count
