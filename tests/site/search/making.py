"""Documents for the tests of the search, as a room would offer them."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.site.search.index import Found, Question, search
from nahtstelle.site.search.memory import Learning
from nahtstelle.site.search.offers import Offer
from nahtstelle.site.search.writing import write

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BY = system("tests")
PUBLIC = frozenset(("public",))
_numbers = count(1)


def offer(title: str = "", body: str = "", *, keys: str = "public", **more: Any) -> Offer:
    key = more.pop("key", f"probe-{next(_numbers)}")
    more.setdefault("facets", (("source", "outputs"), ("language", "de")))
    return Offer(
        source=more.pop("source", "outputs"), key=key, title=title or key, address=f"/probe/{key}/", body=body,
        keys=frozenset(keys.split()), **more,
    )  # fmt: skip


def put(*offers: Offer, at: datetime = NOW) -> None:
    """Into the index, compounds learned from the same documents."""
    learning = Learning()
    for _one in learning.read(offers):
        pass
    learning.kept(at=at)
    write(offers, at=at)


def find(typed: str, *, keys: frozenset[str] = PUBLIC, **more: Any) -> Found:
    return search(Question(typed, keys, **more))


def titles(typed: str, **more: Any) -> list[str]:
    return [hit.page.title for hit in find(typed, **more).hits]
