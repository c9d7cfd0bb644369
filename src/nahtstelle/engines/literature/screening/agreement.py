"""Do two screeners agree? Percent, Cohen's kappa and PABAK, with intervals from a bootstrap of the records."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
ROUNDS = 2000


class NothingToCompare(ValueError):
    """Two screeners without a record both have judged."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure and its interval. ``value`` is None where it is not defined: kappa, if all answers are the same."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """``table[i][j]``: how many records the first judged ``answers[i]`` and the second ``answers[j]``."""

    records: int
    answers: tuple[Hashable, ...]
    table: tuple[tuple[int, ...], ...]
    percent: Measured
    kappa: Measured
    pabak: Measured


def agreement(
    first: Sequence[Hashable], second: Sequence[Hashable], *, seed: int = 0, rounds: int = ROUNDS, level: float = LEVEL
) -> Agreement:
    """How far two people agree who judged the same records, in the same order.

    Kappa is what goes beyond chance, but falls where one answer is rare, as inclusion is; PABAK (Byrt 1993) is kappa for
    answers equally frequent. Both stand beside the plain share, and none replaces looking at the conflicts.
    """
    if len(first) != len(second):
        raise NothingToCompare("Both screeners need an answer for each of the records.")
    if not first:
        raise NothingToCompare("There is no record that both have judged.")
    answers = tuple(sorted({*first, *second}, key=str))
    place = {answer: index for index, answer in enumerate(answers)}
    size = len(answers)
    cells = np.array([place[a] * size + place[b] for a, b in zip(first, second, strict=True)])
    counts = np.bincount(cells, minlength=size * size)
    drawn = np.random.default_rng(seed).multinomial(len(first), counts / len(first), size=rounds)  # = drawing records
    tables = drawn.reshape(rounds, size, size)
    table = counts.reshape(size, size)
    return Agreement(
        records=len(first),
        answers=answers,
        table=tuple(tuple(int(cell) for cell in row) for row in table),
        percent=_measured(_percent(table[None]), _percent(tables), level),
        kappa=_measured(_kappa(table[None]), _kappa(tables), level),
        pabak=_measured(_pabak(table[None]), _pabak(tables), level),
    )


def _percent(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    same = np.trace(tables, axis1=1, axis2=2)
    return np.asarray(same / tables.sum(axis=(1, 2)), dtype=np.float64)


def _kappa(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    """Not a number where both gave one and the same answer to everything."""
    total = tables.sum(axis=(1, 2))
    chance = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1) / total**2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(chance < 1, (_percent(tables) - chance) / (1 - chance), np.nan), dtype=np.float64)


def _pabak(tables: NDArray[np.int64]) -> NDArray[np.float64]:
    answers = max(2, tables.shape[1])
    return np.asarray((answers * _percent(tables) - 1) / (answers - 1), dtype=np.float64)


def _measured(value: NDArray[np.float64], drawn: NDArray[np.float64], level: float) -> Measured:
    if np.isnan(value[0]):
        return Measured(None)
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Measured(float(value[0]), float(low), float(high))
