"""A query understood: for each of its words the ways in which a text may answer it, each with its weight and reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from nahtstelle.engines.wording.analysing import Analyser, WordTerms
from nahtstelle.engines.wording.stems import ENGLISH, stem


class Kind(StrEnum):
    """Why a text is found."""

    WORD = "word"  # it has the word itself
    PARTS = "parts"  # it has the parts of the compound
    PART = "part"  # it has one of them
    SPELLING = "spelling"  # it has the word that was probably meant
    LABEL = "label"  # it has another name for the same
    CONCEPT = "concept"  # it was tagged with the term
    CITATION = "citation"  # it is or cites the provision
    LAW = "law"  # it is of or cites the law


@dataclass(frozen=True, slots=True)
class Alternative:
    """A text answers by having ``all_of`` these terms; ``label`` is what the reason names.

    A way that is not ``near`` helps only where too few texts answer otherwise: one part of a compound, a related term.
    """

    all_of: tuple[str, ...]
    weight: float
    kind: Kind
    label: str = ""
    near: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """A word of the query, or a citation in it, and the alternatives, the nearest first."""

    typed: str
    alternatives: tuple[Alternative, ...]

    def with_more(self, more: Iterable[Alternative]) -> "Clause":
        """The same with further ways; what is there already stays as it is."""
        known = {one.all_of: one for one in self.alternatives}
        for one in more:
            known.setdefault(one.all_of, one)
        return Clause(self.typed, tuple(known.values()))


PARTS_WEIGHT, ENGLISH_WEIGHT = 0.75, 0.9
PART_WEIGHT = 0.7  # shared among the parts


def clause_of(typed: str, analyser: Analyser) -> Clause:
    """A word of a query by itself: as it is, in English, and by its parts."""
    known = analyser.word(typed)
    whole = known.whole or known.folded  # a small word that is all there is to look for
    ways = [Alternative((whole,), 1.0, Kind.WORD, typed)]
    english = stem(known.folded, ENGLISH)
    if english != whole:
        ways.append(Alternative((english,), ENGLISH_WEIGHT, Kind.WORD, typed))
    return Clause(typed, (*ways, *_by_parts(typed, known)))


def _by_parts(typed: str, known: WordTerms) -> list[Alternative]:
    if len(known.parts) < 2:
        return []
    ways = [Alternative(known.parts, PARTS_WEIGHT, Kind.PARTS, " + ".join(known.spelled))]
    spelled = zip(known.parts, known.spelled, strict=True)
    return ways + [
        Alternative((part,), PART_WEIGHT / len(known.parts), Kind.PART, word, near=False) for part, word in spelled
    ]
