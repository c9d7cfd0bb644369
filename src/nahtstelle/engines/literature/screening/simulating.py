"""A review that was done, done again: how soon would the ranking have found what was included?"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from nahtstelle.engines.literature.screening.ranking import order_of
from nahtstelle.engines.literature.screening.values import CannotScreen, Ints, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The order in which records would have been read, the priors left out, and what follows from it.

    ``loss``: 0 if everything relevant came first, .5 by chance, 1 if last. ``wss95``: work saved over chance when 95 % were
    found. ``recall10``: found when a tenth was read. ``atd``: the mean share read when a relevant record was found.
    ``seconds``: for one retraining, on average, by the clock that was passed in.
    """

    seed: int
    priors: tuple[int, int]
    order: Ints
    found: Ints  # after each step, how many
    loss: float
    wss95: float
    recall10: float
    atd: float
    seconds: float
    trainings: int


def priors(labels: Ints, *, seed: int) -> tuple[int, int]:
    """One relevant and one irrelevant record, chosen by the seed."""
    relevant, irrelevant = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    if len(relevant) < 2 or not len(irrelevant):
        raise CannotScreen("A simulation needs at least two relevant records and an irrelevant one.")
    chance = np.random.default_rng(seed)
    return int(chance.choice(relevant)), int(chance.choice(irrelevant))


def simulate(
    model: Model, labels: Ints, *, seed: int, step: int = 1, clock: Callable[[], float] = lambda: 0.0
) -> Simulation:
    """Read ``step`` records at a time, best first. When all relevant ones are found, the rest follows as it is ranked."""
    first = priors(labels, seed=seed)
    seen = np.zeros(len(labels), dtype=bool)
    seen[list(first)] = True
    chosen, order = list(first), list[int]()
    left, spent, trainings = int(labels.sum()) - 1, 0.0, 0
    while True:
        start = clock()
        at = np.array(chosen, dtype=np.int64)
        ranked = order_of(model.learn(at, labels[at]))
        spent, trainings = spent + clock() - start, trainings + 1
        unread = ranked[~seen[ranked]]
        if not left:
            order += unread.tolist()
            break
        batch = unread[:step]
        seen[batch] = True
        chosen += batch.tolist()
        order += batch.tolist()
        left -= int(labels[batch].sum())
    read = np.array(order, dtype=np.int64)
    return Simulation(
        seed=seed, priors=first, order=read, seconds=spent / trainings, trainings=trainings, **measures(labels[read])
    )


class Measures(TypedDict):
    found: Ints
    loss: float
    wss95: float
    recall10: float
    atd: float


def measures(found_at: Ints | Sequence[int]) -> Measures:
    """The figures of an order, given as 1 and 0 for relevant and not, in the order of reading."""
    hits = np.asarray(found_at, dtype=np.int64)
    size, relevant = len(hits), int(hits.sum())
    if not relevant:
        raise CannotScreen("Without a relevant record there is nothing to measure.")
    places = np.flatnonzero(hits) + 1
    curve = np.cumsum(hits)
    rest = size - relevant
    loss = (relevant * (size - (relevant - 1) / 2) - int(curve.sum())) / (relevant * rest) if rest else 0.0
    return {
        "found": curve,
        "loss": float(loss),
        "wss95": float(1 - places[math.ceil(0.95 * relevant) - 1] / size - 0.05),
        "recall10": float((places <= math.ceil(0.1 * size)).mean()),
        "atd": float((places / size).mean()),
    }
