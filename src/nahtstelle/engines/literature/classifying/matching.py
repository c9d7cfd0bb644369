"""Labels of terms in a text: by stems, as runs of words, and in German within compounds. The longest says it.

The slow twin in the tests compares each label with each place of the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nahtstelle.engines.literature.classifying.words import COMMON, LANGUAGES, stems_of, words_of

WEIGHTS = {"preferred": 1.0, "alternative": 0.9, "outdated": 0.8, "hidden": 0.7}
PLACES = {"title": 1.0, "keywords": 1.0, "abstract": 0.6}
COMPOUND = 0.6  # what is found within a longer word says less
SHORTEST, SHORTEST_WITHIN = 3, 6  # letters a label must have; and to be looked for within words
TRUST = 0.75  # how far one hit of full weight decides
_START = 4


class Label(NamedTuple):
    text: str
    language: str  # "de" or "en"
    kind: str = "preferred"


class Term(NamedTuple):
    key: str
    labels: tuple[Label, ...]


class Text(NamedTuple):
    """What a publication says of itself."""

    title: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()


class Hit(NamedTuple):
    """``start`` and ``end``: words of the text; ``within``: found in a compound, whose letters it takes in part."""

    key: str
    start: int
    end: int
    weight: float
    within: bool


class Found(NamedTuple):
    score: float  # 0 to 1
    words: tuple[str, ...]  # that spoke for it, as the text has them


class _Entry(NamedTuple):
    key: str
    stems: tuple[str, ...]
    bare: str  # of a single German word: itself, to be found in compounds
    weight: float


class Matcher:
    """The labels of a vocabulary, ready to be found."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._runs: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
        self._within: dict[str, list[_Entry]] = defaultdict(list)
        for language, entry in entries_of(terms):
            self._runs[language, entry.stems[0]].append(entry)
            if entry.bare:
                self._within[entry.bare[:_START]].append(entry)

    def find(self, text: Text) -> dict[str, Found]:
        """The terms the text names, with how strongly and in which words."""
        doubt: dict[str, float] = {}
        spoke: dict[str, dict[str, None]] = defaultdict(dict)
        for place, piece in pieces_of(text):
            words = words_of(piece)
            for hit in the_longest(self.hits(words)):
                weight = hit.weight * PLACES[place] * (COMPOUND if hit.within else 1.0)
                doubt[hit.key] = doubt.get(hit.key, 1.0) * (1 - TRUST * weight)
                spoke[hit.key][" ".join(words[hit.start : hit.end])] = None
        return {key: Found(round(1 - left, 4), tuple(spoke[key])[:5]) for key, left in doubt.items()}

    def hits(self, words: list[str]) -> list[Hit]:
        found: set[Hit] = set()
        for language in LANGUAGES:
            stems = stems_of(words, language)
            for at, stem in enumerate(stems):
                for entry in self._runs.get((language, stem), ()):
                    end = at + len(entry.stems)
                    if tuple(stems[at:end]) == entry.stems:
                        found.add(Hit(entry.key, at, end, entry.weight, False))
        for at, word in enumerate(words):
            for start in range(len(word) - SHORTEST_WITHIN + 1):
                for entry in self._within.get(word[start : start + _START], ()):
                    if len(word) > len(entry.bare) + 2 and word.startswith(entry.bare, start):
                        found.add(Hit(entry.key, at, at + 1, entry.weight, True))
        return sorted(found)


def entries_of(terms: Iterable[Term]) -> Iterable[tuple[str, _Entry]]:
    """Each label that says enough, with its language; the better kind where two are one."""
    for term in terms:
        best: dict[tuple[str, tuple[str, ...], str], float] = {}
        for label in term.labels:
            words = words_of(label.text)
            if (
                label.language not in LANGUAGES
                or not words
                or sum(map(len, words)) < SHORTEST
                or COMMON.issuperset(words)
            ):
                continue
            alone = words[0] if len(words) == 1 and label.language == "de" and len(words[0]) >= SHORTEST_WITHIN else ""
            key = label.language, tuple(stems_of(words, label.language)), alone
            best[key] = max(best.get(key, 0.0), WEIGHTS[label.kind])
        for (language, stems, alone), weight in best.items():
            yield language, _Entry(term.key, stems, alone, weight)


def pieces_of(text: Text) -> list[tuple[str, str]]:
    return [("title", text.title), *(("keywords", word) for word in text.keywords), ("abstract", text.abstract)]


def the_longest(hits: Sequence[Hit]) -> list[Hit]:
    """One hit of a term at a place, and none that lies in a longer one, or in a compound that is a label itself."""
    best: dict[tuple[str, int, int], Hit] = {}
    for hit in hits:
        known = best.get((hit.key, hit.start, hit.end))
        if known is None or (known.within, -known.weight) > (hit.within, -hit.weight):
            best[hit.key, hit.start, hit.end] = hit
    kept = list(best.values())
    return [hit for hit in kept if not any(_covers(other, hit) for other in kept)]


def _covers(other: Hit, hit: Hit) -> bool:
    if (other.start, other.end) == (hit.start, hit.end):
        return hit.within and not other.within and other.key != hit.key
    return other.start <= hit.start and hit.end <= other.end and not other.within
