"""How much a text is about a term, as a small number: BM25's term part (Robertson and Zaragoza 2009), in levels.

The level goes into the index beside the term, so that ranking needs no look at the text and both databases rank alike.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nahtstelle.engines.wording.analysing import Analyser
from nahtstelle.engines.wording.tokens import words

LEVELS = 6
SATURATION = 1.4
LENGTH_WEIGHT = 0.7
USUAL_LENGTH = 180  # words of an average text; a constant, so that one text's level never depends on another
PART_WORTH = 0.6  # a part of a compound says less than the word itself


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a document: its words, each with how often it stands there, and how much more one counts there.

    ``terms`` are terms found otherwise (citations, concepts), each counted once with the same weight.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    weight: float = 1.0
    terms: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, text: str, weight: float = 1.0) -> "Field":
        return cls(Counter(words(text)), weight)


def levels_of(fields: Iterable[Field], analyser: Analyser) -> dict[str, int]:
    """Each term of a document with its level, 1 to ``LEVELS``."""
    counted: dict[str, float] = {}
    length = 0
    known, analyse = analyser.known.get, analyser.word
    for one in fields:
        weight = one.weight
        part_weight = weight * PART_WORTH
        for written, number in one.words.items():
            word = known(written) or analyse(written)
            length += number
            whole = word.whole
            if whole:
                counted[whole] = counted.get(whole, 0.0) + weight * number
                for part in word.parts:
                    counted[part] = counted.get(part, 0.0) + part_weight * number
        for term in one.terms:
            counted[term] = counted.get(term, 0.0) + weight
    return leveled(counted, length)


def leveled(counted: Mapping[str, float], length: int) -> dict[str, int]:
    """Weighted counts as levels, in a text of ``length`` words."""
    slow = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / USUAL_LENGTH)
    # A text has many terms and few different counts.
    levels = {count: min(LEVELS, 1 + int(LEVELS * count / (count + slow))) for count in set(counted.values())}
    return {term: levels[count] for term, count in counted.items()}
