"""What the JSON of OpenAlex and Crossref has in common: values of any shape, taken carefully."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from ..formats import fields
from ..formats.names import bibtex_names
from ..formats.values import Broken, broken
from ..records import Name, Record
from .values import Item, SourceTrouble

_TAG = re.compile(r"<[^<>]{0,200}>")
_END_OF_PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|title|sec)>|<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"^(?:abstract|summary|zusammenfassung)[.:]?\s+", re.IGNORECASE)


def read_object(content: bytes) -> dict[str, Any]:
    """Raises ``SourceTrouble`` where the answer is no object of JSON; one that was cut off may be well the next time."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        head = content[:2_000].lower()
        raise SourceTrouble("html" if b"<html" in head else "not_json", passing=True) from None
    if not isinstance(told, dict):
        raise SourceTrouble("not_json")
    return told


def inside(value: Any, *names: str) -> Any:
    """What lies at the end of a way of names; None where it breaks off."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text(value: Any) -> str:
    if isinstance(value, str):
        return fields.tidy(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def several(value: Any) -> Iterator[Any]:
    yield from value if isinstance(value, list) else ()


def items_of(told: Any, record_of: Callable[[Any], Record]) -> tuple[tuple[Item, ...], tuple[Broken, ...]]:
    """The records of a list, and what of it is none: one that cannot be read takes no other with it."""
    items: list[Item] = []
    torn: list[Broken] = []
    for one in several(told):
        try:
            record = record_of(one)
        except (TypeError, AttributeError, ValueError, KeyError):
            torn.append(broken(0, str(one), "record_unreadable"))
        else:
            items.append(Item(record.key, record))
    return tuple(items), tuple(torn)


def first(value: Any) -> str:
    return next((text(one) for one in several(value) if text(one)), "")


def number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def name_in_order(told: str) -> Name:
    """ "Maria von der Leyen": given name first; a body that is joined by "and" stays whole."""
    found = bibtex_names(told)
    return found[0] if len(found) == 1 and "," not in told else Name(told)


def unmarked(told: str, *, abstract: bool = False) -> str:
    """Without the marks of JATS and HTML; paragraphs become lines."""
    bare = unescape(_TAG.sub("", _END_OF_PARAGRAPH.sub("\n", told)))
    bare = "\n".join(filter(None, (fields.one_line(line) for line in bare.split("\n"))))
    return _HEADING.sub("", bare) if abstract else fields.one_line(bare)
