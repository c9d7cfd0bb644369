"""Recording: the one way a fact gets into the ledger."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models

from nahtstelle.plumbing.kit.insert import insert_from

from . import facts, wires
from .actors import Actor
from .models import Delivery, Entry, Touch

# The entry whose reaction is running: what that reaction records names it as its cause.
cause_of_now: ContextVar[int | None] = ContextVar("cause_of_now", default=None)


class OutsideTransaction(RuntimeError):
    """A fact was recorded outside a transaction: it could outlive the change it tells of."""


@dataclass(frozen=True, slots=True)
class Touched:
    """An object that changed: ``changes`` maps a field to (before, after), as a reader of the trail may see them."""

    object: models.Model
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def kind_of(model: type[models.Model] | models.Model) -> str:
    """How the trail names a kind of object: "outputs.output"."""
    return model._meta.label_lower


def record(
    fact: Any, *, by: Actor, at: datetime, why: str = "", touched: Iterable[Touched | models.Model] = ()
) -> Entry:
    """Write down that ``fact`` happened, in the transaction that made it true.

    ``touched`` names the objects whose trail shows the entry. One delivery is laid out for each wired reaction.
    Raises ``OutsideTransaction`` where no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{fact.fact_name} must be recorded in the transaction that made it true.")
    entry = Entry.objects.create(
        fact=fact.fact_name,
        payload=facts.pack(fact),
        at=at,
        actor=by.ref,
        actor_label=by.label,
        why=why,
        cause_id=cause_of_now.get(),
    )
    touches = [t if isinstance(t, Touched) else Touched(t) for t in touched]
    for touch in touches:
        if touch.object.pk is None:
            raise ValueError(f"{fact.fact_name}: an object that is not saved yet has no trail.")
    Touch.objects.bulk_create(
        Touch(
            entry=entry,
            kind=kind_of(t.object),
            object_id=t.object.pk,
            changes={name: [_plain(before), _plain(after)] for name, (before, after) in t.changes.items()},
        )
        for t in touches
    )
    Delivery.objects.bulk_create(
        Delivery(entry=entry, reaction=wire.name, in_turn=wire.in_turn, not_before=at)
        for wire in wires.wires_of(fact.fact_name)
    )
    return entry


def touch_all(entry: Entry, things: models.QuerySet[Any], changes: dict[str, tuple[Any, Any]] | None = None) -> int:
    """Put ``entry`` into the trail of every one of ``things`` at once, with the same changes; the number touched.

    For changes made by one statement to very many rows.
    """
    plain = {name: [_plain(before), _plain(after)] for name, (before, after) in (changes or {}).items()}
    rows = things.order_by().values_list(
        models.Value(entry.pk, output_field=models.BigIntegerField()),
        models.Value(kind_of(things.model), output_field=models.CharField()),
        "pk",
        models.Value(plain, output_field=models.JSONField()),
    )
    return insert_from(Touch, rows, ["entry", "kind", "object_id", "changes"])


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    return str(value)


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields that differ, as ``Touched.changes`` wants them."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}
