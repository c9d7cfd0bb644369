"""Carrying out an import: all of it in one transaction, by bulk, with what is needed to undo it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from ..comparing import MODELS, PLAIN, as_state, ends_before_start, merged, states_of
from ..facts import ImportConfirmed, ImportPutBack, TableImported
from ..fields import Kind
from ..making import Making, dated_things, levels_for, made_from
from ..models import Batch, Change, Row
from ..rules import check_can_be_confirmed
from ..sentences import naming, of_file
from ..snapshots import chunks, plain, snapshot
from ..staleness import stale_rows

State, Decision = Row.State, Row.Decision


@transaction.atomic
def confirm(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Have the decided rows carried out by the worker.

    Raises ``NotNow`` where rows are not decided yet, ``NotYours`` where one would give a role to who confirms.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_confirmed(batch, person=person_of(by))
    batch.state, batch.trouble = Batch.State.RUNNING, {}
    batch.save(update_fields=["state", "trouble"])
    record(ImportConfirmed(batch.pk), by=by, at=at, touched=[batch])
    return batch


def person_of(by: Actor) -> int | None:
    """The person who acts, if one does."""
    return Account.objects.filter(pk=by.account_id).values_list("person_id", flat=True).first()


@transaction.atomic
def put_back(*, batch: Batch, trouble: "Changed", by: Actor, at: datetime) -> None:
    """The rows do not go with the register: nothing was imported, and they are to be looked at again."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    batch.state = Batch.State.PREVIEW
    batch.trouble = trouble.kept
    batch.save(update_fields=["state", "trouble"])
    record(ImportPutBack(batch.pk), by=by, at=at, touched=[batch])


class Changed(NotNow):
    """The rows do not go with the register as it is now. ``kept`` says why, as ``sentences.of_file`` reads it."""

    def __init__(self, code: str, rows: Iterable[Row] = ()) -> None:
        self.kept = {"code": code, "details": {"rows": naming(rows)}}
        super().__init__(of_file(self.kept))


def carry_out(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Make the register say what the decided rows say; all of it or nothing.

    Raises ``NotNow`` where rows are not decided yet, ``Changed`` where the register changed since in what matters.
    """
    try:
        with transaction.atomic():
            return _carry_out(batch, by=by, at=at)
    except IntegrityError as trouble:
        raise Changed("meanwhile") from trouble


def _carry_out(batch: Batch, *, by: Actor, at: datetime) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Batch.State.RUNNING:
        check_can_be_confirmed(batch, person=person_of(by))
    wanted = batch.rows.filter(state__in=[State.READY, State.DUPLICATE]).exclude(decision=Decision.SKIP)
    rows = list(wanted.order_by("number").defer("cells"))
    if stale := stale_rows(batch.kind, rows):
        raise Changed("changed", stale)
    making = Making()
    things = _things(batch.kind, rows, making)
    if turned := [row for row in rows if ends_before_start(vars(things[row.pk][0]))]:
        raise Changed("days", turned)
    if batch.kind == Kind.PERSONS:
        dated_things(batch, rows, things, making)
    making.save()
    batch.state, batch.done_at = Batch.State.DONE, at
    batch.figures = {"made": dict(making.made_by_kind()), "changed": dict(making.changed_by_kind())}
    batch.save(update_fields=["state", "done_at", "figures"])
    _keep_changes(batch, making)
    fact = TableImported(batch.pk, created=len(making.made), changed=len(making.changed))
    touched = [Touched(thing, changes_between({}, _said(thing))) for thing in making.made]
    touched += [Touched(thing, changes) for thing, changes in making.changed]
    record(fact, by=by, at=at, touched=[batch, *touched])
    return batch


def _things(kind: str, rows: list[Row], making: Making) -> dict[int, tuple[models.Model, dict[str, Any]]]:
    """Row → the object it is about, made, changed or left, and what that object holds. An earlier row may be the same."""
    model = MODELS[Kind(kind)]
    merging = [row.target for row in rows if row.target and row.decision == Decision.MERGE]
    states, levels = states_of(kind, merging), levels_for(kind)
    known = {thing.pk: thing for chunk in chunks(merging) for thing in model.objects.filter(pk__in=chunk)}
    things: dict[int, tuple[models.Model, dict[str, Any]]] = {}
    for row in rows:
        if row.decision == Decision.MERGE and row.target:
            thing, state = known[row.target], states[row.target]
            _change(kind, row, thing, state, making)
        elif row.decision == Decision.MERGE and row.twin_id in things:
            thing, state = things[row.twin_id]
            _change(kind, row, thing, state, making)
        else:
            thing, state = made_from(kind, row.values, levels), as_state(kind, row.values) | {"held": []}
            making.make(thing, row.values)
            if row.decision == Decision.MERGE and row.twin_id:
                things[row.twin_id] = (thing, state)  # which was left out: others like it are one with this row
        things[row.pk] = (thing, state)
    return things


def _change(kind: str, row: Row, thing: Any, state: dict[str, Any], making: Making) -> None:
    changes = merged(kind, row, state)
    before = {PLAIN[Kind(kind)][name]: getattr(thing, PLAIN[Kind(kind)][name]) for name in changes}
    for name, value in changes.items():
        column = PLAIN[Kind(kind)][name]
        is_day = isinstance(thing._meta.get_field(column.removesuffix("_id")), models.DateField)
        setattr(thing, column, date.fromisoformat(value) if is_day and value else value)
        state[name] = value
    if changes:
        making.change(thing, {column: (old, getattr(thing, column)) for column, old in before.items()})


def _keep_changes(batch: Batch, making: Making) -> None:
    changes = [
        Change(batch=batch, kind=thing._meta.label_lower, object_id=thing.pk, made=True, label=str(label)[:300],
               after=snapshot(thing))
        for thing, label in making.labelled()
    ]  # fmt: skip
    changes += [
        Change(
            batch=batch,
            kind=thing._meta.label_lower,
            object_id=thing.pk,
            made=False,
            label=str(thing)[:300],
            before={name: plain(old) for name, (old, _new) in said.items()},
            after={name: plain(new) for name, (_old, new) in said.items()},
        )
        for thing, said in making.changed
    ]
    Change.objects.bulk_create(changes, batch_size=500)


def _said(thing: models.Model) -> dict[str, Any]:
    return {
        name: value for name, value in snapshot(thing).items() if name not in ("id", "slug") and value not in ("", None)
    }
