"""Runs of saved searches: begun when they are due, ended well or with what stood in the way."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.people.models import CentreRole, Person
from nahtstelle.register.people.queries import staff

from .. import harvest_words
from ..facts import RunAsked, RunEnded, SearchPaused
from ..harvest_sentences import sentence_of
from ..models import Import, SavedSearch
from ..queries.harvesting import SHOWN, due
from ..rules.harvesting import FAILURES, check_owner
from ..sources import is_whole_each_time, later
from .taking_in import confirm

State = Import.State
Rhythm = SavedSearch.Rhythm
DAYS = {Rhythm.DAILY: 1, Rhythm.WEEKLY: 7, Rhythm.MONTHLY: 30}


def next_turn(search: SavedSearch, *, at: datetime) -> datetime | None:
    days = DAYS.get(Rhythm(search.rhythm))
    return at + timedelta(days=days) if days else None


def begin_due(*, by: Actor, at: datetime) -> int:
    """Begin a run for each search that is due; one whose owner may no longer keep the library is paused and told of."""
    begun = 0
    for waiting in due(at=at):
        with transaction.atomic():
            search = due(at=at).select_for_update(of=("self",)).filter(pk=waiting.pk).first()
            if search is None:
                continue
            if refused(check_owner, search.owner, on=timezone.localdate(at)):
                trouble = {"code": "rights", "details": {"person": search.owner.name}}
                _pause(search, trouble, tell_whom=_heads(at), by=by, at=at)
                continue
            search.next_at = next_turn(search, at=at)
            search.save(update_fields=["next_at"])
            if not search.runs.filter(state__in=[State.FETCHING, State.RUNNING]).exists():
                run = begin(search, by=by, at=at)
                record(RunAsked(search.pk, run.pk), by=by, at=at, touched=[search, run])
                begun += 1
    return begun


def begin(search: SavedSearch, *, by: Actor, at: datetime) -> Import:
    """Ask on where the last run broke off; add to a delivery that still waits to be looked at; or a new one."""
    last = search.runs.order_by("-pk").first()
    if last is not None and last.state in (State.PREVIEW, State.REFUSED):
        cursor = last.cursor if not last.cursor.get("whole") else _start(search)
        last.state, last.trouble = State.FETCHING, {}
        last.cursor = cursor | {"failed": 0, "rest": "", "restarts": 0, "stale": 0, "prints": []}
        last.save(update_fields=["state", "trouble", "cursor"])
        return last
    return Import.objects.create(
        source=search.name, search=search, state=State.FETCHING, searched_on=timezone.localdate(at),
        search_words=question_of(search), form=search.source, cursor=_start(search), given_by_id=by.account_id,
        given_at=at,
    )  # fmt: skip


def question_of(search: SavedSearch) -> str:
    """What is asked, as it would be typed there; kept with the delivery for the report of a review."""
    if search.source == SavedSearch.Source.OAI:
        return " ".join(filter(None, (search.address, search.query.get("set", ""))))
    parts = [str(search.query.get("words", ""))]
    parts += [
        f"{name}={search.query[name]}"
        for name in ("since_year", "until_year", "language", "kind", "open")
        if search.query.get(name)
    ]
    return " ".join(parts)


def _start(search: SavedSearch) -> dict[str, object]:
    since = "" if is_whole_each_time(search) else search.since
    return {"token": "", "since": since, "pages": 0, "said_at": "", "whole": False}


def end(run: Import, *, by: Actor, at: datetime) -> None:
    """The list came to its end: what is new waits to be looked at, or is taken in at once; the owner is told."""
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=run.search_id)
    search.since = later(search, str(run.cursor.get("said_at", ""))) or search.since
    search.failures = 0
    search.trouble = {} if not search.paused else search.trouble
    search.save(update_fields=["since", "failures", "trouble"])
    run.cursor = run.cursor | {"whole": True, "token": ""}
    run.trouble = {}
    _close(run, search, code="", by=by, at=at)


def stop(run: Import, trouble: dict[str, object], *, by: Actor, at: datetime) -> None:
    """It cannot go on now: what came stays, the next run asks on from there; after some failures the search pauses."""
    search = SavedSearch.objects.select_for_update(of=("self",)).select_related("owner").get(pk=run.search_id)
    search.failures = min(search.failures + 1, 1000)
    search.trouble = trouble
    search.save(update_fields=["failures", "trouble"])
    run.trouble = trouble
    _close(run, search, code=str(trouble.get("code", "")), by=by, at=at)
    if search.failures >= FAILURES and not search.paused:
        why = {"code": "failed", "details": {"times": search.failures}, "after": trouble}
        _pause(search, why, tell_whom=[search.owner], by=by, at=at)


def _close(run: Import, search: SavedSearch, *, code: str, by: Actor, at: datetime) -> None:
    new, changed, deleted = (run.records.filter(state=state).count() for state in SHOWN)
    number = new + changed + deleted
    if not number:
        run.state = State.REFUSED if code else State.DONE
        run.done_at = None if code else at
    else:
        run.state = State.PREVIEW
    run.save()
    fact = RunEnded(search.pk, run.pk, new=new, changed=changed, deleted=deleted, code=code)
    entry = record(fact, by=by, at=at, touched=[search, run])
    if not number:
        return
    if search.at_once:
        confirm(batch=run, by=by, at=at)
    tell(
        person=search.owner, kind=harvest_words.NEWS, words={"search": search.name, "number": number},
        link=reverse("library:search", args=[search.pk]), cause=f"run-{entry.pk}", by=by, at=at,
    )  # fmt: skip


def _pause(
    search: SavedSearch, trouble: dict[str, object], *, tell_whom: list[Person], by: Actor, at: datetime
) -> None:
    search.paused, search.trouble = True, trouble
    search.save(update_fields=["paused", "trouble"])
    entry = record(SearchPaused(search.pk, code=str(trouble["code"])), by=by, at=at, touched=[search])
    reason = {}
    for language in ("de", "en"):
        with override(language):
            reason[language] = sentence_of(trouble)
    for person in tell_whom:
        tell(
            person=person, kind=harvest_words.PAUSED, words={"search": search.name, "reason": reason},
            link=reverse("library:search", args=[search.pk]), cause=f"paused-{entry.pk}", by=by, at=at,
        )  # fmt: skip


def _heads(at: datetime) -> list[Person]:
    return list(staff(on=timezone.localdate(at), role=CentreRole.Role.LEAD))
