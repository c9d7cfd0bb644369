"""The evidence map: how many studies of which strength there are for each pair of concepts of two facets.

One statement, however many studies. Each study counts once in a cell, whatever number of narrower concepts it bears.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from nahtstelle.register.vocabulary.models import Concept, Facet

from ..models import OpenQuestion
from ..strengths import WEAK
from .studies import LINKS, REACH, Choice, chosen, countable

AXES = ("theme", "group", "status", "qual", "phase", "sector", "stakeholder", "region")
DEFAULT = ("theme", "group")
REGIONS = ("bund", "land")


@dataclass(frozen=True, slots=True)
class Cell:
    """Studies by strength: level → number."""

    by_strength: Mapping[int, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(self.by_strength.values())

    @property
    def best(self) -> int:
        """The strongest there is: how far what we know carries."""
        return max((level for level, number in self.by_strength.items() if number), default=0)

    @property
    def is_gap(self) -> bool:
        return not self.number

    @property
    def is_weak(self) -> bool:
        """There are studies, and none of them is more than limited."""
        return bool(self.number) and self.best in WEAK


@dataclass(frozen=True, slots=True)
class Map:
    """``cells`` has an entry where there is a study: (id of the row's concept, of the column's) → ``Cell``."""

    rows: list[Concept]
    columns: list[Concept]
    cells: dict[tuple[int, int], Cell]
    of_rows: dict[int, Cell]
    of_columns: dict[int, Cell]
    total: Cell
    placed: int  # studies that are in at least one cell

    def at(self, row: Concept, column: Concept) -> Cell:
        return self.cells.get((row.pk, column.pk), Cell())

    @property
    def gaps(self) -> int:
        return len(self.rows) * len(self.columns) - len(self.cells)

    @property
    def weak(self) -> int:
        return sum(cell.is_weak for cell in self.cells.values())


def facets() -> list[Facet]:
    """The facets a map can be drawn by, in the order of the vocabulary."""
    return list(Facet.objects.filter(key__in=AXES).order_by("position", "key"))


def axis(facet: str, *, on: date) -> list[Concept]:
    """The concepts of a facet that a map shows: the broadest in use; of regions Germany and its Länder."""
    found = Concept.objects.filter(facet__key=facet).on(on)
    if facet == "region":
        return list(found.filter(level__in=REGIONS).order_by("position", "key"))
    inner: QuerySet[Concept] = Concept.objects.filter(broader__facet__key=facet, facet__key=facet)
    return list(found.exclude(pk__in=inner.values("pk")).order_by("position", "key"))


def evidence_map(rows: str, columns: str, choice: Choice, *, on: date) -> Map:
    """The map of two facets, for the studies in ``choice``."""
    of_rows, of_columns = axis(rows, on=on), axis(columns, on=on)
    found = _counted([one.pk for one in of_rows], [one.pk for one in of_columns], choice)
    cells: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    sums: dict[str, dict[int, dict[int, int]]] = {
        "r": defaultdict(dict),
        "c": defaultdict(dict),
        "a": defaultdict(dict),
    }
    placed = 0
    for kind, row, column, strength, number in found:
        if kind == "x":
            cells[row, column][strength] = number
        elif kind == "p":
            placed = number
        else:
            sums[kind][row or column or 0][strength] = number
    return Map(
        rows=of_rows, columns=of_columns,
        cells={place: Cell(of) for place, of in cells.items()},
        of_rows={pk: Cell(of) for pk, of in sums["r"].items()},
        of_columns={pk: Cell(of) for pk, of in sums["c"].items()},
        total=Cell(sums["a"].get(0, {})),
        placed=placed,
    )  # fmt: skip


def _counted(rows: Sequence[int], columns: Sequence[int], choice: Choice) -> list[tuple[str, int, int, int, int]]:
    """Cells (x), rows (r), columns (c), all studies (a) and those placed (p), by strength; in one statement."""
    live, params = chosen(choice, countable()).values("pk", "strength").query.sql_with_params()

    def side(name: str, ids: Sequence[int]) -> str:
        among = ", ".join(["%s"] * len(ids)) or "NULL"
        return (
            f"{name}(study, strength, at) AS MATERIALIZED (SELECT DISTINCT live.study, live.strength, reach.at FROM live "  # noqa: S608 - names come from our own models, values are parameters
            f"JOIN {LINKS} AS link ON link.cardedition_id = live.study JOIN reach ON reach.of = link.concept_id "
            f"WHERE reach.at IN ({among}))"
        )

    statement = (
        f"WITH RECURSIVE live(study, strength) AS MATERIALIZED ({live}), {REACH}, "  # noqa: S608 - as above
        f"{side('rows_of', rows)}, {side('columns_of', columns)} "
        "SELECT 'x', r.at, c.at, r.strength, COUNT(*) FROM rows_of AS r JOIN columns_of AS c ON c.study = r.study "
        "GROUP BY r.at, c.at, r.strength "
        "UNION ALL SELECT 'r', at, 0, strength, COUNT(*) FROM rows_of GROUP BY at, strength "
        "UNION ALL SELECT 'c', 0, at, strength, COUNT(*) FROM columns_of GROUP BY at, strength "
        "UNION ALL SELECT 'a', 0, 0, strength, COUNT(*) FROM live GROUP BY strength "
        "UNION ALL SELECT 'p', 0, 0, 0, COUNT(DISTINCT r.study) FROM rows_of AS r JOIN columns_of AS c ON c.study = r.study"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *rows, *columns])
        return list(cursor.fetchall())


def taken_up() -> dict[frozenset[int], list[OpenQuestion]]:
    """Open questions by the concepts they are about; two statements."""
    found: dict[frozenset[int], list[OpenQuestion]] = defaultdict(list)
    for question in OpenQuestion.objects.filter(state=OpenQuestion.State.OPEN).prefetch_related("concepts"):
        found[frozenset(concept.pk for concept in question.concepts.all())].append(question)
    return dict(found)
