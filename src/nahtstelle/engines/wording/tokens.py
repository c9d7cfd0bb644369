"""Words of a text and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 60
# A word with its gender mark: "Berater*innen", "Berater/-innen", "Kolleg:in", "Schüler(innen)".
_WORD = re.compile(r"[^\W_]+(?:\u00ad[^\W_]+)*+(?:(?:[*:_·]|/-?|\()(?:innen|in|r|n|e)\b\)?)?")
_MARKED = re.compile(r"[*:·/(](?<=\w.)-?(?:innen|in|r|n|e)\b")  # a mark behind a word, found by its first sign
_SIMPLE = re.compile(r"\w+")  # the same where a text has no mark
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


def words(text: str) -> list[str]:
    """As ``tokens`` without the places, quicker: those with hyphens as one word come last."""
    text = text.replace("\u00ad", "")
    found = plain_words(text)
    if "-" in text:
        pieces = " ".join([piece for piece in text.split() if "-" in piece])
        found += [word.replace("-", "") for word in _HYPHENATED.findall(pieces)]
    return found


def plain_words(text: str) -> list[str]:
    """The words as they stand: what a phrase is compared with."""
    text = text.replace("\u00ad", "")
    if "_" in text or _MARKED.search(text) is not None:
        return _WORD.findall(text)
    return _SIMPLE.findall(text)
