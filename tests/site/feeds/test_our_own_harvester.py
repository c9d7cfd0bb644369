"""Our own harvester at our own provider: two sides that were written apart understand each other."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.library.models import Import
from nahtstelle.rooms.outputs import actions
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.feeds.oai import answering
from tests.rooms.library.harvesting import again, run_of, search, taken, turns
from tests.rooms.library.servers import Library
from tests.rooms.outputs.making import NOW, act_as, make_cast, published


@pytest.mark.django_db(transaction=True)
def test_our_own_provider_is_harvested_whole_then_only_what_is_new_then_what_is_gone(
    live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BASE_URL, settings.HARVEST_PAUSE = live_server.url, timedelta(0)
    monkeypatch.setattr(answering, "AT_ONCE", 3)
    people = make_cast()
    for number in range(8):
        published(people, title=f"Text {number}", at=NOW)
    deliver_all(at=NOW)
    there = Library(address=live_server.url)
    made = search(people.ruth, there, address=f"{live_server.url}/oai/")
    turns()
    run = run_of(made)
    assert (run.state, sorted(run.records.values_list("title", flat=True))) == (
        Import.State.PREVIEW, [f"Text {number}" for number in range(8)],
    )  # fmt: skip
    assert next(group["spec"] for group in made.probe["groups"]) == "kind"
    taken(run)
    at = timezone.now()
    published(people, title="Noch ein Text", at=at)
    output = Output.objects.get(slug="text-3")
    actions.withdraw(output, why="Überholt.", **act_as(people.ruth, at=at))
    deliver_all(at=at)
    run = again(made)
    assert set(run.records.values_list("title", "state")) == {("Noch ein Text", "new"), ("Text 3", "deleted")}
