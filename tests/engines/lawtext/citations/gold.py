"""Texts with gold spans of citations, and how well found spans agree with them."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Statutes, ordinances, norms of the Union, administrative rules, treaties.
NORMS = ("GS", "VO", "EUN", "VS", "VT")
Span = tuple[int, int]


@dataclass(frozen=True)
class Sentence:
    """A sentence, its tokens joined by single spaces, with every gold span of a norm."""

    text: str
    norms: tuple[Span, ...]

    @property
    def citations(self) -> list[Span]:
        """The gold spans that begin with a sign; the others name a law without a provision."""
        return [(start, end) for start, end in self.norms if self.text[start:end].startswith(("§", "Art"))]


@dataclass(frozen=True)
class Scores:
    """How well found spans agree with gold ones.

    Overlap: a found span touches any gold norm, a gold citation is touched by a found span. Exact: the same span.
    """

    gold: int
    found: int
    overlap_precision: float
    overlap_recall: float
    exact: int

    @property
    def overlap_f1(self) -> float:
        both = self.overlap_precision + self.overlap_recall
        return 2 * self.overlap_precision * self.overlap_recall / both if both else 0.0

    @property
    def exact_f1(self) -> float:
        return 2 * self.exact / (self.gold + self.found)


def f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed)


def read_entities(file: Path) -> list[Sentence]:
    """The sentences of a file with one token and its IOB2 tag a line."""
    sentences, tokens = [], []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            token, _, tag = line.rstrip("\n").rpartition(" ")
            if token:
                tokens.append((token, tag))
            elif tokens:
                sentences.append(_joined(tokens))
                tokens = []
    return [*sentences, _joined(tokens)] if tokens else sentences


def _joined(tokens: list[tuple[str, str]]) -> Sentence:
    text, spans, within = "", [], False
    for token, tag in tokens:
        start = len(text) + bool(text)
        text = f"{text} {token}" if text else token
        begins = tag.startswith("B-")
        if begins and tag[2:] in NORMS:
            spans.append([start, len(text)])
            within = True
        elif tag.startswith("I-") and within:
            spans[-1][1] = len(text)
        else:
            within = False
    return Sentence(text, tuple((start, end) for start, end in spans))


def scores(sentences: list[Sentence], find: Callable[[str], set[Span]]) -> Scores:
    found = gold = hits = reached = exact = 0
    for sentence in sentences:
        spans = find(sentence.text)
        found, gold = found + len(spans), gold + len(sentence.citations)
        hits += sum(any(_touch(span, norm) for norm in sentence.norms) for span in spans)
        reached += sum(any(_touch(span, norm) for span in spans) for norm in sentence.citations)
        exact += sum(norm in spans for norm in sentence.citations)
    return Scores(gold, found, hits / found if found else 0.0, reached / gold, exact)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
