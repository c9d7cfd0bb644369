"""The stopping rule says what it promises: counted out exactly, and in simulated reviews."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.literature.screening.stopping import (
    Look,
    NoStatement,
    least_left,
    may_stop,
    most_left,
    recall_from_sample,
    sample_needed,
)


def chance_of_at_most(hits: int, unread: int, relevant: int, drawn: int) -> float:
    return sum(comb(relevant, k) * comb(unread - relevant, drawn - k) for k in range(hits + 1)) / comb(unread, drawn)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.data())
def test_bounds_are_those_of_trying_every_number(unread: int, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(0, unread))
    hits = data.draw(st.integers(0, drawn))
    possible = range(hits, unread - drawn + hits + 1)
    most = max(k for k in possible if k == hits or chance_of_at_most(hits, unread, k, drawn) > 0.05)
    least = min(
        k
        for k in possible
        if k == possible[-1] or 1 - (chance_of_at_most(hits - 1, unread, k, drawn) if hits else 0) > 0.05
    )
    look = Look(found=1, unread=unread, drawn=drawn, hits=hits)
    assert (most_left(look, error=0.05), least_left(look, error=0.05)) == (most - hits, least - hits)


@pytest.mark.parametrize("relevant", [0, 3, 20, 200])
def test_the_statement_holds_as_often_as_it_says(relevant: int) -> None:
    """Exactly, over every sample that can be drawn: the bound fails in 5 % of them or fewer, at the first look in 0.6 of it."""
    unread, drawn, found = 1000, 150, 80
    wrong = 0.0
    for hits in range(min(relevant, drawn) + 1):
        said = recall_from_sample(Look(found=found, unread=unread, drawn=drawn, hits=hits))
        probability = comb(relevant, hits) * comb(unread - relevant, drawn - hits) / comb(unread, drawn)
        if said.at_least > (found + hits) / (found + relevant) + 1e-12:
            wrong += probability
    assert wrong <= 0.05 * 6 / np.pi**2


def test_all_looks_of_a_review_together_hold() -> None:
    chance, reviews, held = np.random.default_rng(11), 400, 0
    for _ in range(reviews):
        unread = np.zeros(800, dtype=int)
        unread[: chance.integers(0, 40)] = 1
        found, total, fine = 60, 60 + int(unread.sum()), True
        for number in (1, 2, 3):
            drawn = chance.permutation(len(unread))[:100]
            hits = int(unread[drawn].sum())
            said = recall_from_sample(Look(found=found, unread=len(unread), drawn=100, hits=hits, number=number))
            found, unread = found + hits, np.delete(unread, drawn)
            fine = fine and said.at_least <= found / total + 1e-12
        held += fine
    assert held / reviews >= 0.95 - 2 * (0.95 * 0.05 / reviews) ** 0.5


def test_nothing_read_of_the_rest_says_nothing() -> None:
    assert recall_from_sample(Look(found=50, unread=1000, drawn=0, hits=0)).at_least < 0.06


def test_everything_read_says_everything() -> None:
    said = recall_from_sample(Look(found=50, unread=100, drawn=100, hits=3))
    assert (said.at_least, said.estimate, said.missing) == (1.0, 1.0, 0)


def test_a_later_look_says_less() -> None:
    first, third = (
        recall_from_sample(Look(found=50, unread=1000, drawn=200, hits=0, number=number)).at_least for number in (1, 3)
    )
    assert third < first


def test_the_sample_needed_is_the_smallest_that_may_stop() -> None:
    needed = sample_needed(found=90, unread=4000)
    assert may_stop(Look(found=90, unread=4000, drawn=needed, hits=0))
    assert not may_stop(Look(found=90, unread=4000, drawn=needed - 1, hits=0))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"found": -1, "unread": 5, "drawn": 1, "hits": 0}, "cannot be negative"),
        ({"found": 1, "unread": 5, "drawn": 6, "hits": 0}, "6 records cannot be drawn from 5"),
        ({"found": 1, "unread": 5, "drawn": 2, "hits": 3}, "3 of 2 records drawn cannot be relevant"),
    ],
)
def test_counts_without_sense_are_refused(counts: dict[str, int], sentence: str) -> None:
    with pytest.raises(NoStatement, match=sentence):
        Look(**counts)
