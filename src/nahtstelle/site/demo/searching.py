"""The demo's invented saved searches in sources: tried, and one with a delivery that waits to be looked at."""

from datetime import datetime
from typing import Any

from nahtstelle.engines.literature.harvesting.values import Item, Page
from nahtstelle.engines.literature.plain import record_from
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions.arriving import take_page
from nahtstelle.rooms.library.actions.running import begin
from nahtstelle.rooms.library.actions.saved_searches import save_search
from nahtstelle.rooms.library.models import SavedSearch

from .content_files import read_list


def save_searches(*, by: Account, at: datetime) -> list[SavedSearch]:
    """Those of content/library/searches.yaml; none of them is ever due, so no server is asked."""
    return [_save(row, by=by, at=at) for row in read_list("library/searches.yaml")]


def _save(row: dict[str, Any], *, by: Account, at: datetime) -> SavedSearch:
    made = save_search(
        name=row["name"], source=row["source"], address=row.get("address", ""), query=row["query"], rhythm=row["rhythm"],
        at_once=False, owner=by.person, by=by.actor, at=at,
    )  # fmt: skip
    made.probe, made.trouble, made.paused = row["probe"], row.get("trouble", {}), not row.get("begun", False)
    made.save(update_fields=["probe", "trouble", "paused"])
    if row.get("brought"):
        items = tuple(Item(said["key"], record_from({**said, "issued": str(said["year"])})) for said in row["brought"])
        page = Page(items, said_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        take_page(run=begin(made, by=by.actor, at=at), page=page, token="", by=by.actor, at=at)
    return made
