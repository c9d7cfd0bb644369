"""Saved searches in sources: written, tried, run, paused, handed over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.people.models import Person

from .. import harvest_words
from ..facts import (
    RunAsked,
    SearchAskedAnew,
    SearchHanded,
    SearchPaused,
    SearchRemoved,
    SearchResumed,
    SearchSaved,
)
from ..models import Import, Record, SavedSearch, SearchVisit
from ..rules import harvesting as rules
from .running import begin, next_turn

ASKING = {"state": "asking", "step": "begin"}
TOLD = ("name", "source", "address", "query", "rhythm", "at_once")


@transaction.atomic
def save_search(
    *,
    search: SavedSearch | None = None,
    name: str,
    source: str,
    address: str,
    query: dict[str, Any],
    rhythm: str,
    at_once: bool,
    owner: Person,
    by: Actor,
    at: datetime,
) -> SavedSearch:
    """Write a saved search. A new one, or one that asks something else, is tried first; a new one waits to be begun."""
    today = timezone.localdate(at)
    rules.check_question(source, address, query)
    given = {
        "name": name.strip(), "source": SavedSearch.Source(source).value, "query": query,
        "address": address.strip() if source == SavedSearch.Source.OAI else "",
        "rhythm": SavedSearch.Rhythm(rhythm).value, "at_once": at_once,
    }  # fmt: skip
    if search is None:
        rules.check_owner(owner, on=today)
        made = SavedSearch.objects.create(
            **given, owner=owner, paused=True, probe=ASKING, created_at=at, created_by_id=by.account_id
        )
        record(SearchSaved(made.pk, anew=True), by=by, at=at, touched=[made])
        return made
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=search.pk)
    before = {field: getattr(search, field) for field in TOLD}
    asks = [(before[field], given[field]) for field in ("source", "address", "query")]
    anew = any(old != new for old, new in asks)
    for field, value in given.items():
        setattr(search, field, value)
    if anew:
        search.since, search.probe = "", dict(ASKING)
    if search.next_at is not None and before["rhythm"] != search.rhythm:
        search.next_at = next_turn(search, at=at)
    search.save()
    changes = changes_between(before, given)
    if changes:
        record(SearchSaved(search.pk, anew=anew), by=by, at=at, touched=[Touched(search, changes)])
    if owner.pk != search.owner_id:
        hand_over(search=search, owner=owner, by=by, at=at)
    return search


@transaction.atomic
def hand_over(*, search: SavedSearch, owner: Person, by: Actor, at: datetime) -> SavedSearch:
    """Give a search another owner, who is told. Raises ``Refusal`` where they may not keep the library."""
    rules.check_owner(owner, on=timezone.localdate(at))
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=search.pk)
    before, search.owner = search.owner, owner
    search.save(update_fields=["owner"])
    changes = {"owner": (before.name, owner.name)}
    entry = record(SearchHanded(search.pk, before.pk, owner.pk), by=by, at=at, touched=[Touched(search, changes)])
    tell(
        person=owner, kind=harvest_words.HANDED, words={"search": search.name}, link=url_of(search),
        cause=f"handed-{entry.pk}", by=by, at=at,
    )  # fmt: skip
    return search


@transaction.atomic
def try_again(*, search: SavedSearch, by: Actor, at: datetime) -> SavedSearch:
    """Have the source asked for its first page, and a repository for its sets. Nothing comes in by it."""
    search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search.pk)
    rules.check_can_be_tried(search)
    search.probe = dict(ASKING)
    search.save(update_fields=["probe"])
    return search


@transaction.atomic
def run_now(*, search: SavedSearch, by: Actor, at: datetime) -> Import:
    """Ask the source now, whenever it is due, also while the search is paused."""
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=search.pk)
    rules.check_can_run(search)
    run = begin(search, by=by, at=at)
    record(RunAsked(search.pk, run.pk), by=by, at=at, touched=[search, run])
    return run


@transaction.atomic
def pause(*, search: SavedSearch, by: Actor, at: datetime) -> SavedSearch:
    """A run under way comes to its end; no other begins."""
    search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search.pk)
    rules.check_can_pause(search)
    search.paused = True
    search.save(update_fields=["paused"])
    record(SearchPaused(search.pk), by=by, at=at, touched=[search])
    return search


@transaction.atomic
def resume(*, search: SavedSearch, by: Actor, at: datetime) -> SavedSearch:
    """Begin, or go on; what it failed by before is forgotten, and it is due at once unless only asked by hand."""
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=search.pk)
    rules.check_can_resume(search, on=timezone.localdate(at))
    search.paused, search.failures, search.trouble = False, 0, {}
    search.next_at = None if search.rhythm == SavedSearch.Rhythm.NEVER else at
    search.save(update_fields=["paused", "failures", "trouble", "next_at"])
    record(SearchResumed(search.pk), by=by, at=at, touched=[search])
    return search


@transaction.atomic
def ask_anew(*, search: SavedSearch, by: Actor, at: datetime) -> SavedSearch:
    """Let the next run ask for everything again, not only for what changed since the last."""
    search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search.pk)
    if search.since:
        search.since = ""
        search.save(update_fields=["since"])
        record(SearchAskedAnew(search.pk), by=by, at=at, touched=[search])
    return search


@transaction.atomic
def choose_set(*, search: SavedSearch, spec: str, by: Actor, at: datetime) -> SavedSearch:
    """Harvest one set of the repository; empty: the whole of it."""
    names = {group["spec"]: group["name"] for group in search.probe.get("groups", ())}
    query = {"set": spec, "set_name": names.get(spec, spec)} if spec else {}
    return save_search(
        search=search, name=search.name, source=search.source, address=search.address, query=query, rhythm=search.rhythm,
        at_once=search.at_once, owner=search.owner, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def remove(*, search: SavedSearch, by: Actor, at: datetime) -> None:
    """Take away a search that never ran."""
    search = SavedSearch.objects.select_for_update(of=("self",)).get(pk=search.pk)
    rules.check_can_be_removed(search)
    record(SearchRemoved(search.pk, search.name), by=by, at=at)
    search.delete()


def mark_seen(*, person: Person, upto: int, at: datetime) -> SearchVisit:
    """Somebody has seen what came up to this record; never less than before."""
    newest = Record.objects.filter(batch__search__isnull=False).order_by("-pk").values_list("pk", flat=True).first()
    upto = min(upto, newest or 0)
    with transaction.atomic():
        visit, _made = SearchVisit.objects.get_or_create(person=person, defaults={"record": upto, "at": at})
        if upto > visit.record:
            visit.record = upto
        visit.at = at
        visit.save()
    return visit


def url_of(search: SavedSearch) -> str:
    return reverse("library:search", args=[search.pk])
