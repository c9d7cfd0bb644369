"""Saved searches of the tests, and the turns of the chore that asks their sources."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import fetching, saved_searches, taking_in
from nahtstelle.rooms.library.models import Import, SavedSearch
from tests.rooms.library.servers import Library

BY = system("test")


def search(owner: Account, library: Library, source: str = "oai", *, begin: bool = True, **more: Any) -> SavedSearch:
    """A search that was tried and begun."""
    given: dict[str, Any] = {
        "name": "Beispielarchiv", "source": source, "address": library.oai, "query": {}, "rhythm": "weekly", "at_once": False,
    }  # fmt: skip
    if source != "oai":
        given["query"] = {"words": "Zugang Arbeit", "most": 2000}
    at = timezone.now()
    made = saved_searches.save_search(**given | more, owner=owner.person, by=BY, at=at)
    turns(at)
    made.refresh_from_db()
    if begin:
        library.asked.clear()
        saved_searches.resume(search=made, by=BY, at=at)
    return SavedSearch.objects.get(pk=made.pk)


def turns(at: datetime | None = None, *, number: int = 1) -> datetime:
    """Turns of the chore, each as late as the server asked to be left alone at the most."""
    at = at or timezone.now()
    for turn in range(number):
        at = at + timedelta(hours=7) * bool(turn)
        fetching.fetch(by=BY, at=at)
    deliver_all(at=at + timedelta(minutes=1))
    return at


def run_of(made: SavedSearch) -> Import:
    return made.runs.order_by("-pk")[0]


def taken(run: Import) -> Import:
    taking_in.confirm(batch=run, by=BY, at=timezone.now())
    deliver_all(at=timezone.now())
    run.refresh_from_db()
    return run


def again(made: SavedSearch) -> Import:
    """The next run, as far as it comes in one turn."""
    made.refresh_from_db()
    saved_searches.run_now(search=made, by=BY, at=timezone.now())
    turns()
    made.refresh_from_db()
    return run_of(made)
