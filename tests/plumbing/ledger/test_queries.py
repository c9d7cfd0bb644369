from datetime import datetime, timedelta

import pytest

from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.plumbing.ledger.queries import Health, health, undelivered
from tests.plumbing.ledger.sample import note_quickly


@pytest.mark.django_db
def test_an_empty_queue_is_well(now: datetime) -> None:
    figures = health(at=now)
    assert figures == Health(waiting=0, resting=0, stuck=0, oldest_wait=None)
    assert figures.well


@pytest.mark.django_db
def test_health_counts_waiting_resting_and_stuck(wire, count, now: datetime) -> None:
    wire(note_quickly)
    for minutes in (1, 2, 3, 4):
        count(minutes, at=now - timedelta(minutes=minutes))
    ids = list(Delivery.objects.order_by("id").values_list("pk", flat=True))
    Delivery.objects.filter(pk=ids[0]).update(state="stuck", attempts=16)
    Delivery.objects.filter(pk=ids[1]).update(attempts=2)
    Delivery.objects.filter(pk=ids[3]).update(state="done", done_at=now)
    assert health(at=now) == Health(waiting=1, resting=1, stuck=1, oldest_wait=timedelta(minutes=3))
    assert [delivery.pk for delivery in undelivered()] == [ids[0], ids[1], ids[2]]


@pytest.mark.parametrize(
    ("figures", "well"),
    [
        (Health(waiting=9, resting=0, stuck=0, oldest_wait=timedelta(minutes=4)), True),
        (Health(waiting=1, resting=0, stuck=0, oldest_wait=timedelta(minutes=6)), False),
        (Health(waiting=0, resting=0, stuck=1, oldest_wait=timedelta(seconds=1)), False),
    ],
)
def test_the_queue_is_unwell_when_something_is_stuck_or_old(figures: Health, well: bool) -> None:
    assert figures.well is well
