"""Claims: the sentences of a text, each with the citations it rests on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .keys import Group, find_groups

# a text → its sentences as spans; how sentences are told apart is not known here
SentenceSplitter = Callable[[str], Sequence[tuple[int, int]]]
_SPACE = re.compile(r"\s*")
_BEFORE_STOP = (".", ",", ";", ":", "!", "?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and its citations; ``words`` are the sentence without them."""

    start: int
    end: int
    words: str
    groups: tuple[Group, ...]


def claims_of(text: str, split: SentenceSplitter) -> list[Claim]:
    """The sentences of one paragraph in their order, with and without citations.

    A citation belongs to the sentence it stands in. One that follows a full stop, with nothing or a new beginning behind
    it, belongs to the sentence before: "The number rose. [@klee2020] Later …".
    """
    groups = find_groups(text)
    spans = _with_trailing(text, groups, split(_masked(text, groups)))
    claims: list[Claim] = []
    at = 0
    for start, end in spans:
        inside: list[Group] = []
        while at < len(groups) and groups[at].start < end:
            inside.append(groups[at])
            at += 1
        words = _without(text, start, end, inside)
        if not words and claims:  # citations and nothing else
            last = claims[-1]
            claims[-1] = Claim(last.start, end, last.words, (*last.groups, *inside))
        elif words or inside:
            claims.append(Claim(start, end, words, tuple(inside)))
    return claims


def without_citations(text: str) -> str:
    """A paragraph as one reads it aloud."""
    groups = find_groups(text)
    return _without(text, 0, len(text), groups) if groups else text


def _masked(text: str, groups: Sequence[Group]) -> str:
    """The text with each group as one word without a full stop, so that no sentence ends inside of it."""
    pieces, at = [], 0
    for group in groups:
        pieces += [text[at : group.start], "[" + "X" * (group.end - group.start - 2) + "]"]
        at = group.end
    return "".join([*pieces, text[at:]])


def _with_trailing(text: str, groups: Sequence[Group], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences whose first thing is a citation of the sentence before give it back."""
    leading = {group.start: group.end for group in groups}
    moved: list[tuple[int, int]] = []
    for start, end in spans:
        at, cited = start, start
        while at in leading:
            cited = leading[at]
            at = _SPACE.match(text, cited).end()  # type: ignore[union-attr] # it matches nothing too
        if moved and at > start and (at >= end or not text[at].islower()):
            moved[-1] = (moved[-1][0], cited)
            start = at
        if start < end:
            moved.append((start, end))
    return moved


def _without(text: str, start: int, end: int, groups: Sequence[Group]) -> str:
    pieces, at = [], start
    for group in groups:
        pieces.append(text[at : group.start])
        at = group.end
    said = " ".join("".join([*pieces, text[at:end]]).split())
    for sign in _BEFORE_STOP:
        said = said.replace(f" {sign}", sign)
    return said.strip()
