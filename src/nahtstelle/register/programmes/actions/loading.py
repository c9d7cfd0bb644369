"""Bringing in the programme structure that comes with the platform."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, kind_of, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Touch
from nahtstelle.register.vocabulary.models import Concept

from ..facts import NetworkSaved, PeriodChanged, StructureLoaded
from ..models import ActionField, FundingPeriod, Level, Network, Programme
from ..structure import Land, Row, Structure, our_structure


@dataclass(frozen=True, slots=True)
class StructureReport:
    """How many programmes, periods, levels, action fields and networks a load created, changed and left alone."""

    created: int
    changed: int
    unchanged: int


Name = tuple[str, ...]


@transaction.atomic
def load_structure(*, by: Actor, at: datetime) -> StructureReport:
    """Make the database hold the platform's own structure of the programmes; the same load twice changes nothing.

    Nothing is deleted, and a field that a person changed keeps their wording. Raises ``LookupError`` where the
    vocabulary's regions are missing: load the vocabulary first.
    """
    structure = our_structure(_lands())
    programmes = _Table(Programme, lambda p: (p.key,))
    periods = _Table(FundingPeriod, lambda p: (p.key,))
    levels = _Table(Level, lambda level: (level.period.key, level.key), "period")
    action_fields = _Table(ActionField, lambda f: (f.period.key, f.key), "period")
    networks = _Table(Network, lambda n: (n.key,))
    programmes.bring(structure.programmes)
    periods.bring(structure.periods, programme=programmes)
    levels.bring(structure.levels, period=periods)
    action_fields.bring(structure.action_fields, period=periods)
    networks.bring(structure.networks, level=levels)
    links = _link(structure, programmes, networks)
    tables = (programmes, periods, levels, action_fields, networks)
    report = StructureReport(*(sum(getattr(t, name) for t in tables) for name in ("created", "changed", "unchanged")))
    if report.created or report.changed or links:
        record(
            StructureLoaded(created=report.created, changed=report.changed),
            by=by,
            at=at,
            touched=[touched for table in tables for touched in table.touched],
        )
    return report


def _lands() -> list[Land]:
    rows = Concept.objects.filter(facet__key="region", level="land").order_by("ags")
    lands = [Land(*row) for row in rows.values_list("key", "name_de", "name_en")]
    if not lands:
        raise LookupError("The vocabulary has no Länder yet; load the vocabulary first.")
    return lands


class _Table:
    """One table while it is brought in: its rows by name, and what happened to them."""

    def __init__(self, model: type[models.Model], name_of: Callable[[Any], Name], *join: str) -> None:
        self.model = model
        self.rows: dict[Name, Any] = {
            name_of(row): row for row in model._default_manager.select_related(*join).order_by()
        }
        self.created = self.changed = self.unchanged = 0
        self.touched: list[Touched] = []
        self._kept = _fields_people_changed(model)

    def bring(self, wanted: Iterable[Row], **parents: "_Table") -> None:
        """Create and change what differs, in two statements."""
        new: list[tuple[Row, Any]] = []
        changed: list[Any] = []
        for row in wanted:
            values = dict(row.fields)
            for name, table in parents.items():
                values[f"{name}_id"] = table.rows[row.parent].pk
            known = self.rows.get(row.key)
            if known is None:
                new.append((row, self.model(key=row.key[-1], **values)))
                continue
            kept = self._kept.get(known.pk, set())
            before = {name: getattr(known, name) for name in values}
            difference = changes_between(before, {n: v for n, v in values.items() if n not in kept})
            for name, (_before, after) in difference.items():
                setattr(known, name, after)
            if difference:
                changed.append(known)
                self.touched.append(Touched(known, difference))
            else:
                self.unchanged += 1
        self.model._default_manager.bulk_create([made for _row, made in new])
        if changed:
            names = sorted({name.removesuffix("_id") for t in self.touched for name in t.changes})
            self.model._default_manager.bulk_update(changed, names)
        self.rows |= {row.key: made for row, made in new}
        self.touched += [Touched(made, changes_between({}, row.fields)) for row, made in new]
        self.created, self.changed = len(new), len(changed)


def _fields_people_changed(model: type[models.Model]) -> dict[int, set[str]]:
    facts = [NetworkSaved.fact_name, PeriodChanged.fact_name]  # type: ignore[attr-defined] # set by @fact
    kept: dict[int, set[str]] = {}
    touches = Touch.objects.filter(kind=kind_of(model), entry__fact__in=facts)
    for pk, changes in touches.values_list("object_id", "changes"):
        kept.setdefault(pk, set()).update(changes)
    return kept


def _link(structure: Structure, programmes: _Table, networks: _Table) -> int:
    """Successors of programmes, regions and predecessors of networks; only adds. The number of links that were new."""
    made = 0
    for row in structure.programmes:
        here = programmes.rows[row.key]
        there = programmes.rows[(row.successor,)] if row.successor else None
        if there is not None and here.successor_id != there.pk:
            here.successor = there
            here.save(update_fields=["successor"])
            made += 1
    regions = dict(Concept.objects.filter(facet__key="region").values_list("key", "pk"))
    pairs = [(networks.rows[row.key].pk, regions[key]) for row in structure.networks for key in row.regions]
    made += _add_pairs(Network.regions.through, "network_id", "concept_id", pairs)
    pairs = [
        (networks.rows[row.key].pk, networks.rows[(key,)].pk) for row in structure.networks for key in row.predecessors
    ]
    return made + _add_pairs(Network.predecessors.through, "from_network_id", "to_network_id", pairs)


def _add_pairs(through: Any, here: str, there: str, pairs: list[tuple[int, int]]) -> int:
    known = set(through.objects.values_list(here, there))
    fresh = [through(**{here: a, there: b}) for a, b in pairs if (a, b) not in known]
    through.objects.bulk_create(fresh)
    return len(fresh)
