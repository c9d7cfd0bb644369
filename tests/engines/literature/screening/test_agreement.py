"""Agreement between two screeners, beside scikit-learn's kappa."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from nahtstelle.engines.literature.screening.agreement import NothingToCompare, agreement

ANSWERS = ("include", "exclude", "maybe")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ANSWERS), st.sampled_from(ANSWERS)), min_size=2, max_size=60))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    first, second = zip(*pairs, strict=True)
    ours = agreement(first, second, rounds=10)
    if len({*first, *second}) == 1:
        assert ours.kappa.value is None
    else:
        assert ours.kappa.value == pytest.approx(cohen_kappa_score(first, second))
    assert ours.percent.value == pytest.approx(np.mean([a == b for a, b in pairs]))


def test_pabak_of_two_answers_is_twice_the_share_less_one() -> None:
    ours = agreement([1, 1, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0])
    assert (ours.percent.value, ours.pabak.value) == (7 / 8, 0.75)


def test_intervals_hold_the_value_and_are_the_same_for_the_same_seed() -> None:
    chance = np.random.default_rng(1)
    first = chance.integers(0, 2, 200).tolist()
    second = [answer if chance.random() < 0.8 else 1 - answer for answer in first]
    one, other = agreement(first, second, seed=3), agreement(first, second, seed=3)
    assert one == other
    for measured in (one.percent, one.kappa, one.pabak):
        assert measured.low < measured.value < measured.high


def test_intervals_are_those_of_drawing_the_records_one_by_one() -> None:
    chance = np.random.default_rng(2)
    first = (chance.random(150) < 0.3).astype(int)
    second = np.where(chance.random(150) < 0.85, first, 1 - first)
    drawn = [chance.integers(0, 150, 150) for _ in range(2000)]
    slow = np.quantile([cohen_kappa_score(first[at], second[at]) for at in drawn[:600]], [0.025, 0.975])
    ours = agreement(first.tolist(), second.tolist()).kappa
    assert (ours.low, ours.high) == pytest.approx(tuple(slow), abs=0.04)


def test_the_table_counts_the_conflicts() -> None:
    ours = agreement(["in", "in", "out"], ["in", "out", "out"])
    assert (ours.answers, ours.table) == (("in", "out"), ((1, 1), (0, 1)))


@pytest.mark.parametrize(("first", "second"), [([], []), ([1], [1, 0])])
def test_nothing_in_common_is_refused(first: list[int], second: list[int]) -> None:
    with pytest.raises(NothingToCompare):
        agreement(first, second)
