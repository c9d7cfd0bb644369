"""Words of a text and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 60
# A word with its gender mark: "Berater*innen", "Berater/-innen", "Kolleg:in", "Schüler(innen)".
_WORD = re.compile(r"[^\W_]+(?:\u00ad[^\W_]+)*+(?:(?:[*:_·]|/-?|\()(?:innen|in|r|n|e)\b\)?)?")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order. Soft hyphens are no part of a word; nothing longer than ``LONGEST`` is one."""
    for found in _WORD.finditer(text):
        word = found[0].replace("\u00ad", "")
        if len(word) <= LONGEST:
            yield Token(word, found.start(), found.end())


def words(text: str) -> Iterator[str]:
    """As ``tokens`` without the places, quicker."""
    for word in _WORD.findall(text.replace("\u00ad", "")):
        if len(word) <= LONGEST:
            yield word
