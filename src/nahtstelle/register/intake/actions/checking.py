"""Assigning the columns, checking every row, finding those that may be duplicates."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.vocabulary.folding import fold

from ..comparing import adds, as_state, says_nothing_new, states_of
from ..facts import ColumnsChosen, RowsUnderstood
from ..fields import Kind
from ..guessing import digest_of
from ..matching import Match, entries_of, entry_of, find_matches
from ..models import Batch, Columns, Row
from ..naming import Stock
from ..rules import check_can_be_mapped, check_columns
from ..understanding import understand

CHECKED_AT_ONCE = 2_500
MATCHED = ["state", "target", "twin", "reason", "likeness", "seen", "decision", "choices", "problems"]


@transaction.atomic
def choose_columns(*, batch: Batch, columns: dict[str, str], by: Actor, at: datetime) -> Batch:
    """Say what each column means, remember it for tables of these headers, and have every row checked.

    Raises ``Refusal`` where a required field has no column, ``NotNow`` where the import is past it.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_mapped(batch)
    columns = {header: columns.get(header, "") for header in batch.headers}
    check_columns(batch.kind, columns)
    batch.columns, batch.state, batch.rows_checked = columns, Batch.State.CHECKING, 0
    batch.turn += 1
    batch.trouble = {}
    batch.save(update_fields=["columns", "state", "rows_checked", "turn", "trouble"])
    Columns.objects.update_or_create(
        kind=batch.kind,
        digest=digest_of(batch.headers),
        defaults={"columns": {fold(header): name for header, name in columns.items()}},
    )
    record(ColumnsChosen(batch.pk, batch.turn), by=by, at=at, touched=[batch])
    return batch


@transaction.atomic
def check_rows(batch: Batch, *, turn: int, after: int, by: Actor, at: datetime) -> None:
    """Understand the next rows. They are written anew rather than changed one by one; decisions are carried along."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Batch.State.CHECKING or batch.turn != turn:
        return
    if not after:
        batch.rows.exclude(twin=None).update(twin=None, target=None, state=Row.State.WAITING, decision="")
    rows = list(batch.rows.filter(number__gt=after).order_by("number")[:CHECKED_AT_ONCE])
    stock, today = Stock(), timezone.localdate(at)
    fresh = []
    for row in rows:
        said = understand(batch.kind, row.cells, batch.headers, batch.columns, stock, today=today)
        fresh.append(
            Row(
                batch=batch,
                number=row.number,
                cells=row.cells,
                state=Row.State.PROBLEM if said.problems else Row.State.READY,
                label=said.label[:300],
                values=said.values,
                problems=said.problems,
                target=row.target,
                decision=row.decision,
                choices=row.choices,
            )
        )
    if rows:
        numbers = (rows[0].number, rows[-1].number)
        Row.objects.filter(pk__in=batch.rows.filter(number__range=numbers).values("pk")).delete()
        Row.objects.bulk_create(fresh, batch_size=500)
        batch.rows_checked += len(rows)
        batch.save(update_fields=["rows_checked"])
    if len(rows) == CHECKED_AT_ONCE:
        record(ColumnsChosen(batch.pk, turn, after=rows[-1].number), by=by, at=at)
    else:
        record(RowsUnderstood(batch.pk, turn), by=by, at=at)


@transaction.atomic
def match_rows(batch: Batch, *, turn: int) -> None:
    """Find the rows that may be somebody who is known already, or an earlier row again."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("given_by").get(pk=batch.pk)
    if batch.state != Batch.State.CHECKING or batch.turn != turn:
        return
    rows = {row.pk: row for row in batch.rows.filter(state=Row.State.READY).order_by("number").defer("cells")}
    entries = [entry_of(batch.kind, row.pk, row.values) for row in rows.values()]
    found = find_matches(batch.kind, entries, entries_of(batch.kind), _places(batch.kind))
    states = states_of(batch.kind, (match.of for match in found.values() if not match.is_row))
    own = batch.given_by.person_id if batch.given_by else None
    changed = []
    for row in rows.values():
        match = found.get(row.pk)
        if match is not None:
            found[row.pk] = match = _about(match, rows, found)
            _note(batch, row, match, rows, states)
            if own is not None and row.state == Row.State.DUPLICATE and _root(match, found) == own:
                _refuse_own_role(batch, row, states[own])
            changed.append(row)
        elif row.target is not None or row.decision:
            row.target, row.decision, row.choices = None, "", {}
            changed.append(row)
    Row.objects.bulk_update(changed, MATCHED, batch_size=200)
    batch.state = Batch.State.PREVIEW
    batch.save(update_fields=["state"])


def _places(kind: str) -> dict[int, str]:
    if kind != Kind.PERSONS:
        return {}
    return {pk: fold(name) for pk, name in Organisation.objects.values_list("pk", "name")}


def _about(match: Match, rows: dict[int, Row], found: dict[int, Match]) -> Match:
    """A row that is like one that is not carried out is about what that one was about."""
    if not match.is_row or rows[match.of].state not in (Row.State.SAME, Row.State.PROBLEM):
        return match
    return replace(found[match.of], reason=match.reason, likeness=match.likeness)


def _root(match: Match, found: dict[int, Match]) -> int | None:
    """What in the register a row is about in the end, by way of earlier rows."""
    while match.is_row:
        if match.of not in found:
            return None
        match = found[match.of]
    return match.of


def _refuse_own_role(batch: Batch, row: Row, there: dict[str, Any]) -> None:
    """Nobody gives themselves a role, by a table either."""
    if batch.kind == Kind.PERSONS and "engagement" in adds(row.values, there):
        row.state, row.target, row.twin, row.seen = Row.State.PROBLEM, None, None, {}
        row.problems = [{"code": "own_role", "field": "role", "details": {}}]


def _note(batch: Batch, row: Row, match: Match, rows: dict[int, Row], states: dict[int, dict[str, Any]]) -> None:
    there = as_state(batch.kind, rows[match.of].values) if match.is_row else states[match.of]
    kept = row.target == match.of and not match.is_row
    row.reason, row.likeness = match.reason, match.likeness
    row.target = None if match.is_row else match.of
    row.twin = rows[match.of] if match.is_row else None
    row.seen = {} if match.is_row else there
    if not kept:
        row.decision, row.choices = "", {}
    if says_nothing_new(batch.kind, row.values, there):
        row.state, row.decision = Row.State.SAME, ""
        return
    row.state = Row.State.DUPLICATE
