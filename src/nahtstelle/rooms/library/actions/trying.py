"""Trying a source before anything runs: what it is, what sets it has, how much would come and the first of it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from nahtstelle.engines.literature.harvesting.values import Page, SourceTrouble
from nahtstelle.plumbing.ledger.actors import Actor

from .. import sources
from ..models import SavedSearch

MOST_PAGES = 40  # of sets
MOST_GROUPS = 5_000
ATTEMPTS = 3
REST = timedelta(seconds=10)
LONGEST_REST = timedelta(minutes=10)


def step(search: SavedSearch, *, by: Actor, at: datetime) -> None:
    """One question of the trial."""
    probe: dict[str, Any] = dict(search.probe)
    at_first = search.source != SavedSearch.Source.OAI
    now = probe.get("step", "begin")
    try:
        if at_first or now == "first":
            after = _first(search)
        elif now == "sets":
            after = _sets(search, probe)
        else:
            after = _identity(search)
    except SourceTrouble as trouble:
        after = _failed(probe, trouble, at=at)
    else:
        after |= {"failed": 0, "rest": (at + settings.HARVEST_PAUSE).isoformat()}
    _keep(search, probe, probe | after | {"asked": at.isoformat()})


@transaction.atomic
def _keep(search: SavedSearch, before: dict[str, Any], after: dict[str, Any]) -> None:
    fresh = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search.pk)
    if fresh.probe == before:  # else it was changed meanwhile and is tried anew
        fresh.probe = after
        fresh.save(update_fields=["probe"])


def _identity(search: SavedSearch) -> dict[str, Any]:
    told = sources.ask_identity(search)
    return {
        "step": "sets", "name": told.name[:200], "earliest": told.earliest[:20], "to_the_second": told.to_the_second,
        "tells_deleted": told.tells_deleted, "groups": [], "token": "", "pages": 0,
    }  # fmt: skip


def _sets(search: SavedSearch, probe: dict[str, Any]) -> dict[str, Any]:
    try:
        told = sources.ask_groups(search, token=probe.get("token", ""))
    except SourceTrouble as trouble:
        if trouble.passing:
            raise
        return {"step": "first", "token": ""}  # a repository that cannot list its sets can still be harvested
    known = {group["spec"] for group in probe["groups"]}
    fresh = [{"spec": g.spec[:200], "name": g.name[:200]} for g in told.groups if g.spec not in known]
    groups = [*probe["groups"], *fresh][:MOST_GROUPS]
    more = told.token and fresh and probe["pages"] + 1 < MOST_PAGES and len(groups) < MOST_GROUPS
    return {
        "groups": groups,
        "pages": probe["pages"] + 1,
        "token": told.token if more else "",
        "step": "sets" if more else "first",
    }


def _first(search: SavedSearch) -> dict[str, Any]:
    page = sources.ask_page(search, token="", since="", most=sources.FIRST)
    return {"state": "done", "count": _count(page), "more": bool(page.token), "first": _shown(page)}


def _count(page: Page) -> int | None:
    """How many there are; unknown where the source does not count and there is more than this page."""
    if page.total is not None:
        return page.total
    return None if page.token else len(page.items)


def _shown(page: Page) -> list[dict[str, Any]]:
    records = [item.record for item in page.items if item.record is not None][: sources.FIRST]
    return [
        {
            "title": record.title[:300], "year": record.year, "authors": "; ".join(map(str, record.authors[:3]))[:200],
            "container": record.container[:200],
        }
        for record in records
    ]  # fmt: skip


def _failed(probe: dict[str, Any], trouble: SourceTrouble, *, at: datetime) -> dict[str, Any]:
    failed = probe.get("failed", 0) + 1
    told = {"failed": failed, "trouble": {"code": trouble.code, "details": dict(trouble.details)}}
    if trouble.passing and failed < ATTEMPTS:
        rest = min(max(REST * failed, timedelta(seconds=trouble.wait)), LONGEST_REST)
        return told | {"rest": (at + rest).isoformat()}
    return told | {"state": "failed"}
