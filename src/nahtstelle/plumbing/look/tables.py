"""What a table cell shows: values are written as the column's kind wants, in the language of the page."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from .dates import day, moment

KINDS = ("text", "head", "number", "date", "status", "actions")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``head`` marks the cell that names its row; ``sort_url`` makes the heading a link, ``sorted`` is
    asc or desc.
    """

    label: str
    kind: str = "text"
    sort_url: str = ""
    sorted: str = ""

    @property
    def aria_sort(self) -> str:
        return {"asc": "ascending", "desc": "descending"}.get(self.sorted, "none" if self.sort_url else "")


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    text: str = ""
    url: str = ""
    note: str = ""
    lang: str = ""
    status: str = ""
    badge: Any = None
    due: Any = None
    actions: Sequence[Any] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.text or self.status or self.badge or self.due or self.actions)


def column(given: Any) -> Column:
    """A column out of its label, a mapping or a ``Column``. Raises ``ValueError`` for an unknown kind."""
    made = given if isinstance(given, Column) else Column(**given) if isinstance(given, Mapping) else Column(str(given))
    if made.kind not in KINDS:
        raise ValueError(f"A column is one of {', '.join(KINDS)}, not '{made.kind}'.")
    return made


def written(value: Any) -> str:
    """A value as people read it: numbers grouped, dates short, yes and no in words, None as nothing."""
    match value:
        case None | "":
            return ""
        case bool():
            return gettext("yes") if value else gettext("no")
        case int() | float() | Decimal():
            return number_format(value, use_l10n=True, force_grouping=True)
        case dt.datetime():
            return moment(value, "short")
        case dt.date():
            return day(value, "short")
        case _:
            # Kept as it is: turning a safe string into a plain one would escape its markup.
            return value if isinstance(value, str) else str(value)


def cell(value: Any, of: Column) -> Cell:
    """A cell out of a plain value or a mapping with text, url, note, lang, status, badge, due, actions."""
    if not isinstance(value, Mapping):
        return Cell(of, written(value))
    known = {
        name: value[name] for name in ("url", "note", "lang", "status", "badge", "due", "actions") if value.get(name)
    }
    if extra := set(value) - {"text", "url", "note", "lang", "status", "badge", "due", "actions"}:
        raise ValueError(f"A cell has no {', '.join(sorted(extra))}.")
    return Cell(of, written(value.get("text")), **known)


def table_rows(rows: Iterable[Any], columns: Sequence[Column]) -> list[list[Cell]]:
    """All rows as cells. Raises ``ValueError`` for a row whose length does not fit the columns."""
    return [[cell(value, of) for value, of in zip(row, columns, strict=True)] for row in rows]
