"""The evidence map as its page shows it: a grid that reads as a table, the table beside it, and what both say in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.register.vocabulary.models import Concept

from ..models import OpenQuestion
from ..queries.evidence import Cell, Map
from ..strengths import sign_of

LARGEST, SMALLEST = 15.0, 7.0  # radius of a bubble in a cell of 40
GAPS, WEAK, SOME = "luecken", "schwach", "studien"
ORDERS = ("zeile", "spalte", "zahl", "staerke")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell, ready to be drawn. ``kind``: some, weak or gap."""

    kind: str
    number: int
    level: int
    radius: str
    label: str
    column: str
    url: str
    taken: int


def radius(number: int, most: int) -> float:
    """The area grows with the number; the smallest can still be seen."""
    return SMALLEST + (LARGEST - SMALLEST) * sqrt((number - 1) / (most - 1)) if most > 1 else LARGEST * 0.7


def kind_of(cell: Cell) -> str:
    return "gap" if cell.is_gap else "weak" if cell.is_weak else "some"


def said_of(cell: Cell) -> str:
    """A cell in words."""
    if cell.is_gap:
        return _("no study")
    number = ngettext("%d study", "%d studies", cell.number) % cell.number
    return _("%(number)s, the strongest: %(strength)s") % {"number": number, "strength": sign_of(cell.best).word}


def cell_url(row: Concept, column: Concept, query: QueryDict) -> str:
    """The studies of a cell: the list, narrowed to both concepts and by what narrows the map."""
    narrowed = query.copy()
    narrowed.setlist("z", [row.key, column.key])
    return f"{reverse('studies:studies')}?{narrowed.urlencode()}"


def grid(of: Map, query: QueryDict, taken: Mapping[frozenset[int], Sequence[OpenQuestion]]) -> list[dict[str, Any]]:
    """The rows of the map with their cells."""
    most = max((cell.number for cell in of.cells.values()), default=1)
    rows = []
    for row in of.rows:
        spots = [_spot(of, row, column, query, most, taken) for column in of.columns]
        total = of.of_rows.get(row.pk, Cell())
        rows.append(
            {
                "label": row.name,
                "number": total.number,
                "cells": spots,
                "gaps": sum(spot.kind == "gap" for spot in spots),
                "empty": not total.number,
            }
        )
    return rows


def _spot(
    of: Map,
    row: Concept,
    column: Concept,
    query: QueryDict,
    most: int,
    taken: Mapping[frozenset[int], Sequence[OpenQuestion]],
) -> Spot:
    cell = of.at(row, column)
    questions = len(taken.get(frozenset((row.pk, column.pk)), ()))
    label = f"{row.name} × {column.name}: {said_of(cell)}"
    if questions:
        label = "; ".join((label, _("taken up as a question")))
    return Spot(
        kind=kind_of(cell), number=cell.number, level=cell.best,
        radius=f"{radius(cell.number, most):.1f}" if cell.number else "0",
        label=label, column=column.name, url=cell_url(row, column, query), taken=questions,
    )  # fmt: skip


def lines(of: Map, which: str) -> list[tuple[Concept, Concept, Cell]]:
    """The cells the table lists: those with studies, those without, or those with weak ones only."""
    every = ((row, column, of.at(row, column)) for row in of.rows for column in of.columns)
    wanted = {GAPS: lambda cell: cell.is_gap, WEAK: lambda cell: cell.is_weak}.get(which, lambda cell: not cell.is_gap)
    return [line for line in every if wanted(line[2])]


def in_order(
    found: list[tuple[Concept, Concept, Cell]], order: str, *, down: bool
) -> list[tuple[Concept, Concept, Cell]]:
    keys: dict[str, Any] = {
        "zeile": lambda line: (line[0].name.casefold(), line[1].name.casefold()),
        "spalte": lambda line: (line[1].name.casefold(), line[0].name.casefold()),
        "zahl": lambda line: line[2].number,
        "staerke": lambda line: (line[2].best, line[2].number),
    }
    return sorted(found, key=keys[order], reverse=down) if order in keys else found


def table(
    found: Sequence[tuple[Concept, Concept, Cell]], *, heads: tuple[str, str], query: QueryDict, shown: Mapping[str, str],
    take_up: bool, taken: Mapping[frozenset[int], Sequence[OpenQuestion]],
) -> dict[str, Any]:  # fmt: skip
    """The same cells as a table one can sort; ``shown`` are the parameters of the page as it is."""
    order, down = shown.get("ordnung", ""), shown.get("richtung") == "ab"

    def column(label: str, name: str, kind: str = "text") -> dict[str, str]:
        turned = {**shown, "ordnung": name, "richtung": "auf" if order == name and down else "ab"}
        if order != name and name in ("zeile", "spalte"):
            turned["richtung"] = "auf"
        url = "?" + urlencode([*_pairs(query), *turned.items()]) + "#tabelle"
        return {"label": label, "kind": kind, "sort_url": url, "sorted": ("desc" if down else "asc") if order == name else ""}  # fmt: skip

    columns: list[Any] = [
        column(heads[0], "zeile", "head"), column(heads[1], "spalte"), column(_("Studies"), "zahl", "number"),
        column(_("Strongest"), "staerke"), _("By strength"), _("Taken up"),
    ]  # fmt: skip
    if take_up:
        columns.append({"label": _("Actions"), "kind": "actions"})
    rows = []
    for row, second, cell in found:
        questions = taken.get(frozenset((row.pk, second.pk)), ())
        one: list[Any] = [
            {"text": row.name, "url": cell_url(row, second, query)},
            second.name,
            cell.number,
            sign_of(cell.best).word if cell.number else _("no study"),
            by_strength(cell),
            _("as a question") if questions else "",
        ]
        if take_up:
            url = f"{reverse('library:question-new')}?{urlencode([('f', row.key), ('f', second.key)])}"
            one.append({"actions": [{"label": _("Take up"), "url": url, "kind": "tertiary"}]})
        rows.append(one)
    return {"columns": columns, "rows": rows}


def _pairs(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in query.lists() for value in values]


def by_strength(cell: Cell) -> str:
    """1 strong, 2 limited"""
    return ", ".join(
        f"{number} {sign_of(level).word}" for level, number in sorted(cell.by_strength.items(), reverse=True) if number
    )


def summary(of: Map) -> list[str]:
    """What the map says, in sentences: for those who do not see it, and for its drawing."""
    total, cells = of.total.number, len(of.rows) * len(of.columns)
    said = [
        ngettext("%d study is counted.", "%d studies are counted.", total) % total,
        _("Of %(cells)d cells %(gaps)d have no study, %(weak)d only weak ones.")
        % {"cells": cells, "gaps": of.gaps, "weak": of.weak},
    ]
    outside = total - of.placed
    if outside:
        words = ngettext(
            "%d study names no concept of one of the two facets and is in no cell.",
            "%d studies name no concept of one of the two facets and are in no cell.",
            outside,
        )
        said.append(words % outside)
    return said
