"""What the parts of the screening engine hand each other."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped] # it has no stubs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class CannotScreen(ValueError):
    """Something is missing without which nothing can be ranked; the message says what, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Records as points: a row of ``rows`` each, seen from the middle of its own language, at distance 1.

    The point of record i is ``(rows[i] - middles[language[i]]) / length[i]``; kept apart, so that ``rows`` stays sparse.
    A language differs from another in nearly every word. Seen from one middle for all, that difference outweighs what the
    texts are about; seen from the middle of its language, a record is what sets it apart from its neighbours.
    """

    rows: csr_matrix
    middles: NDArray[np.float32]  # a row for each language
    language: Ints
    length: NDArray[np.float32]

    @property
    def size(self) -> int:
        return int(self.rows.shape[0])

    def likeness(self, one: Ints, other: Ints) -> Floats:
        """The inner products of some points with some others."""
        left, right = self.rows[one], self.rows[other]
        a, b = self.language[one], self.language[other]
        product = np.asarray((left @ right.T).todense(), dtype=np.float64)
        product -= np.asarray(left @ self.middles.T, dtype=np.float64)[:, b]
        product -= np.asarray(right @ self.middles.T, dtype=np.float64)[:, a].T
        product += (self.middles @ self.middles.T).astype(np.float64)[np.ix_(a, b)]
        return product / self.length[one][:, None].astype(np.float64) / self.length[other][None, :].astype(np.float64)

    def combined(self, chosen: Ints, weights: Floats) -> Floats:
        """The sum of the chosen points, each with its weight: a direction of the space."""
        parts = weights / self.length[chosen]
        direction = np.asarray(self.rows[chosen].T @ parts, dtype=np.float64).ravel()
        for code in np.unique(self.language[chosen]):
            direction -= parts[self.language[chosen] == code].sum() * self.middles[code]
        return direction

    def along(self, direction: Floats) -> Floats:
        """How far each point lies in a direction."""
        bent = direction.astype(np.float32)
        return np.asarray((self.rows @ bent - (self.middles @ bent)[self.language]) / self.length, dtype=np.float64)


class Model(Protocol):
    """Learns from the labels of some records and scores all. ``learn`` may be called again with more labels."""

    def learn(self, chosen: Ints, labels: Ints) -> Floats: ...
