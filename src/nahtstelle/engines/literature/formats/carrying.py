"""What a format cannot say is carried beside it, so that what we write comes back as it was.

A writer writes what its format has places for, reads that back, and puts what came back otherwise into one text that
other programs see as a note and our reader knows by its first word.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any
from urllib.parse import quote, unquote

from ..records import Extra, Name, Record
from .values import Broken

MARK = "nahtstelle:"
_FIELDS = tuple(field.name for field in fields(Record))
_SAFE = " ,:;.!?()[]/=+*@'\"-_"


def sole(found: Iterable[Record | Broken]) -> Record | None:
    """The record that a writing read back is; None where it is none, or more than one."""
    back = list(found)
    return back[0] if len(back) == 1 and isinstance(back[0], Record) else None


def carried(record: Record, back: Record | None) -> str:
    """The text that carries what ``back`` (a writing read back) did not bring; empty where it brought all."""
    names = _FIELDS if back is None else tuple(n for n in _FIELDS if getattr(back, n) != getattr(record, n))
    if not names:
        return ""
    told = {name: getattr(record, name) for name in names}
    return MARK + quote(json.dumps(told, ensure_ascii=True), safe=_SAFE)


def with_carried(record: Record, text: str) -> Record:
    """The record with what the text carries; as it is where the text is not ours or was spoilt."""
    try:
        told = json.loads(unquote(text.removeprefix(MARK)))
        return replace(record, **{name: _value(name, told[name]) for name in told if name in _FIELDS})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return record


def _value(name: str, value: Any) -> Any:
    if name in ("authors", "editors"):
        return tuple(Name(str(family), str(given)) for family, given in value)
    if name == "extras":
        return tuple(Extra(str(tag), str(text)) for tag, text in value)
    if name in ("keywords", "notes"):
        return tuple(str(text) for text in value)
    if name == "year":
        return None if value is None else int(value)
    return str(value)
