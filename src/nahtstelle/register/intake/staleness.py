"""Whether the register still is what the rows were compared with."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import ActionField, Level, Network, Programme, Project
from nahtstelle.register.vocabulary.models import Concept

from .comparing import MODELS, merged, states_of
from .fields import Kind
from .models import Row
from .snapshots import chunks

Decision = Row.Decision
# Which values are ids, and of what.
REFERS: dict[str, Any] = {
    "organisation": Organisation, "carrier": Organisation, "programme": Programme, "network": Network,
    "project": Project, "region": Concept, "kind": Concept, "level": Level, "action_field": ActionField,
}  # fmt: skip
REFERS_TO_SEVERAL: dict[str, Any] = {"regions": Concept, "predecessors": Network}


def stale_rows(kind: str, rows: list[Row]) -> list[Row]:
    """The rows for which something changed that matters: their target, a namesake, what they refer to. By bulk."""
    return [
        *_changed_targets(kind, rows),
        *(_taken_addresses(rows) if kind == Kind.PERSONS else _new_namesakes(kind, rows)),
        *_lost_references(rows),
    ]


def _changed_targets(kind: str, rows: list[Row]) -> Iterable[Row]:
    merging = [row for row in rows if row.target and row.decision == Decision.MERGE]
    now = states_of(kind, (row.target for row in merging if row.target))
    return [row for row in merging if now.get(row.target or 0) != row.seen]


def _taken_addresses(rows: list[Row]) -> list[Row]:
    """One address, one person: rows whose address belongs to somebody else by now."""
    wanted: dict[str, list[Row]] = {}
    for row in rows:
        mail = row.values.get("mail", "")
        if row.decision == Decision.MERGE:
            mail = merged(Kind.PERSONS, row, row.seen).get("mail", "") if row.target else ""
        if mail:
            wanted.setdefault(mail.lower(), []).append(row)
    taken: list[Row] = []
    for chunk in chunks(wanted):
        for pk, mail in holders_of(chunk):
            taken += [row for row in wanted.get(mail, []) if row.target != pk or row.decision != Decision.MERGE]
    return taken


def holders_of(mails: Iterable[str]) -> QuerySet[Any, tuple[int, str]]:
    """Who has one of these addresses, given in lower case, and which."""
    return Person.objects.annotate(lower=Lower("mail")).filter(lower__in=mails).values_list("pk", "lower")


def _new_namesakes(kind: str, rows: list[Row]) -> list[Row]:
    """Rows nobody had to decide, whose name has come into the register since."""
    name = "name" if kind == Kind.ORGANISATIONS else "name_de"
    plain = {row.values[name]: row for row in rows if row.state == Row.State.READY}
    found: list[Row] = []
    for chunk in chunks(plain):
        there = MODELS[Kind(kind)].objects.filter(**{f"{name}__in": chunk})
        for said, level in there.values_list(name, "pk" if kind == Kind.ORGANISATIONS else "level_id"):
            if kind == Kind.ORGANISATIONS or plain[said].values.get("level") == level:
                found.append(plain[said])
    return found


def _lost_references(rows: list[Row]) -> list[Row]:
    found: list[Row] = []
    for name, model in (REFERS | REFERS_TO_SEVERAL).items():
        named = [(row, pk) for row in rows for pk in _ids(row.values.get(name))]
        there: set[int] = set()
        for chunk in chunks(pk for _row, pk in named):
            there |= set(model.objects.filter(pk__in=chunk).values_list("pk", flat=True))
        found += [row for row, pk in named if pk not in there]
    return found


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, int) else []
