"""A worker killed in the middle of a harvest: another goes on from the last page that was kept, and nothing comes twice."""

import os
import random
import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.models import Chore
from nahtstelle.rooms.library.actions import saved_searches
from nahtstelle.rooms.library.models import Import, Record, SavedSearch
from tests.plumbing.ledger.workers import eventually, is_running, nursery
from tests.rooms.library.harvesting import BY
from tests.rooms.library.servers import serving

RECORDS, PER_PAGE, KILLS = 1500, 10, 3


def _time_passes() -> None:
    """The claim of a killed worker runs out."""
    Chore.objects.filter(name="library.fetch").update(claimed_until=None, claimed_by="", due_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_harvest_whose_workers_are_killed_comes_whole_and_once(emre, monkeypatch) -> None:
    monkeypatch.setenv("NAHTSTELLE_HARVEST_PAUSE", "0")
    moments = random.Random(20261128)
    with serving() as library, nursery(of="house") as workers:
        library.stock(RECORDS)
        library.per_page = PER_PAGE
        made = saved_searches.save_search(
            name="Beispielarchiv", source="oai", address=library.oai, query={}, rhythm="weekly", at_once=False,
            owner=emre.person, by=BY, at=timezone.now(),
        )  # fmt: skip
        SavedSearch.objects.update(probe={"state": "done", "to_the_second": True})
        saved_searches.resume(search=made, by=BY, at=timezone.now() - timedelta(minutes=1))
        came = 0
        for _kill in range(KILLS):
            worker = workers.start()
            assert eventually(lambda came=came: Record.objects.count() > came)
            time.sleep(moments.uniform(0, 0.1))
            os.kill(worker, signal.SIGKILL)
            assert eventually(lambda worker=worker: not is_running(worker))
            came = Record.objects.count()
            assert came % PER_PAGE == 0, "a page is kept whole or not at all"
            _time_passes()
        assert came < RECORDS, "everything came before the last kill; make RECORDS larger"
        workers.start()
        assert eventually(lambda: Import.objects.get().state == Import.State.PREVIEW)
    assert Record.objects.count() == Record.objects.values("key").distinct().count() == RECORDS
    pages = RECORDS // PER_PAGE
    assert pages <= len(library.asked) <= pages + KILLS
