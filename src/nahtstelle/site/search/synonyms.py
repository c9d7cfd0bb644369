"""What else the vocabulary calls a thing: outdated, English and other names lead to the same texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max

from nahtstelle.engines.wording import Alternative, Analyser, Kind
from nahtstelle.register.vocabulary.models import Concept, Label

from .offers import concept_term

LONGEST_LABEL = 5  # words
MOST_LABELS = 14  # of one concept
CONCEPT_WEIGHT, NAME_WEIGHT, LABEL_WEIGHT, RELATED_WEIGHT = 0.6, 0.7, 0.6, 0.3
# Here another label is the same thing; elsewhere (themes) it may be a matter of the same kind only.
EXACT = frozenset(("status", "group", "stakeholder", "region", "output"))
# Whose names are everyday words ("deutsch", "Türkei") that should not drag whole countries of texts along.
LEFT_OUT = frozenset(("language", "cefr", "isced"))
ONE_OF_SEVERAL = "part"  # "Language" of "Language, vocational German": not a name of the whole
Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A concept by one of its names; ``kind`` as ``Label.Kind``, "" for the name itself."""

    concept: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Names by their stems, and the names of each concept with the language they are in."""

    by_stems: dict[Stems, list[Name]]
    of_concept: dict[str, list[tuple[Name, Stems]]]
    facets: dict[str, str]

    def ways(self, stems: Sequence[Stems]) -> dict[tuple[int, int], list[Alternative]]:
        """For each stretch (first, last) of the query's words that is a name: what else answers it.

        ``stems`` are the stems each word may have. Longer names are tried first; a word is used once.
        """
        found: dict[tuple[int, int], list[Alternative]] = {}
        taken: set[int] = set()
        for length in range(min(LONGEST_LABEL, len(stems)), 0, -1):
            for first in range(len(stems) - length + 1):
                stretch = range(first, first + length)
                if taken.intersection(stretch):
                    continue
                names = self._named(stems[first : first + length])
                if names:
                    found[first, first + length - 1] = self._alternatives(names)
                    taken.update(stretch)
        return found

    def _named(self, stems: Sequence[Stems]) -> list[Name]:
        # All words read as German, or all as English.
        readings = {tuple(of_word[min(index, len(of_word) - 1)] for of_word in stems) for index in (0, 1)}
        return [name for reading in sorted(readings) for name in self.by_stems.get(reading, ())]

    def _alternatives(self, names: list[Name]) -> list[Alternative]:
        """Names of nothing but numbers ("3+2") are understood, but would lead to every text with these numbers."""
        ways: dict[tuple[str, ...], Alternative] = {}
        for name in names:
            term = (concept_term(name.concept),)
            ways.setdefault(term, Alternative(term, CONCEPT_WEIGHT, Kind.CONCEPT, name.concept))
            exact = self.facets[name.concept] in EXACT
            for other, stems in self.of_concept[name.concept][:MOST_LABELS]:
                if other.text != name.text and any(len(stem) > 2 and stem.isalpha() for stem in stems):
                    weight = NAME_WEIGHT if not other.kind else LABEL_WEIGHT if exact else RELATED_WEIGHT
                    near = exact or not other.kind
                    ways.setdefault(stems, Alternative(stems, weight, Kind.LABEL, other.text, near=near))
        return list(ways.values())


def synonyms() -> Synonyms:
    """Those of the vocabulary as it stands."""
    labels, concepts = (kind.objects.aggregate(newest=Max("pk"), number=Count("pk")) for kind in (Label, Concept))
    return _synonyms(*labels.values(), *concepts.values())


@lru_cache(maxsize=2)
def _synonyms(_newest: int | None, _labels: int, _newest_concept: int | None, _concepts: int) -> Synonyms:
    german, english = Analyser(), Analyser(language="en")
    by_stems: dict[Stems, list[Name]] = {}
    of_concept: dict[str, list[tuple[Name, Stems]]] = {}
    concepts = Concept.objects.exclude(facet__key__in=LEFT_OUT).values_list("key", "name_de", "name_en")
    rows = [(key, "de", de, "") for key, de, _en in concepts] + [(key, "en", en, "") for key, _de, en in concepts]
    labels = Label.objects.exclude(concept__facet__key__in=LEFT_OUT)
    rows += list(labels.values_list("concept__key", "language", "text", "kind"))
    for key, language, text, kind in rows:
        analyser = english if language.startswith("en") else german
        name = Name(key, text, kind)
        for part in _parts(text):
            stems = tuple(dict.fromkeys(word.whole for word in analyser.words(part) if word.whole))
            if 0 < len(stems) <= LONGEST_LABEL:
                known = by_stems.setdefault(stems, [])
                if key not in {one.concept for one in known}:
                    known.append(name)
                own = kind if part == bare_name(text) else ONE_OF_SEVERAL
                of_concept.setdefault(key, []).append((Name(key, part, own), stems))
        of_concept.setdefault(key, [])
    return Synonyms(by_stems, of_concept, dict(Concept.objects.values_list("key", "facet__key")))


def bare_name(text: str) -> str:
    """A name without what stands in brackets."""
    return text.partition("(")[0].strip() or text


def _parts(text: str) -> list[str]:
    """A name and, where it lists several ("Aufenthaltssicherung, Bleiberecht"), each; without what stands in brackets."""
    bare = bare_name(text)
    several = [part.strip() for part in bare.replace(" – ", ",").split(",") if part.strip()]
    return list(dict.fromkeys([bare, *several])) if len(several) > 1 else [bare]
