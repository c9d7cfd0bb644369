"""Objects as plain values, to keep what an import did and to see whether anything was done since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Model

from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement, Network, Project

from .models import Ground

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


def chunks(ids: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    whole = sorted(set(ids))
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def uses(kind: str, ids: Iterable[int], made: dict[str, set[int]]) -> dict[int, dict[str, int]]:
    """Of each object: what refers to it that the import did not make itself, by kind in words, and how many."""
    model = MODELS[kind]
    ids = list(ids)
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        other, field = relation.related_model, relation.field
        own_pairs = other._meta.auto_created is model and field.name == _source_of(other, model)
        if own_pairs:
            continue  # its own many-to-many rows go with it
        # A many-to-many row speaks for the object it starts from.
        subject, attname = _speaker(other, field)
        for chunk in chunks(ids):
            rows = other._base_manager.filter(**{f"{field.name}__in": chunk}).values_list(attname, field.attname)
            for speaker, pk in rows:
                if speaker not in made.get(subject._meta.label_lower, ()):
                    found[pk][str(subject._meta.verbose_name)] += 1
    return found


def _source_of(through: Any, model: Any) -> str:
    """The column of a many-to-many table that names the object whose field it is."""
    field = next(f for f in model._meta.many_to_many if f.remote_field.through is through)
    return str(field.m2m_field_name())


def _speaker(other: Any, field: Any) -> tuple[Any, str]:
    owner = other._meta.auto_created
    if not owner:
        return other, "pk"
    source = other._meta.get_field(_source_of(other, owner))
    return owner, source.attname
