"""A concept as a plain value: what a data file, an import and the database are compared in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class LabelValue:
    """Another way to say it; ``kind`` is one of ``Label.Kind``."""

    language: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConceptValue:
    """Everything a concept says, its neighbours named by key."""

    key: str
    facet: str
    name_de: str
    name_en: str
    note_de: str = ""
    note_en: str = ""
    level: str = ""
    iso_code: str = ""
    ags: str = ""
    notation: str = ""
    uri: str = ""
    source: str = ""
    position: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    replaced_by: str = ""
    broader: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    labels: frozenset[LabelValue] = frozenset()


PLAIN_FIELDS = (
    "name_de", "name_en", "note_de", "note_en", "level", "iso_code", "ags", "notation", "uri", "source", "position",
    "valid_from", "valid_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetValue:
    key: str
    name_de: str
    name_en: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Facets and their concepts, as one file or several hold them."""

    facets: tuple[FacetValue, ...] = ()
    concepts: tuple[ConceptValue, ...] = field(default_factory=tuple)

    def __add__(self, other: "Vocabulary") -> "Vocabulary":
        return Vocabulary(self.facets + other.facets, self.concepts + other.concepts)


def find_cycle(above: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """A way that leads back to where it began, as keys from narrow to broad with the first repeated at the end.

    ``above`` maps each key to its broader keys. Empty where there is none. Time grows with the number of arrows.
    """
    up = {key: tuple(broader) for key, broader in above}
    done: set[str] = set()
    for start in up:
        if start in done:
            continue
        way, on_way = [start], {start}
        open_ends = [iter(up[start])]
        while open_ends:
            step = next(open_ends[-1], None)
            if step is None:
                open_ends.pop()
                done.add(way[-1])
                on_way.discard(way.pop())
            elif step in on_way:
                return [*way[way.index(step) :], step]
            elif step not in done:
                way.append(step)
                on_way.add(step)
                open_ends.append(iter(up.get(step, ())))
    return []
