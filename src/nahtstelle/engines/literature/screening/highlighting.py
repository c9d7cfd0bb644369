"""Which words of a record spoke for it, and which against: shown in the text, so that a ranking can be doubted."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse  # type: ignore[import-untyped] # it has no stubs

from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.features import Pool, count, rarity_of
from nahtstelle.engines.literature.screening.values import CannotScreen, Floats

_WORD = re.compile(r"\w\w+")


class Span(NamedTuple):
    """A word of a text, and how much it spoke for (above 0) or against (below 0) the record."""

    start: int
    end: int
    weight: float


class WordWeights:
    """The weight of single words under what a model has learnt (``Machine.direction``).

    Words stand for themselves only: of pairs and pieces, which count too, each word of the pool gets what they share with it.
    """

    def __init__(self, pool: Pool, direction: Floats) -> None:
        blocks = pool.blocks()
        names = [block.name for block in blocks]
        widths = [pool.counts[name].shape[1] for name in names]
        if len(direction) != sum(widths):
            raise CannotScreen("The model has learnt from other features than those of this pool.")
        parts = np.split(direction, np.cumsum(widths)[:-1])
        self._names = names
        self._weights = {
            block.name: part * rarity_of(pool.counts[block.name], block.least) * np.sqrt(block.share)
            for block, part in zip(blocks, parts, strict=True)
        }

    def of(self, words: Sequence[str], language: str) -> Floats:
        """What each word by itself adds to the score of a record that consisted of it."""
        alone = [Record(title=word) for word in words]
        counts = count(alone, [language] * len(words), self._names)
        total = np.zeros(len(words))
        for name, rows in counts.items():
            seen: sparse.csr_matrix = rows.copy()
            seen.data = np.ones_like(seen.data)
            width = np.sqrt(np.maximum(np.asarray(seen.sum(axis=1)).ravel(), 1))
            total += (seen @ self._weights[name]) / width
        return total

    def spans(self, text: str, *, language: str, most: int = 12, least: float = 0.1) -> list[Span]:
        """The words that weigh most, in the order of the text; none below ``least`` of the heaviest."""
        found = list(_WORD.finditer(text))
        distinct = sorted({match[0] for match in found})
        if not distinct:
            return []
        weight = dict(zip(distinct, self.of(distinct, language), strict=True))
        heaviest = sorted(distinct, key=lambda word: (-abs(weight[word]), word))[:most]
        limit = least * abs(weight[heaviest[0]])
        shown = {word for word in heaviest if abs(weight[word]) >= limit and weight[word]}
        return [Span(*match.span(), float(weight[match[0]])) for match in found if match[0] in shown]
