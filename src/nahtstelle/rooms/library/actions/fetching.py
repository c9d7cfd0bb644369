"""Asking the sources: one question at a time, never inside a transaction, each answer kept before the next is asked for.

Pauses are moments kept with a run, not sleep: whatever a server asks for (Retry-After) outlives the worker, and none waits
in a worker. Of one server only one run at a time is asked; runs take turns.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nahtstelle.engines.literature.harvesting.values import SourceTrouble
from nahtstelle.plumbing.ledger.actors import Actor

from .. import sources
from ..models import Import
from ..queries.harvesting import being_tried, fetching
from . import completing, trying
from .arriving import take_page
from .running import begin_due, stop

SLICE = 10.0  # seconds of one turn; then the other chores have theirs
PATIENCE = 6  # failed questions one after another, over about half an hour
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(hours=6)  # whatever a server asks for


@dataclass(frozen=True, slots=True)
class Job:
    """The next question to one server. ``rest``: until when that server is left alone."""

    host: str
    rest: str
    asked: str
    do: Callable[..., None]


def fetch(*, by: Actor, at: datetime) -> int:
    """Begin what is due and ask on for a while; the number of questions asked."""
    begin_due(by=by, at=at)
    end, asked = time.monotonic() + SLICE, 0
    left: dict[str, datetime] = {}  # when each server may be asked again
    now = at
    while time.monotonic() < end:
        job = _next(left, at=now)
        if job is None:
            break
        job.do(by=by, at=now)
        asked += 1
        now = max(timezone.now(), at)
        left[job.host] = now + settings.HARVEST_PAUSE
    return asked


def _next(left: dict[str, datetime], *, at: datetime) -> Job | None:
    """The question that waits longest, to a server that is not to be left alone."""
    jobs = list(_jobs())
    resting = {job.host for job in jobs if job.rest and datetime.fromisoformat(job.rest) > at}
    resting |= {host for host, until in left.items() if until > at}
    free = [job for job in jobs if job.host not in resting]
    return min(free, key=lambda job: job.asked, default=None)


def _jobs() -> Iterator[Job]:
    for search in being_tried():
        rest, asked = search.probe.get("rest", ""), search.probe.get("asked", "")
        yield Job(sources.host_of(search), rest, asked, partial(trying.step, search))
    for run in fetching():
        rest, asked = run.cursor.get("rest", ""), run.cursor.get("asked", "")
        if run.search is not None:
            yield Job(sources.host_of(run.search), rest, asked, partial(ask_on, run))
        else:
            host = urlsplit(settings.CROSSREF_URL).netloc
            yield Job(host, rest, asked, partial(completing.step, run))


def ask_on(run: Import, *, by: Actor, at: datetime) -> None:
    """Ask for the next page of a run and keep it; or rest, begin the list again, or stop."""
    assert run.search is not None
    token, since = str(run.cursor.get("token", "")), str(run.cursor.get("since", ""))
    try:
        page = sources.ask_page(run.search, token=token, since=since)
    except SourceTrouble as trouble:
        _met(run, trouble, token=token, by=by, at=at)
        return
    take_page(run=run, page=page, token=token, by=by, at=at)
    _note_asked(run, at=at)


@transaction.atomic
def _note_asked(run: Import, *, at: datetime) -> None:
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=run.pk)
    pause = at + settings.HARVEST_PAUSE
    fresh.cursor = fresh.cursor | {"asked": at.isoformat(), "rest": pause.isoformat()}
    fresh.save(update_fields=["cursor"])


@transaction.atomic
def _met(run: Import, trouble: SourceTrouble, *, token: str, by: Actor, at: datetime) -> None:
    run = Import.objects.select_for_update(of=("self",)).select_related("search").get(pk=run.pk)
    if run.state != Import.State.FETCHING or run.cursor.get("token", "") != token:
        return
    told = {"code": trouble.code, "details": dict(trouble.details)}
    failed = run.cursor.get("failed", 0) + 1
    run.cursor = run.cursor | {"failed": failed, "asked": at.isoformat()}
    if trouble.code == "bad_token" and not run.cursor.get("restarts"):
        # The server has forgotten how far it was: the list is asked for again, and what came already is known by its key.
        run.cursor = run.cursor | {"token": "", "said_at": "", "restarts": 1, "failed": 0, "prints": [], "seen": 0}
        run.trouble = {}
        run.save()
    elif (
        run.cursor.get("since") and not token and run.search and run.search.source == "openalex" and not trouble.passing
    ):
        # OpenAlex tells only some of those with a key what changed; the others ask for everything again.
        run.search.query = run.search.query | {"no_updates": True}
        run.search.save(update_fields=["query"])
        run.cursor = run.cursor | {"since": "", "failed": 0}
        run.save()
    elif trouble.passing and failed < PATIENCE:
        run.cursor = run.cursor | {"rest": (at + rest_after(failed, trouble.wait)).isoformat()}
        run.trouble = told
        run.save()
    else:
        stop(run, told, by=by, at=at)


def rest_after(failed: int, wanted: float) -> timedelta:
    """Doubling from half a minute; longer where the server asks for it, within reason."""
    return min(max(FIRST_REST * 2 ** (failed - 1), timedelta(seconds=wanted)), LONGEST_REST)
