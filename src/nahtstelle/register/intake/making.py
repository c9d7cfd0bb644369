"""What an import makes and changes, gathered first and written by bulk."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.utils.text import slugify

from nahtstelle.register.organisations.actions import RESERVED as RESERVED_BODIES
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.actions.persons import RESERVED as RESERVED_PEOPLE
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.actions.places import RESERVED as RESERVED_PLACES
from nahtstelle.register.programmes.models import Engagement, Level, Network, Project

from .comparing import adds, dated_of
from .fields import Kind
from .models import Batch, Ground, Row

# In the order in which they can be made.
MADE_IN_ORDER: tuple[type[models.Model], ...] = (
    Organisation, Person, Network, Project, Membership, Engagement, Ground,
)  # fmt: skip
NAMED_BY: dict[Any, tuple[str, set[str], int]] = {
    Person: ("slug", RESERVED_PEOPLE, 40),
    Organisation: ("slug", RESERVED_BODIES, 70),
    Network: ("key", RESERVED_PLACES, 70),
    Project: ("key", RESERVED_PLACES, 70),
}


class Making:
    """Gathers, then saves: a handful of statements for any number of rows."""

    def __init__(self) -> None:
        self._new: dict[type[models.Model], list[tuple[Any, dict[str, Any]]]] = defaultdict(list)
        self._changes: dict[tuple[str, int], tuple[Any, dict[str, tuple[Any, Any]]]] = {}

    def make(self, thing: models.Model, values: dict[str, Any]) -> None:
        self._new[type(thing)].append((thing, values))

    def change(self, thing: models.Model, changes: dict[str, tuple[Any, Any]]) -> None:
        if thing.pk is None:
            return  # made by this import: it is saved as it stands in the end
        _thing, known = self._changes.setdefault((thing._meta.label_lower, thing.pk), (thing, {}))
        for name, (old, new) in changes.items():
            known[name] = (known[name][0] if name in known else old, new)

    @property
    def made(self) -> list[Any]:
        return [thing for model in MADE_IN_ORDER for thing, _values in self._new[model]]

    @property
    def changed(self) -> list[tuple[Any, dict[str, tuple[Any, Any]]]]:
        return list(self._changes.values())

    def labelled(self) -> Iterator[tuple[Any, str]]:
        for thing in self.made:
            # What a person holds is called by the person: its other side is not loaded here.
            yield thing, str(thing.person if hasattr(thing, "person_id") else thing)

    def made_by_kind(self) -> Counter[str]:
        return Counter(thing._meta.label_lower for thing in self.made)

    def changed_by_kind(self) -> Counter[str]:
        return Counter(thing._meta.label_lower for thing, _changes in self.changed)

    def save(self) -> None:
        for model in MADE_IN_ORDER:
            things = [thing for thing, _values in self._new[model]]
            _take_addresses(model, things)
            model._default_manager.bulk_create(things, batch_size=500)
        self._link_networks()
        by_model: dict[type[models.Model], list[tuple[Any, Any]]] = defaultdict(list)
        for thing, changes in self._changes.values():
            by_model[type(thing)].append((thing, changes))
        for model, pairs in by_model.items():
            names = sorted({name.removesuffix("_id") for _thing, changes in pairs for name in changes})
            model._default_manager.bulk_update([thing for thing, _changes in pairs], names, batch_size=200)

    def _link_networks(self) -> None:
        regions, predecessors = Network.regions.through, Network.predecessors.through
        new = self._new[Network]
        for table, name, here, there in (
            (regions, "regions", "network_id", "concept_id"),
            (predecessors, "predecessors", "from_network_id", "to_network_id"),
        ):
            links = [table(**{here: thing.pk, there: pk}) for thing, values in new for pk in values.get(name, ())]
            table.objects.bulk_create(links, batch_size=500)


def _take_addresses(model: Any, things: list[Any]) -> None:
    """Give every new thing an address of its own, made from what was wanted or from its name; one query."""
    if model not in NAMED_BY or not things:
        return
    name, reserved, longest = NAMED_BY[model]
    taken = set(model.objects.values_list(name, flat=True)) | reserved
    tries: Counter[str] = Counter()
    for thing in things:
        words = getattr(thing, name) or getattr(thing, "name_de", "") or thing.name
        wanted = slugify(words)[:longest].strip("-") or model._meta.model_name
        free = wanted
        while free in taken:
            tries[wanted] += 1
            free = f"{wanted}-{tries[wanted] + 1}"
        taken.add(free)
        setattr(thing, name, free)


def day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def levels_for(kind: str) -> dict[int, Level]:
    """The levels with their periods, where something is made on one."""
    return Level.objects.select_related("period").in_bulk() if kind in (Kind.NETWORKS, Kind.PROJECTS) else {}


def made_from(kind: str, values: dict[str, Any], levels: dict[int, Level]) -> models.Model:
    """A new object, not saved yet."""
    span = {"valid_from": day(values.get("valid_from")), "valid_until": day(values.get("valid_until"))}
    names = {"name_de": values.get("name_de", ""), "name_en": values.get("name_en", "")}
    match kind:
        case Kind.PERSONS:
            return Person(
                name=values["name"],
                mail=values.get("mail", ""),
                language=values.get("language", "de"),
                ends_on=day(values.get("ends_on")),
            )
        case Kind.ORGANISATIONS:
            return Organisation(
                name=values["name"],
                kind_id=values["kind"],
                region_id=values.get("region"),
                website=values.get("website", ""),
                **span,
            )
    # As with those typed in: without days of its own it lives as long as its period.
    period = levels[values["level"]].period
    span = {
        "valid_from": span["valid_from"] or period.valid_from, "valid_until": span["valid_until"] or period.valid_until
    }  # fmt: skip
    if kind == Kind.NETWORKS:
        return Network(key=f"{period.key}-{names['name_de']}", level_id=values["level"], **names, **span)
    return Project(
        level_id=values["level"],
        carrier_id=values["carrier"],
        network_id=values.get("network"),
        action_field_id=values.get("action_field"),
        region_id=values.get("region"),
        place=values.get("place", ""),
        **names,
        **span,
    )


def dated_things(
    batch: Batch, rows: list[Row], things: dict[int, tuple[models.Model, dict[str, Any]]], making: Making
) -> None:
    """Memberships, roles and grounds of persons: beside what they hold, unless they hold it already."""
    for row in rows:
        thing, held = things[row.pk]
        values = row.values
        new = adds(values, held)
        if "membership" in new:
            making.make(
                Membership(
                    person=thing,
                    organisation_id=values["organisation"],
                    function=values.get("function", ""),
                    valid_from=day(values.get("member_from")),
                    valid_until=day(values.get("member_until")),
                ),
                values,
            )
        if "engagement" in new:
            making.make(_engagement(thing, values), values)
        held["held"] += [dated_of(values)[name] for name in new]
        if thing.pk is None or values.get("purpose") or values.get("consent_on"):
            ground = Ground(
                person=thing,
                purpose=values.get("purpose") or batch.purpose,
                consent_on=day(values.get("consent_on")),
                source=batch.file_name,
            )
            making.make(ground, values)


def _engagement(person: models.Model, values: dict[str, Any]) -> Engagement:
    return Engagement(
        person=person,
        role=values["role"],
        programme_id=values["programme"],
        network_id=values.get("network"),
        project_id=values.get("project"),
        region_id=values.get("region"),
        valid_from=day(values.get("role_from")),
        valid_until=day(values.get("role_until")),
    )
