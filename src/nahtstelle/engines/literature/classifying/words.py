"""Words as they are compared here: bare letters, stems of German and of English."""

import re
from functools import lru_cache
from typing import Any

import Stemmer  # type: ignore[import-not-found] # it ships no types

from nahtstelle.engines.literature.folding import bare

LANGUAGES = {"de": "german", "en": "english"}
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"(?<=\w)[*:_/](?=innen|in\b|r\b|n\b)")  # Migrant*innen
_DIGRAPHS = re.compile(r"(?<![aeq])([aou])e")  # Fluechtlinge; but not the ue of "neue"
# Words that are a sentence's own: a label that is nothing else would be found everywhere.
COMMON = frozenset(
    [
        "der",
        "die",
        "das",
        "und",
        "the",
        "of",
        "and",
        "in",
        "for",
        "on",
        "to",
        "a",
        "an",
        "im",
        "am",
        "bund",
        "land",
        "arbeit",
        "work",
        "migration",
    ]
)


@lru_cache(maxsize=4)
def _stemmer(language: str) -> Any:
    return Stemmer.Stemmer(LANGUAGES[language])


def words_of(text: str) -> list[str]:
    """Small bare words: "Migrant*innen" is one, ae, oe and ue are read as umlauts."""
    return _WORD.findall(_DIGRAPHS.sub(r"\1", bare(_MARKS.sub("", text.replace("ß", "ss")))))


def stems_of(words: list[str], language: str) -> list[str]:
    return [str(stem) for stem in _stemmer(language).stemWords(words)]
