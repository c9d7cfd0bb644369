"""Facets with counts: behind each value the number of documents one would find by choosing it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from .models import FacetSet
from .ranking import Filters, Search
from .store import Condition

Chosen = Mapping[str, Sequence[str]]
Values = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Counted:
    """``total`` with everything chosen; ``values``: facet → value → documents, each facet without its own choice."""

    total: int
    values: dict[str, dict[str, int]]


def _grouped(statement: str, params: list[object]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} GROUP BY d.facet_set_id", params)
        return dict(cursor.fetchall())


GROUP = "d.facet_set_id, COUNT(*)"


def grouped_by_condition(search: Search, condition: Condition, filters: Filters) -> dict[int, int]:
    """How many documents that meet the condition have each set of facet values."""
    return _grouped(*search.visible(condition, filters, GROUP))


def grouped_all(search: Search, filters: Filters) -> dict[int, int]:
    """The same for everything the reader may see."""
    return _grouped(*search.everything(filters, GROUP))


_known: dict[int, Values] = {}  # what a set's number means never changes
MOST_KNOWN = 200_000


def values_of(facet_sets: Iterable[int]) -> dict[int, Values]:
    """The values of facet sets, by facet. What was read once is remembered."""
    wanted = list(facet_sets)
    missing = [facet_set for facet_set in wanted if facet_set not in _known]
    if len(_known) + len(missing) > MOST_KNOWN:
        _known.clear()
        missing = wanted
    for start in range(0, len(missing), 900):
        for pk, pairs in FacetSet.objects.filter(pk__in=missing[start : start + 900]).values_list("pk", "values"):
            of_set: Values = {}
            for facet, value in pairs:
                of_set.setdefault(facet, set()).add(value)
            _known[pk] = of_set
    return {facet_set: _known[facet_set] for facet_set in wanted if facet_set in _known}


def counted(groups: Mapping[int, int], values: Mapping[int, Values], chosen: Chosen) -> Counted:
    """From documents per facet set to documents per value."""
    wanted = {facet: set(picked) for facet, picked in chosen.items() if picked}
    total = 0
    numbers: dict[str, dict[str, int]] = {}
    for facet_set, number in groups.items():
        of_set = values.get(facet_set, {})
        missed = [facet for facet, picked in wanted.items() if not picked & of_set.get(facet, set())]
        if not missed:
            total += number
        elif len(missed) > 1:
            continue
        for facet, having in of_set.items():
            if not missed or missed[0] == facet:
                of_facet = numbers.setdefault(facet, {})
                for value in having:
                    of_facet[value] = of_facet.get(value, 0) + number
    return Counted(total, numbers)


def fitting(chosen: Chosen, values: Mapping[int, Values]) -> list[int]:
    """The facet sets that have one chosen value in every facet in which something was chosen."""
    return [
        facet_set
        for facet_set, of_set in values.items()
        if all(of_set.get(facet, set()) & set(wanted) for facet, wanted in chosen.items() if wanted)
    ]
