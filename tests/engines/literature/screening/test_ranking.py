"""Rankings: sensible, the same again from the log, and never waited for."""

import numpy as np
import pytest

from nahtstelle.engines.literature.screening.features import Pool
from nahtstelle.engines.literature.screening.ranking import (
    Label,
    Ranking,
    Suggestions,
    Trainer,
    features_named,
    for_simulation,
    model_named,
    rank,
    replay,
    shuffled,
)
from nahtstelle.engines.literature.screening.simulating import measures, simulate
from nahtstelle.engines.literature.screening.values import CannotScreen
from tests.engines.literature.screening.making import pool


@pytest.fixture(scope="module")
def english():
    records, labels = pool()
    return Pool.of(records).space(), labels


def log_of(labels: np.ndarray, count: int) -> list[Label]:
    first = [int(np.flatnonzero(labels == 1)[0]), int(np.flatnonzero(labels == 0)[0])]
    rest = [place for place in range(len(labels)) if place not in first]
    return [Label(place, bool(labels[place])) for place in [*first, *rest][:count]]


def test_two_labels_bring_the_topic_to_the_top(english):
    space, labels = english
    order = rank(space, log_of(labels, 2), seed=1).order
    wanted = int(labels.sum())
    assert labels[order[:wanted]].mean() > 0.9


def test_half_a_pool_in_german_is_found_from_an_english_label():
    records, labels = pool(200, german=0.5)
    assert set(Pool.of(records).languages) == {"de", "en"}
    languages = np.array([record.language for record in records])
    space = Pool.of(records).space()
    begin = [int(np.flatnonzero((labels == label) & (languages == "en"))[0]) for label in (1, 0)]
    order = rank(space, [Label(place, bool(labels[place])) for place in begin], seed=1).order
    german = [place for place in order if languages[place] == "de"]
    wanted = int(labels[languages == "de"].sum())
    assert labels[german[:wanted]].mean() > 0.8


def test_before_both_answers_were_given_the_order_is_chance_of_the_seed(english):
    space, labels = english
    ranking = rank(space, log_of(labels, 1), seed=7)
    assert ranking.model == "chance"
    assert ranking.order.tolist() == shuffled(space.size, seed=7).order.tolist()
    assert ranking.order.tolist() != shuffled(space.size, seed=8).order.tolist()


def test_the_log_alone_gives_every_ranking_again(english):
    space, labels = english
    log, after = log_of(labels, 40), [1, 2, 5, 6, 20, 40]
    trainer = Trainer(space, seed=3)
    seen = [trainer.train(log[:count]) for count in after]
    again = replay(space, log, seed=3, trained_after=after)
    assert [ranking.order.tolist() for ranking in again] == [ranking.order.tolist() for ranking in seen]
    assert [ranking.after for ranking in again] == after


def test_a_pool_kept_on_disk_ranks_as_the_one_it_was_packed_from():
    records, labels = pool(60, german=0.5)
    fresh = Pool.of(records)
    kept = Pool.unpack(fresh.pack())
    log = log_of(labels, 9)
    assert kept.languages == fresh.languages
    assert rank(kept.space(), log, seed=1).order.tolist() == rank(fresh.space(), log, seed=1).order.tolist()


def test_records_added_later_count_as_if_they_had_been_there():
    records, labels = pool(60)
    whole = Pool.of(records, languages=["en"] * 60)
    grown = Pool.of(records[:25], languages=["en"] * 25)
    grown.add(records[25:], languages=["en"] * 35)
    log = log_of(labels, 9)
    assert rank(grown.space(), log, seed=1).order.tolist() == rank(whole.space(), log, seed=1).order.tolist()


def test_a_pool_that_grows_large_goes_on_without_the_pieces_of_words(monkeypatch):
    records, labels = pool(60)
    monkeypatch.setattr("nahtstelle.engines.literature.screening.features.MANY", 50)
    grown = Pool.of(records[:40], languages=["en"] * 40)
    assert "pieces" in {block.name for block in grown.blocks()}
    grown.add(records[40:], languages=["en"] * 20)
    assert "pieces" not in {block.name for block in grown.blocks()} | set(grown.counts)
    wanted = int(labels.sum())
    assert labels[rank(grown.space(), log_of(labels, 2), seed=1).order[:wanted]].mean() > 0.8


def test_the_later_of_two_judgements_holds(english):
    space, labels = english
    log = log_of(labels, 12)
    wrong = [Label(log[4].record, not log[4].relevant), *log]
    assert set(rank(space, wrong, seed=1).order[:5]) == set(rank(space, log, seed=1).order[:5])


def test_a_label_outside_the_pool_is_refused(english):
    with pytest.raises(CannotScreen, match="not in the pool"):
        rank(english[0], [Label(0, True), Label(10_000, False)], seed=1)


def test_unknown_names_are_refused_with_those_that_are_known():
    with pytest.raises(CannotScreen, match="there are: machine"):
        model_named("oracle")
    with pytest.raises(CannotScreen, match="there are: words-and-bridges"):
        features_named("dreams")


def test_suggestions_pass_over_what_is_judged_or_held():
    suggestions = Suggestions(Ranking(order=np.array([3, 1, 0, 2]), after=0))
    assert suggestions.next() == 3
    suggestions.judge(3, relevant=True)
    assert suggestions.next(held=frozenset({1})) == 0
    assert suggestions.next() == 1
    for record in (0, 1, 2):
        suggestions.judge(record, relevant=False)
    assert suggestions.next() is None


def test_suggestions_go_on_from_the_old_ranking_until_a_newer_comes():
    suggestions = Suggestions(Ranking(order=np.array([0, 1, 2, 3]), after=0))
    suggestions.judge(0, relevant=True)
    snapshot = suggestions.snapshot()
    suggestions.judge(1, relevant=False)  # while somebody trains on the snapshot
    assert suggestions.next() == 2
    assert suggestions.take(Ranking(order=np.array([0, 1, 3, 2]), after=len(snapshot)))
    assert suggestions.next() == 3


def test_a_ranking_that_knows_less_replaces_none_that_knows_more():
    suggestions = Suggestions(Ranking(order=np.array([0, 1]), after=5))
    assert not suggestions.take(Ranking(order=np.array([1, 0]), after=4))
    assert suggestions.next() == 0


def test_a_long_row_of_judged_records_is_passed_once():
    size = 50_000
    suggestions = Suggestions(shuffled(size, seed=1))
    for _ in range(3000):
        suggestions.judge(suggestions.next() or 0, relevant=False)
    assert suggestions.ranking.order[suggestions._from] in {label.record for label in suggestions.log[-1:]}


def test_a_simulation_finds_everything_and_is_the_same_again(english):
    space, labels = english
    one, other = (simulate(for_simulation("machine", space), labels, seed=4) for _ in range(2))
    assert one.order.tolist() == other.order.tolist()
    assert sorted([*one.order.tolist(), *one.priors]) == list(range(len(labels)))
    assert one.loss < 0.05
    assert one.seconds == 0.0  # no clock was passed


def test_measures_are_those_counted_by_hand():
    best, worst = measures([1, 1, 0, 0, 0, 0, 0, 0, 0, 0]), measures([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    assert (best["loss"], worst["loss"]) == (0.0, 1.0)
    assert (best["wss95"], best["recall10"], best["atd"]) == (pytest.approx(0.75), 0.5, pytest.approx(0.15))
    assert worst["found"].tolist() == [0] * 8 + [1, 2]


def test_a_pool_without_two_relevant_records_cannot_be_simulated(english):
    space, labels = english
    alone = np.zeros_like(labels)
    alone[3] = 1
    with pytest.raises(CannotScreen, match="at least two relevant records"):
        simulate(for_simulation("machine", space), alone, seed=1)
