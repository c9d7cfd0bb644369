"""What the database itself refuses."""

from datetime import datetime

import pytest
from django.db import IntegrityError

from nahtstelle.plumbing.ledger.models import Chore, Delivery
from tests.plumbing.ledger.sample import note_quickly


@pytest.mark.django_db
def test_the_same_entry_is_not_delivered_twice_to_one_reaction(wire, count, now: datetime) -> None:
    wire(note_quickly)
    entry = count(1)
    with pytest.raises(IntegrityError):
        Delivery.objects.create(entry=entry, reaction="tests.plumbing.ledger.sample.note_quickly", not_before=now)


@pytest.mark.django_db
def test_a_delivery_is_not_done_without_its_moment(wire, count) -> None:
    wire(note_quickly)
    count(1)
    with pytest.raises(IntegrityError):
        Delivery.objects.update(state="done")


@pytest.mark.django_db
def test_a_chore_is_not_claimed_by_nobody(now: datetime) -> None:
    with pytest.raises(IntegrityError):
        Chore.objects.create(name="c", due_at=now, claimed_until=now)
