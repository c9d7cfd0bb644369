from datetime import datetime, timedelta

import pytest

from nahtstelle.plumbing.ledger.heartbeats import KEPT, LONGEST_SILENCE, alive, beat
from nahtstelle.plumbing.ledger.models import Heartbeat


@pytest.mark.django_db
def test_a_worker_that_beats_again_keeps_its_beginning(now: datetime) -> None:
    later = now + timedelta(seconds=10)
    beat(worker="w", started_at=now, delivered=0, trouble="", at=now)
    beat(worker="w", started_at=later, delivered=5, trouble="late", at=later)
    kept = Heartbeat.objects.get()
    assert (kept.started_at, kept.seen_at, kept.delivered, kept.trouble) == (now, later, 5, "late")


@pytest.mark.django_db
def test_a_worker_is_alive_until_it_has_been_silent_for_a_minute(now: datetime) -> None:
    beat(worker="w", started_at=now, delivered=0, trouble="", at=now)
    assert [beat.worker for beat in alive(at=now + LONGEST_SILENCE)] == ["w"]
    assert alive(at=now + LONGEST_SILENCE + timedelta(seconds=1)) == []


@pytest.mark.django_db
def test_a_worker_silent_for_a_week_is_forgotten(now: datetime) -> None:
    beat(worker="old", started_at=now, delivered=0, trouble="", at=now)
    beat(worker="new", started_at=now, delivered=0, trouble="", at=now + KEPT + timedelta(seconds=1))
    assert list(Heartbeat.objects.values_list("worker", flat=True)) == ["new"]
