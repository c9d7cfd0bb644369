"""A row beside what is there already: which fields differ, which it adds, and whether it says anything new at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement, Network, Project

from .fields import Kind
from .models import Row
from .snapshots import chunks, plain

MODELS: dict[Kind, Any] = {
    Kind.PERSONS: Person, Kind.ORGANISATIONS: Organisation, Kind.NETWORKS: Network, Kind.PROJECTS: Project,
}  # fmt: skip
# Field of the table → column of the object; each may be ours or theirs.
PLAIN: dict[Kind, dict[str, str]] = {
    Kind.PERSONS: {"name": "name", "mail": "mail", "language": "language", "ends_on": "ends_on"},
    Kind.ORGANISATIONS: {
        "name": "name", "kind": "kind_id", "region": "region_id", "website": "website", "valid_from": "valid_from",
        "valid_until": "valid_until",
    },
    Kind.NETWORKS: {
        "name_de": "name_de", "name_en": "name_en", "valid_from": "valid_from", "valid_until": "valid_until",
    },
    Kind.PROJECTS: {
        "name_de": "name_de", "name_en": "name_en", "network": "network_id", "action_field": "action_field_id",
        "region": "region_id", "place": "place", "valid_from": "valid_from", "valid_until": "valid_until",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """``ours`` is in the register, ``theirs`` in the table. Not ``open``: one of them is empty, so nothing is lost."""

    field: str
    ours: Any
    theirs: Any

    @property
    def open(self) -> bool:
        return self.ours not in ("", None)


def states_of(kind: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Objects as their comparable fields, days in ISO; for persons with what they hold already. A few queries."""
    columns = PLAIN[Kind(kind)]
    found: dict[int, dict[str, Any]] = {}
    for chunk in chunks(ids):
        for pk, *values in MODELS[Kind(kind)].objects.filter(pk__in=chunk).values_list("pk", *columns.values()):
            found[pk] = dict(zip(columns, map(plain, values), strict=True))
        if kind == Kind.PERSONS:
            held = _held(chunk)
            for pk in chunk:
                if pk in found:
                    found[pk]["held"] = held.get(pk, [])
    return found


def _held(people: list[int]) -> dict[int, list[list[Any]]]:
    held: dict[int, list[list[Any]]] = defaultdict(list)
    memberships = Membership.objects.filter(person__in=people).order_by("pk")
    for person, *rest in memberships.values_list("person_id", "organisation_id", "valid_from", "valid_until"):
        held[person].append(["membership", rest[0], plain(rest[1]), plain(rest[2])])
    engagements = Engagement.objects.filter(person__in=people).order_by("pk")
    for person, *rest in engagements.values_list(
        "person_id", "role", "programme_id", "network_id", "project_id", "valid_from", "valid_until"
    ):
        held[person].append(["engagement", *rest[:4], plain(rest[4]), plain(rest[5])])
    return held


def differences(kind: str, values: dict[str, Any], there: dict[str, Any]) -> list[Difference]:
    """The fields of which the table says something else than the register."""
    return [
        Difference(name, there.get(name), values[name])
        for name in PLAIN[Kind(kind)]
        if values.get(name) not in (None, "") and not _same(name, values[name], there.get(name))
    ]


def _same(name: str, theirs: Any, ours: Any) -> bool:
    """An address is the same however its letters are cased."""
    if name == "mail" and ours:
        return str(theirs).casefold() == str(ours).casefold()
    return bool(theirs == ours)


def dated_of(values: dict[str, Any]) -> dict[str, list[Any]]:
    """The dated things of a person's row, each as ``held`` lists such things."""
    found = {}
    if values.get("organisation"):
        names = ("organisation", "member_from", "member_until")
        found["membership"] = ["membership", *(values.get(name) for name in names)]
    if values.get("role"):
        names = ("role", "programme", "network", "project", "role_from", "role_until")
        found["engagement"] = ["engagement", *(values.get(name) for name in names)]
    return found


def adds(values: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """Of a person's row: which dated things it brings that they do not hold at any time within those days."""
    held = there.get("held", [])
    return [name for name, mine in dated_of(values).items() if not any(_at_one_time(mine, one) for one in held)]


def _at_one_time(mine: list[Any], other: list[Any]) -> bool:
    """The same thing, in spans that meet."""
    *what, start, end = mine
    *known, since, until = other
    starts_before = since is None or end is None or since <= end
    return what == known and starts_before and (until is None or start is None or until >= start)


def ends_before_start(thing: dict[str, Any]) -> bool:
    """Of two days, if it has both."""
    first, last = thing.get("valid_from"), thing.get("valid_until")
    return bool(first and last and last < first)


def says_nothing_new(kind: str, values: dict[str, Any], there: dict[str, Any]) -> bool:
    return not differences(kind, values, there) and not adds(values, there) and not values.get("consent_on")


def as_state(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """A row as if it were in the register already: what a later row of the same person is compared with."""
    state = {name: values.get(name) for name in PLAIN[Kind(kind)]}
    if kind == Kind.PERSONS:
        state["held"] = list(dated_of(values).values())
    return state


def merged(kind: str, row: Row, there: dict[str, Any]) -> dict[str, Any]:
    """The fields that change when ``row`` is merged: what was empty is filled, else as was chosen."""
    return {
        one.field: one.theirs
        for one in differences(kind, row.values, there)
        if row.choices.get(one.field, "ours" if one.open else "theirs") == "theirs"
    }
