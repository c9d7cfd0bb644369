"""Facets ready to be drawn: the first values open, the others folded away unless one of them is selected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FacetView:
    name: str
    label: str
    hint: str
    first: list[Any]
    rest: list[Any]
    rest_open: bool
    selected: bool


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def facet_views(facets: Iterable[Any], shown: int) -> list[FacetView]:
    """The facets that have values. One value too many is shown rather than folded away alone."""
    return [_view(facet, shown) for facet in facets if _get(facet, "values")]


def _view(facet: Any, shown: int) -> FacetView:
    # A mapping's own method is called "values" too: the entry is meant.
    values = list(facet["values"] if isinstance(facet, Mapping) else facet.values)
    cut = shown if len(values) > shown + 1 else len(values)
    first, rest = values[:cut], values[cut:]
    return FacetView(
        name=_get(facet, "name"),
        label=_get(facet, "label"),
        hint=_get(facet, "hint") or "",
        first=first,
        rest=rest,
        rest_open=any(_get(value, "selected") for value in rest),
        selected=any(_get(value, "selected") for value in values),
    )
