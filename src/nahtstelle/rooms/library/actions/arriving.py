"""A page of a source arrives: in one transaction its records are kept, each once, and how far the run has come."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nahtstelle.engines.literature.harvesting.values import Item, Page
from nahtstelle.engines.literature.plain import kept
from nahtstelle.plumbing.ledger.actors import Actor

from ..models import Import, Record
from ..queries.known import earlier_imports, known_among
from .reading import keep_unread
from .running import end, stop

State = Record.State
STALE = 3  # pages there were before, one after another, until a list is taken for a circle
PRINTS = 200  # pages that are remembered by their records
LONGEST_KEY = 255


@transaction.atomic
def take_page(*, run: Import, page: Page, token: str, by: Actor, at: datetime) -> Import:
    """Keep what came to the question with ``token``; a page that another worker brought already is passed over."""
    run = Import.objects.select_for_update(of=("self",)).select_related("search").get(pk=run.pk)
    if run.state != Import.State.FETCHING or run.cursor.get("token", "") != token or run.search is None:
        return run
    _keep(run, page.items)
    keep_unread(run, page.broken)
    cursor = dict(run.cursor)
    mark, marks = _print_of(page), cursor.get("prints", [])
    cursor["stale"] = cursor.get("stale", 0) + 1 if mark in marks else 0
    cursor["prints"] = [*marks, mark][-PRINTS:]
    circle = bool(page.token and cursor["stale"]) and (page.token == token or cursor["stale"] >= STALE)
    cursor |= {"token": page.token, "pages": cursor.get("pages", 0) + 1, "failed": 0, "rest": ""}
    cursor["said_at"] = cursor.get("said_at") or page.said_at
    if page.total is not None:
        cursor["total"] = page.total
    run.cursor, run.trouble = cursor, {}
    most = run.search.query.get("most")
    if circle:
        run.cursor = cursor | {"token": "", "prints": []}  # the next run begins anew
        stop(run, {"code": "loops"}, by=by, at=at)
    elif not page.token or (most and cursor.get("seen", 0) + len(page.items) >= most):
        end(run, by=by, at=at)
    else:
        run.cursor = cursor | {"seen": cursor.get("seen", 0) + len(page.items)}
        run.save()
    return run


def _print_of(page: Page) -> str:
    told = "\n".join(item.key for item in page.items)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _keep(run: Import, items: Sequence[Item]) -> None:
    items = list({_key(item.key): item for item in items}.values())  # of one that stands twice in a page, the last
    here = {one.key: one for one in run.records.filter(key__in=[_key(item.key) for item in items])}
    rows = [_row(run, item) for item in items]
    for place, row in enumerate(rows):
        row.number = run.records_read + place + 1
    known = known_among(rows, batch=run, earlier=earlier_imports(run))
    before = Record.objects.in_bulk({old.pk for old in known.values()})
    made, known_ones = [], 0
    for item, row in zip(items, rows, strict=True):
        old = known.get(row.number)
        there = here.get(row.key)
        last = before.get(old.pk) if old else None
        if there is not None:
            _change(there, row, item, last)
            continue
        if item.record is None:
            if last is None or last.state == State.DELETED:
                continue  # we never had it, or know it already
            row.state, row.replaces = State.DELETED, last
            row.title, row.year, row.doi, row.values = last.title, last.year, last.doi, last.values
        elif last is not None and last.digest == row.digest:
            known_ones += (
                1  # only counted: a source that is asked as a whole would fill the library with the same again
            )
            continue
        else:
            row.state = State.CHANGED if last is not None else State.NEW
        run.records_read += 1
        row.number = run.records_read
        made.append(row)
    Record.objects.bulk_create(made, batch_size=500)
    run.figures = run.figures | {"known_before": run.figures.get("known_before", 0) + known_ones}


def _change(there: Record, row: Record, item: Item, last: Record | None) -> None:
    """The run has it already, and the source now says otherwise."""
    if item.record is None:
        there.state, there.replaces = State.DELETED if last is not None else State.LEFT_OUT, last
    elif there.digest == row.digest and there.state != State.DELETED:
        return
    else:
        there.title, there.year, there.doi, there.values, there.digest = (
            row.title,
            row.year,
            row.doi,
            row.values,
            row.digest,
        )
        if there.state != State.LEFT_OUT:
            there.state = State.CHANGED if last is not None else State.NEW
    there.save()


def _row(run: Import, item: Item) -> Record:
    if item.record is None:
        return Record(
            batch=run,
            key=_key(item.key),
            values={},
            digest=hashlib.sha256(f"withdrawn {item.key}".encode()).hexdigest(),
        )
    values, digest = kept(item.record)
    year = item.record.year
    return Record(
        batch=run, key=_key(item.key), title=values.get("title", ""), year=year if year and 0 < year < 10_000 else None,
        doi=values.get("doi", "")[:LONGEST_KEY], values=values, digest=digest,
    )  # fmt: skip


def _key(key: str) -> str:
    """A long one is cut in the middle: its end is what differs."""
    key = key.replace("\x00", "")
    return key if len(key) <= LONGEST_KEY else f"{key[:60]}…{key[-194:]}"
