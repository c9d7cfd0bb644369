"""The linear machine that learns what is relevant: a support vector machine with squared hinge, solved from where it stood.

Minimised is ½|w|² + Σ cᵢ max(0, 1 - yᵢ(w·xᵢ + b))² with the intercept b as one more weight (as LIBLINEAR's L2-loss
machine does). Solved in the labelled records (dual), it needs their mutual likeness only: a label more is a row more, and
the last solution is nearly the next one. Steps of Newton over those within the margin, each by conjugate gradients.
"""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from nahtstelle.engines.literature.screening.values import CannotScreen, Floats, Ints, Space

RELEVANT, IRRELEVANT = 1, 0
_STEPS, _TURNS, _CLOSE = 30, 100, 1e-4
_ROOM = 64
_AT_ONCE = 500  # records compared with all others at a time


def solve(kernel: NDArray[Any], labels: Ints, cost: Floats, start: Floats, *, close: float = _CLOSE) -> Floats:
    """The weight of each labelled record: positive for relevant ones, 0 for those beyond the margin.

    ``kernel``: the likeness of the labelled records, and 1 more for the intercept.
    """
    wanted = np.where(labels == RELEVANT, 1.0, -1.0)
    ridge = 1 / (2 * cost)
    inside = np.ones(len(labels), dtype=bool)
    weights = start
    for _ in range(_STEPS):
        weights, output = _conjugate(kernel, ridge, wanted, weights, inside, close)
        now = wanted * output < 1
        if (now == inside).all() or not now.any():
            break
        inside = now
    return weights


def _conjugate(
    kernel: NDArray[Any], ridge: Floats, wanted: Floats, start: Floats, inside: NDArray[np.bool_], close: float
) -> tuple[Floats, Floats]:
    """(kernel + ridge) x = wanted among those inside, by conjugate gradients from ``start``; and kernel x for all."""

    def times(x: Floats) -> Floats:
        return np.asarray(kernel @ x.astype(kernel.dtype), dtype=np.float64)

    x = np.where(inside, start, 0.0)
    output = times(x)
    rest = np.where(inside, wanted - output - ridge * x, 0.0)
    scale = 1 / (kernel.diagonal() + ridge)
    bent = scale * rest
    step, norm = bent.copy(), rest @ bent
    for _ in range(_TURNS):
        if np.abs(rest).max(initial=0) < close:
            break
        spread = times(step)
        moved = np.where(inside, spread + ridge * step, 0.0)
        size = norm / (step @ moved)
        x += size * step
        output += size * spread
        rest -= size * moved
        bent = scale * rest
        norm, before = rest @ bent, norm
        step = bent + (norm / before) * step
    return x, output


def costs(labels: Ints, *, cost: float, ratio: float) -> Floats:
    """What a mistake costs: all irrelevant records together a ``ratio``-th of all relevant ones; ``cost`` on average."""
    relevant = int((labels == RELEVANT).sum())
    if not 0 < relevant < len(labels):
        raise CannotScreen("To rank, at least one record must be marked as relevant and one as irrelevant.")
    each = np.where(labels == RELEVANT, 1.0, relevant / (ratio * (len(labels) - relevant)))
    return np.asarray(cost * each * len(labels) / each.sum(), dtype=np.float64)


class Machine:
    """Our model: remembers the likeness of what is labelled and the last solution, whatever is asked next."""

    precision: DTypeLike = np.float64
    close = _CLOSE

    def __init__(self, space: Space, *, cost: float, ratio: float) -> None:
        self._space, self._cost, self._ratio = space, cost, ratio
        self._forget()

    def _forget(self) -> None:
        self._chosen = np.zeros(0, dtype=np.int64)
        self._room = np.zeros((_ROOM, _ROOM), dtype=self.precision)  # more than is used, so that it grows seldom
        self._weights = np.zeros(0)

    def learn(self, chosen: Ints, labels: Ints) -> Floats:
        """The scores of all records after these labels."""
        self.fit(chosen, labels)
        return np.asarray(self._space.along(self.direction()) + self._weights.sum(), dtype=np.float64)

    def fit(self, chosen: Ints, labels: Ints) -> None:
        cost = costs(labels, cost=self._cost, ratio=self._ratio)
        if not np.array_equal(chosen[: len(self._chosen)], self._chosen):  # another log: begin anew
            self._forget()
        known, size = len(self._chosen), len(chosen)
        if size > known:
            self._make_room(size)
            beside = self._beside(chosen[known:], chosen) + 1  # the intercept
            self._room[known:size, :size] = beside
            self._room[:size, known:size] = beside.T
        start = np.concatenate([self._weights, np.zeros(size - known)])
        self._weights = solve(self._room[:size, :size], labels, cost, start, close=self.close)
        self._chosen = chosen.copy()

    def _make_room(self, size: int) -> None:
        have = len(self._room)
        if size > have:
            room = np.zeros((max(size, 2 * have),) * 2, dtype=self.precision)
            room[:have, :have] = self._room
            self._room = room

    def _beside(self, fresh: Ints, chosen: Ints) -> NDArray[Any]:
        return self._space.likeness(fresh, chosen)

    def direction(self) -> Floats:
        """What speaks for (positive) and against (negative) a record, feature by feature."""
        return self._space.combined(self._chosen, self._weights)


class Rehearsal(Machine):
    """The same machine for simulations, which ask thousands of times: the likeness of all records is worked out first.

    In half the precision and less close to the solution; where scores are that near, which comes first is chance anyway.
    """

    precision = np.float32
    close = 1e-3

    def __init__(self, space: Space, *, cost: float, ratio: float) -> None:
        super().__init__(space, cost=cost, ratio=ratio)
        self._all = np.zeros((space.size, space.size), dtype=np.float32)
        everyone = np.arange(space.size, dtype=np.int64)
        for start in range(0, space.size, _AT_ONCE):
            part = everyone[start : start + _AT_ONCE]
            self._all[part] = space.likeness(part, everyone)

    def learn(self, chosen: Ints, labels: Ints) -> Floats:
        self.fit(chosen, labels)
        bearing = np.flatnonzero(self._weights)
        weights = self._weights[bearing].astype(np.float32)
        return np.asarray(weights @ self._all[chosen[bearing]] + self._weights.sum(), dtype=np.float64)

    def _beside(self, fresh: Ints, chosen: Ints) -> NDArray[Any]:
        return self._all[np.ix_(fresh, chosen)]
