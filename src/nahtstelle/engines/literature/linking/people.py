"""The authors of a record as words that can be compared, however much of a given name a source has."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from nahtstelle.engines.literature.linking.folding import name_words
from nahtstelle.engines.literature.records import Name

_PARTICLES = frozenset(
    [
        "de",
        "der",
        "den",
        "dem",
        "des",
        "van",
        "von",
        "vom",
        "zu",
        "zur",
        "zum",
        "la",
        "le",
        "du",
        "da",
        "di",
        "del",
        "della",
        "dos",
        "das",
        "el",
        "al",
        "ter",
        "ten",
        "te",
        "and",
        "et",
        "jr",
        "sr",
        "ii",
        "iii",
        "dr",
        "prof",
        "phd",
        "md",
        "bin",
        "ibn",
        "mac",
        "st",
    ]
)
_NOBODY = re.compile(
    r"^\W*(?:anonym\w*|anon|unknown|n\.?\s?n\.?|no author\w*|et al\.?|others|\[?s\.\s?n\.?\]?)\W*$", re.IGNORECASE
)
COMPARED = 20  # authors a list is compared by; longer lists are those of consortia
_TYPO = 80


def people_of(authors: Sequence[Name]) -> tuple[list[str], list[str]]:
    """Family names in order, and further names; each a word of at least two letters."""
    families: list[str] = []
    others: list[str] = []
    for author in authors[:COMPARED]:
        if _NOBODY.match(author.family) and not author.given:
            continue
        family = [word for word in name_words(author.family) if _tells(word)]
        given = [word for word in name_words(author.given) if len(word) > 2 and word not in _PARTICLES]
        families.extend(family)
        others.extend(given)
        if len(family) > 1 and not author.given:
            continue
        if len(family) > 1:
            others.append("".join(family))
    return families, others


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in _PARTICLES


def shares(one: list[str], one_other: list[str], two: list[str], two_other: list[str]) -> tuple[float, float]:
    """The shares of the one's family names found among the other's names, and the other way round."""
    return _found(one, two, two_other), _found(two, one, one_other)


def _found(families: list[str], their_families: list[str], their_others: list[str]) -> float:
    there = set(their_families)
    there.update(their_others)
    found = 0
    missed = []
    for name in families:
        if name in there:
            found += 1
        else:
            missed.append(name)
    for name in missed:
        if len(name) > 3 and process.extractOne(name, there, scorer=fuzz.ratio, score_cutoff=_TYPO):
            found += 1
    return found / len(families)


def same_script(one: list[str], two: list[str]) -> bool:
    return _latin(one) == _latin(two)


def _latin(names: list[str]) -> bool:
    return all(name.isascii() for name in names[:3])
