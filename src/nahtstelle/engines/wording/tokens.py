"""Words of a text and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 60
# A word with its gender mark: "Berater*innen", "Berater/-innen", "Kolleg:in", "Schüler(innen)".
_WORD = re.compile(r"[^\W_]+(?:\u00ad[^\W_]+)*+(?:(?:[*:_·]|/-?|\()(?:innen|in|r|n|e)\b\)?)?")
# "Au-pair", "Chancen-Aufenthaltsrecht": also one word, as others write it.
_HYPHENATED = re.compile(r"[^\W\d_]{2,}+(?:-[^\W\d_]{2,}+)++")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, then those with hyphens as one word.

    Soft hyphens are no part of a word; nothing longer than ``LONGEST`` is one.
    """
    for found in _WORD.finditer(text):
        word = found[0].replace("\u00ad", "")
        if len(word) <= LONGEST:
            yield Token(word, found.start(), found.end())
    for found in _HYPHENATED.finditer(text) if "-" in text else ():
        if len(found[0]) <= LONGEST:
            yield Token(found[0].replace("-", ""), found.start(), found.end())


def words(text: str) -> Iterator[str]:
    """As ``tokens`` without the places, quicker."""
    text = text.replace("\u00ad", "")
    for word in _WORD.findall(text):
        if len(word) <= LONGEST:
            yield word
    for word in _HYPHENATED.findall(text) if "-" in text else ():
        if len(word) <= LONGEST:
            yield word.replace("-", "")


def plain_words(text: str) -> list[str]:
    """The words as they stand, each once: what a phrase is compared with."""
    return [word for word in _WORD.findall(text.replace("\u00ad", "")) if len(word) <= LONGEST]
