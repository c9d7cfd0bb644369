"""What two languages share: concepts of our small dictionary, and words that look alike."""

import re
from collections.abc import Iterable
from functools import lru_cache

from nahtstelle.engines.literature.folding import bare
from nahtstelle.engines.literature.screening.content.bilingual import WORDS

_WORD = re.compile(r"\w\w+")
_KEPT = 500_000
_INSIDE, _COMPOUND = 5, 8  # letters of a part found inside a compound, and of the shortest compound


def fold(text: str) -> str:
    """Small letters without umlauts and accents; unlike the search's, "ae" stays: English texts have it too."""
    return bare(text.lower().replace("ß", "ss"))


def words_of(folded: str) -> list[str]:
    return _WORD.findall(folded)


def _dictionary() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    english: dict[str, list[str]] = {}
    german: dict[str, list[str]] = {}
    for number, line in enumerate(WORDS.splitlines()):
        for table, side in zip((english, german), line.split("|"), strict=True):
            for beginning in side.split():
                table.setdefault(beginning, []).append(f"c{number}")
    return english, german


_ENGLISH, _GERMAN = _dictionary()


@lru_cache(maxsize=_KEPT)
def concepts_of(word: str, language: str) -> tuple[str, ...]:
    """The concepts a folded word stands for: by its beginning and, in German, by what it is composed of.

    >>> concepts_of("randomised", "en") == concepts_of("zufallig", "de") != ()
    True
    """
    table = _GERMAN if language == "de" else _ENGLISH
    found: set[str] = set()
    for end in range(len(word), 1, -1):
        if word[:end] in table and (end >= 4 or len(word) - end <= 1):
            found.update(table[word[:end]])
            break
    if language == "de" and len(word) >= _COMPOUND:
        for start in range(3, len(word) - _INSIDE + 1):
            for end in range(len(word), start + _INSIDE - 1, -1):
                if word[start:end] in table:
                    found.update(table[word[start:end]])
                    break
    return tuple(sorted(found))


def cognates_of(words: Iterable[str]) -> list[str]:
    """A key for each word that may look alike in another language."""
    return [key for word in words if (key := cognate(word))]


@lru_cache(maxsize=_KEPT)
def cognate(word: str) -> str:
    """The beginning of a folded word as several languages spell it; "" for a word too short to be told.

    >>> cognate("mikrobiologisch"), cognate("microbiological"), cognate("und"), cognate("h5n1")
    ('microbi', 'microbi', '', 'h5n1')
    """
    if len(word) < 6 or word.isdigit():
        return word if any(sign.isdigit() for sign in word) and not word.isdigit() else ""
    alike = word.replace("ph", "f").replace("th", "t").replace("ae", "e").replace("oe", "e").replace("sch", "s")
    alike = re.sub("[kz]", "c", alike).replace("y", "i")
    alike = re.sub(r"(.)\1", r"\1", alike)
    return alike[:6] if len(alike) < 9 else alike[:7]
