"""Networks, projects and the words of funding periods."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.vocabulary.models import Concept

from ..facts import NetworkSaved, PeriodChanged, ProjectSaved
from ..models import ActionField, FundingPeriod, Level, Network, Project
from ..rules import check_network, check_project

RESERVED = {"neu"}  # addresses of ours
NETWORK_FIELDS = ("name_de", "name_en", "level", "valid_from", "valid_until")
PROJECT_FIELDS = (
    "name_de", "name_en", "level", "network", "carrier", "action_field", "region", "place", "valid_from", "valid_until",
)  # fmt: skip
PERIOD_FIELDS = ("name_de", "name_en", "funding_line_de", "funding_line_en", "note_de", "note_en")


@transaction.atomic
def add_network(
    *,
    level: Level,
    name_de: str,
    by: Actor,
    at: datetime,
    name_en: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    regions: Iterable[Concept] = (),
    predecessors: Iterable[Network] = (),
    key: str = "",
) -> Network:
    """Add a network to a level of a period. Without days of its own it lives as long as the period."""
    period = level.period
    network = Network(
        key=_free_key(Network, key or slugify(f"{period.key}-{name_de}")),
        level=level,
        name_de=name_de.strip(),
        name_en=name_en.strip(),
        valid_from=valid_from or period.valid_from,
        valid_until=valid_until or period.valid_until,
    )
    check_network(network)
    network.save(force_insert=True)
    return _network_saved(network, {}, regions, predecessors, new=True, by=by, at=at)


@transaction.atomic
def change_network(
    *,
    network: Network,
    by: Actor,
    at: datetime,
    regions: Iterable[Concept] | None = None,
    predecessors: Iterable[Network] | None = None,
    **changes: Any,
) -> Network:
    """Change names, level, days, regions or predecessors of a network."""
    before = _network_said(network)
    _set(network, changes, NETWORK_FIELDS)
    check_network(network)
    network.save()
    return _network_saved(network, before, regions, predecessors, new=False, by=by, at=at)


def _network_saved(
    network: Network,
    before: dict[str, Any],
    regions: Iterable[Concept] | None,
    predecessors: Iterable[Network] | None,
    *,
    new: bool,
    by: Actor,
    at: datetime,
) -> Network:
    if regions is not None:
        network.regions.set(regions)
    if predecessors is not None:
        network.predecessors.set(predecessors)
    difference = changes_between(before, _network_said(network))
    if new or difference:
        fact = NetworkSaved(network.pk, network.level.period.programme_id, new)
        record(fact, by=by, at=at, touched=[Touched(network, difference)])
    return network


def _network_said(network: Network) -> dict[str, Any]:
    return {
        **_said(network, NETWORK_FIELDS),
        "regions": sorted(network.regions.values_list("key", flat=True)),
        "predecessors": sorted(network.predecessors.values_list("key", flat=True)),
    }


@transaction.atomic
def add_project(
    *,
    level: Level,
    carrier: Organisation,
    name_de: str,
    by: Actor,
    at: datetime,
    name_en: str = "",
    network: Network | None = None,
    action_field: ActionField | None = None,
    region: Concept | None = None,
    place: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    key: str = "",
) -> Project:
    """Add a project. Raises ``Refusal`` where level, network and action field are of different periods."""
    project = Project(
        key=_free_key(Project, key or slugify(name_de)),
        level=level,
        carrier=carrier,
        name_de=name_de.strip(),
        name_en=name_en.strip(),
        network=network,
        action_field=action_field,
        region=region,
        place=place,
        valid_from=valid_from or level.period.valid_from,
        valid_until=valid_until or level.period.valid_until,
    )
    check_project(project)
    project.save(force_insert=True)
    return _project_saved(project, {}, new=True, by=by, at=at)


@transaction.atomic
def change_project(*, project: Project, by: Actor, at: datetime, **changes: Any) -> Project:
    """Change what ``changes`` names: names, level, network, carrier, action_field, region, place, days."""
    before = _said(project, PROJECT_FIELDS)
    _set(project, changes, PROJECT_FIELDS)
    check_project(project)
    project.save()
    return _project_saved(project, before, new=False, by=by, at=at)


def _project_saved(project: Project, before: dict[str, Any], *, new: bool, by: Actor, at: datetime) -> Project:
    difference = changes_between(before, _said(project, PROJECT_FIELDS))
    if new or difference:
        fact = ProjectSaved(project.pk, project.level.period.programme_id, new)
        record(fact, by=by, at=at, touched=[Touched(project, difference)])
    return project


@transaction.atomic
def change_period(*, period: FundingPeriod, by: Actor, at: datetime, **changes: Any) -> FundingPeriod:
    """Change names, notes or the funding line of a period."""
    before = _said(period, PERIOD_FIELDS)
    _set(period, changes, PERIOD_FIELDS)
    difference = changes_between(before, _said(period, PERIOD_FIELDS))
    if difference:
        period.save()
        record(PeriodChanged(period.pk), by=by, at=at, touched=[Touched(period, difference)])
    return period


def _set(thing: models.Model, changes: dict[str, Any], allowed: Iterable[str]) -> None:
    if unknown := set(changes) - set(allowed):
        raise TypeError(f"These cannot be changed: {', '.join(sorted(unknown))}.")
    for name, value in changes.items():
        setattr(thing, name, value)


def _said(thing: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in fields}


def _plain(value: Any) -> Any:
    return getattr(value, "name_de", None) or str(value) if isinstance(value, models.Model) else value


def _free_key(model: type[models.Model], wanted: str) -> str:
    wanted = wanted[:74].strip("-") or "neu"
    taken = set(model._default_manager.filter(key__startswith=wanted).values_list("key", flat=True)) | RESERVED
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key
