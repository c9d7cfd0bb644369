"""A record as plain values, as JSON and databases keep them, and back; what is empty is left out."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from .records import Extra, Name, Record

_FIELDS = tuple(field.name for field in fields(Record))
# What no database keeps as text: NUL, and halves of a sign beyond the basic plane.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_SUSPECT = re.compile(r"\\u(?:0000|d[89a-f])")


def plain(record: Record) -> dict[str, Any]:
    """The fields that say something.

    >>> plain(Record(title="Titel", authors=(Name("Klee", "Anna"),)))
    {'kind': 'document', 'title': 'Titel', 'authors': [['Klee', 'Anna']]}
    """
    values: dict[str, Any] = {}
    for name in _FIELDS:
        value = getattr(record, name)
        if value not in ("", None, ()):
            values[name] = (
                [list(v) if isinstance(v, tuple) else v for v in value] if isinstance(value, tuple) else value
            )
    return values


def kept(record: Record) -> tuple[dict[str, Any], str]:
    """The plain values as a database can keep them, and the digest that tells whether two are the same."""
    values = plain(record)
    told = json.dumps(values, sort_keys=True)
    if _SUSPECT.search(told):
        values = _keepable(values)
        told = json.dumps(values, sort_keys=True)
    return values, hashlib.sha256(told.encode()).hexdigest()


def record_from(values: Mapping[str, Any]) -> Record:
    """The record again; names that no field has are passed over."""
    made: dict[str, Any] = {name: values[name] for name in _FIELDS if name in values}
    for name in ("authors", "editors"):
        if name in made:
            made[name] = tuple(Name(*said) for said in made[name])
    for name in ("keywords", "notes"):
        if name in made:
            made[name] = tuple(made[name])
    if "extras" in made:
        made["extras"] = tuple(Extra(*said) for said in made["extras"])
    return Record(**made)


def _keepable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNKEEPABLE.sub("", value)
    if isinstance(value, list):
        return [_keepable(one) for one in value]
    if isinstance(value, dict):
        return {name: _keepable(one) for name, one in value.items()}
    return value
