"""Rankings: learnt beside the screening, kept packed, made again from the log."""

from dataclasses import replace

import numpy as np
import pytest

from nahtstelle.engines.literature.screening.ranking import shuffled
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import labels, ranking
from nahtstelle.rooms.library.learning import Line, labels_of, log_of
from nahtstelle.rooms.library.models import PackedPool, Ranking, Review, Stage
from nahtstelle.rooms.library.queries.agreement import agreements
from nahtstelle.rooms.library.queries.screening import order_of, unpacked
from nahtstelle.rooms.library.replaying import replay
from tests.rooms.library import stock
from tests.rooms.library.screening import Room, room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BY = system("tests")


@pytest.fixture(autouse=True)
def _anew() -> None:
    ranking.forget_learners()


@pytest.fixture
def single(emre: Account, tariq: Account) -> Room:
    made = room(judges=1, works=30)
    stock.team_of(made.review, lead=emre, screener=tariq)
    return made


def ranked(made: Room) -> int:
    return ranking.rank_due(by=BY, at=made.later())


def test_nothing_is_ranked_before_both_answers_are_known(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include")
    assert ranked(single) == 0
    single.says(emre, 1, "exclude")
    assert ranked(single) == 1


def test_what_resembles_the_included_comes_next(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include")
    single.says(emre, 1, "exclude")
    single.says(emre, 2, "exclude")
    ranked(single)
    assert single.offered(emre) % 3 == 0  # every third is about work


def test_many_decisions_want_one_training(single: Room, emre: Account) -> None:
    for place in range(9):
        single.says(emre, place, "include" if place % 3 == 0 else "exclude")
    assert (ranked(single), ranked(single), Ranking.objects.get().after) == (1, 0, 9)


def test_only_the_newest_order_is_kept_and_all_digests(single: Room, emre: Account) -> None:
    for place in range(6):
        single.says(emre, place, "include" if place % 3 == 0 else "exclude")
        ranked(single)
    kept = [bool(one.order) for one in Ranking.objects.order_by("pk")]
    assert (kept, all(one.digest for one in Ranking.objects.all())) == ([False] * (len(kept) - 1) + [True], True)


def test_every_ranking_is_made_again_from_the_log(single: Room, emre: Account) -> None:
    for place in range(12):
        single.says(emre, place, "include" if place % 3 == 0 else "exclude")
        if place == 6:
            ranking.forget_learners()  # the worker was started anew
        if place == 8:
            stock.pool(single.review, "31. Arbeit und Lohn: Wer Arbeit hat", "32. Wetter: Schnee fällt")
        ranked(single)
    single.says(emre, 0, "exclude")  # somebody thinks again
    ranked(single)
    compared = list(replay(single.review))
    assert (len(compared) > 8, [one.same for one in compared]) == (True, [True] * len(compared))


def test_a_log_that_was_tampered_with_is_found(single: Room, emre: Account) -> None:
    for place in range(6):
        single.says(emre, place, "include" if place % 3 == 0 else "exclude")
    ranked(single)
    single.review.decisions.filter(number=2).update(verdict="include")
    assert [one.same for one in replay(single.review)] == [False]


def test_a_pool_is_packed_once_and_again_when_it_grows(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include")
    single.says(emre, 1, "exclude")
    ranked(single)
    ranking.forget_learners()
    single.says(emre, 3, "include")
    ranked(single)
    assert PackedPool.objects.count() == 1
    stock.pool(single.review, "Neu: Arbeit")
    ranked(single)
    assert (PackedPool.objects.count(), Ranking.objects.first().size) == (2, 31)


def test_words_changed_since_are_counted_anew_after_a_while(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include")
    single.says(emre, 1, "exclude")
    ranked(single)
    work = single.items[1].work
    single.at += 2 * ranking.TEXTS_AGAIN
    work.abstract, work.changed_at = "Ganz andere Wörter", single.at
    work.save()
    single.says(emre, 2, "exclude")
    ranked(single)
    assert (PackedPool.objects.count(), [one.same for one in replay(single.review)]) == (2, [True, True])


def test_single_answers_teach_the_model_nothing(emre: Account, tariq: Account) -> None:
    made = room(judges=2, works=9)
    stock.team_of(made.review, lead=emre, screener=tariq)
    for place in range(6):
        made.says(emre, place, "include" if place % 3 == 0 else "exclude")
    assert ranked(made) == 0
    for place in range(3):
        made.says(tariq, place, "include" if place % 3 == 0 else "exclude")
    assert ranked(made) == 1
    assert {label.record - 2 for label in labels_of(log_of(made.review, Stage.TITLE), with_words=False)} == {0, 1, 2}


def test_known_works_begin_the_ranking_and_stay_to_be_judged(single: Room, emre: Account) -> None:
    told = [labels.Told(0, "include"), labels.Told(1, "exclude")]
    labels.give_labels(review=single.review, labels=told, own=False, by=emre.actor, at=single.later())
    assert ranked(single) == 1
    assert (single.offered(emre) % 3, single.outcome(0)) == (0, "")


def test_question_and_criteria_begin_the_ranking(single: Room, emre: Account) -> None:
    Review.objects.update(question="Wer sucht Arbeit und Anerkennung?", begins_with_words=True)
    single.review.criteria.create(words="Regen fällt, Wetter und Klima", excludes=True)
    assert ranked(single) == 1
    assert single.offered(emre) % 3 == 0


def test_answers_taken_over_count_as_ones_own(single: Room, emre: Account) -> None:
    told = [labels.Told(0, "include"), labels.Told(1, "exclude")]
    for _ in range(2):
        labels.give_labels(review=single.review, labels=told, own=True, by=emre.actor, at=single.later())
    assert (single.outcome(0), single.outcome(1), single.review.decisions.count()) == ("included", "excluded", 2)


def test_the_order_by_chance_is_that_of_the_engine(single: Room) -> None:
    assert np.array_equal(order_of(single.review, None), shuffled(30, seed=single.review.seed).order)


def test_what_came_after_a_ranking_stands_behind_it(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include")
    single.says(emre, 1, "exclude")
    ranked(single)
    newest = Ranking.objects.get()
    stock.pool(single.review, "Neu: Arbeit", "Neuer: Wetter")
    order = order_of(single.review, newest)
    assert np.array_equal(order[:30], unpacked(newest.order)) and sorted(order[30:]) == [30, 31]


def test_the_words_that_weighed_are_told_for_what_comes_next(single: Room, emre: Account) -> None:
    for place in range(6):
        single.says(emre, place, "include" if place % 3 == 0 else "exclude")
    ranked(single)
    told = dict(Ranking.objects.get().told[str(single.offered(emre))])
    assert told["arbeit"] > 0


def test_a_label_changes_when_a_conflict_is_settled() -> None:
    line = Line(number=1, stage="title", place=0, judges=2, by=1, verdict="include", settles=False, prior=False)
    log = [
        line,
        replace_line(line, number=2, by=2, verdict="exclude"),
        replace_line(line, number=3, by=3, verdict="exclude", settles=True),
    ]
    assert [label.relevant for label in labels_of(log, with_words=False)] == [True, False]


def replace_line(line: Line, **how: object) -> Line:
    return line._replace(**how)


def test_agreement_knows_what_was_said_before_the_other_answered(emre: Account, tariq: Account) -> None:
    made = room(judges=2)
    stock.team_of(made.review, lead=emre, screener=tariq)
    for place in range(4):
        made.says(emre, place, "include")
        made.says(tariq, place, "maybe" if place < 3 else "exclude")
    made.says(tariq, 3, "include")  # persuaded, not agreed
    pair = agreements(made.review)[0]
    assert (pair.measured.records, pair.measured.percent.value, replace(pair).stage) == (4, 0.75, "title")
