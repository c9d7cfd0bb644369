"""Objects as plain values, to keep what an import did and to see whether anything was done since."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement, Network, Project

from .models import Ground

Id = TypeVar("Id", int, str)
# In the order in which they can be taken away: whatever refers to another stands before it.
REMOVED_IN_ORDER: tuple[type[Model], ...] = (
    Ground, Engagement, Membership, Project, Network, Person, Organisation,
)  # fmt: skip
MODELS: dict[str, Any] = {model._meta.label_lower: model for model in REMOVED_IN_ORDER}


def snapshot(thing: Model) -> dict[str, Any]:
    """An object's own columns, days in ISO."""
    return {field.attname: plain(getattr(thing, field.attname)) for field in thing._meta.concrete_fields}


def snapshots(kind: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The same for many objects as they stand now; those that are gone are missing."""
    found = {}
    for chunk in chunks(ids):
        for values in MODELS[kind].objects.filter(pk__in=chunk).values():
            found[values["id"]] = {name: plain(value) for name, value in values.items()}
    return found


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def chunks(ids: Iterable[Id], size: int = 500) -> Iterator[list[Id]]:
    whole = sorted(set(ids))
    for start in range(0, len(whole), size):
        yield whole[start : start + size]
