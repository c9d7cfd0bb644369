"""The machine against LIBLINEAR, which solves the same problem in another way, and against itself from nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.svm import LinearSVC

from nahtstelle.engines.literature.screening.features import Pool
from nahtstelle.engines.literature.screening.machine import Machine, Rehearsal, costs
from nahtstelle.engines.literature.screening.values import CannotScreen, Space
from tests.benchmarks.elas import elas_matrix, elas_scores, plain
from tests.engines.literature.screening.making import pool


def slow_points(space: Space) -> np.ndarray:
    return (space.rows.toarray() - space.middles[space.language]) / space.length[:, None]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    cost=st.sampled_from([0.05, 0.3, 2.0]),
    ratio=st.sampled_from([3.0, 30.0]),
    size=st.integers(4, 40),
)
def test_scores_are_those_of_liblinear(seed: int, cost: float, ratio: float, size: int) -> None:
    chance = np.random.default_rng(seed)
    rows = sparse.csr_matrix(np.abs(chance.standard_normal((60, 12))) / 3)
    chosen = chance.permutation(60)[:size].astype(np.int64)
    labels = (chance.random(size) < 0.3).astype(np.int64)
    labels[0], labels[1] = 1, 0
    twin = LinearSVC(loss="squared_hinge", C=1.0, tol=1e-8, max_iter=100_000)
    twin.fit(rows[chosen], labels, sample_weight=costs(labels, cost=cost, ratio=ratio))
    ours = Machine(plain(rows), cost=cost, ratio=ratio).learn(chosen, labels)
    assert ours == pytest.approx(twin.decision_function(rows), abs=5e-3)


def test_the_peer_solved_by_our_solver_is_the_peer() -> None:
    records, labels = pool()
    rows = elas_matrix(records)
    chosen = np.concatenate([np.flatnonzero(labels == 1)[:4], np.flatnonzero(labels == 0)[:25]])
    ours = Rehearsal(plain(rows), cost=0.11, ratio=9.8).learn(chosen, labels[chosen])
    assert ours == pytest.approx(elas_scores(rows, chosen, labels[chosen]), abs=5e-3)


def test_a_label_more_gives_what_learning_from_nothing_gives() -> None:
    records, labels = pool(80)
    space = Pool.of(records, languages=["en"] * 80).space()
    kept = Machine(space, cost=0.3, ratio=30)
    order = np.random.default_rng(2).permutation(80)
    for size in range(20, 60, 7):
        chosen = order[:size]
        fresh = Machine(space, cost=0.3, ratio=30).learn(chosen, labels[chosen])
        assert kept.learn(chosen, labels[chosen]) == pytest.approx(fresh, abs=2e-3)


def test_a_label_taken_back_is_forgotten() -> None:
    records, labels = pool(60)
    space = Pool.of(records, languages=["en"] * 60).space()
    kept = Machine(space, cost=0.3, ratio=30)
    chosen = np.arange(30)
    kept.learn(chosen, labels[chosen])
    without = np.delete(chosen, 10)
    fresh = Machine(space, cost=0.3, ratio=30).learn(without, labels[without])
    assert kept.learn(without, labels[without]) == pytest.approx(fresh, abs=2e-3)


def test_a_rehearsal_scores_as_the_machine() -> None:
    records, labels = pool(90, german=0.5)
    space = Pool.of(records, languages=[record.language for record in records]).space()
    chosen = np.arange(40)
    assert Rehearsal(space, cost=0.3, ratio=30).learn(chosen, labels[chosen]) == pytest.approx(
        Machine(space, cost=0.3, ratio=30).learn(chosen, labels[chosen]), abs=5e-3
    )


def test_likeness_and_directions_are_those_of_the_points_written_out() -> None:
    records, _ = pool(40, german=0.5)
    space = Pool.of(records, languages=[record.language for record in records]).space()
    used = np.unique(space.rows.indices)
    points = slow_points(
        Space(rows=space.rows[:, used], middles=space.middles[:, used], language=space.language, length=space.length)
    )
    one, other = np.arange(10), np.arange(5, 40)
    assert space.likeness(one, other) == pytest.approx(points[one] @ points[other].T, abs=1e-4)
    assert np.linalg.norm(points, axis=1) == pytest.approx(np.ones(40), abs=1e-3)
    weights = np.linspace(-1, 1, 10)
    direction = space.combined(one, weights)
    assert direction[used] == pytest.approx(weights @ points[one], abs=1e-4)
    assert space.along(direction) == pytest.approx(points @ (weights @ points[one]), abs=1e-3)


def test_answers_of_one_kind_only_are_refused_with_a_sentence() -> None:
    with pytest.raises(CannotScreen, match="at least one record must be marked as relevant and one as irrelevant"):
        costs(np.ones(4, dtype=np.int64), cost=1, ratio=1)
