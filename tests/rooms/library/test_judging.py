"""One work, one or two people: what is offered, what counts, what is refused."""

from datetime import timedelta

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import pool, ranking, screening
from nahtstelle.rooms.library.models import Decision, Hold, Item, Member, Review, Stage
from nahtstelle.rooms.library.queries.screening import seen_by
from tests.rooms.library import stock
from tests.rooms.library.screening import Room, room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _anew() -> None:
    ranking.forget_learners()


@pytest.fixture
def single(emre: Account, tariq: Account) -> Room:
    made = room(judges=1)
    stock.team_of(made.review, lead=emre, screener=tariq)
    return made


@pytest.fixture
def double(emre: Account, tariq: Account, ruth: Account) -> Room:
    made = room(judges=2)
    stock.team_of(made.review, lead=emre, screener=tariq, resolver=ruth)
    return made


def test_two_screeners_are_offered_two_works_where_one_judges(single: Room, emre: Account, tariq: Account) -> None:
    assert single.offered(emre) != single.offered(tariq)


def test_the_same_work_is_offered_until_it_is_answered(single: Room, emre: Account) -> None:
    assert single.offered(emre) == single.offered(emre)


def test_a_work_left_lying_is_offered_to_somebody_else_after_a_while(
    single: Room, emre: Account, tariq: Account
) -> None:
    place = single.offered(emre)
    single.at += screening.HELD_FOR + timedelta(minutes=1)
    assert single.offered(tariq) == place


def test_both_answers_are_kept_where_two_judge_one_work_at_once(single: Room, emre: Account, tariq: Account) -> None:
    place = single.offered(emre)
    single.at += screening.HELD_FOR + timedelta(minutes=1)
    assert single.offered(tariq) == place
    single.says(tariq, place, "include")
    single.says(emre, place, "exclude")
    assert (single.outcome(place), Decision.objects.count()) == ("conflict", 2)


def test_a_work_judged_by_enough_people_takes_no_answer_of_somebody_it_was_not_offered(
    single: Room, emre: Account, tariq: Account
) -> None:
    single.says(tariq, 0, "include")
    with pytest.raises(NotNow, match="no further answer is needed"):
        single.says(emre, 0, "exclude")


def test_everything_is_offered_once_and_then_nothing(single: Room, emre: Account) -> None:
    places = []
    while (place := single.offered(emre)) is not None:
        places.append(place)
        single.says(emre, place, "exclude")
    assert sorted(places) == list(range(6))


def test_the_order_before_the_first_answers_is_that_of_the_seed(emre: Account) -> None:
    orders = []
    for number in range(2):
        made = room(judges=1, slug=f"review{number}")
        stock.team_of(made.review, lead=emre)
        orders.append([made.says(emre, made.offered(emre), "exclude").item.place for _ in range(6)])
    assert orders[0] == orders[1] != sorted(orders[0])


def test_what_one_has_judged_comes_first_to_the_other(double: Room, emre: Account, tariq: Account) -> None:
    last = [place for place in range(6) if place not in (double.offered(tariq), double.offered(emre))][-1]
    double.says(emre, last, "include")
    assert double.offered(tariq) == last


def test_a_work_is_open_until_both_have_judged(double: Room, emre: Account, tariq: Account) -> None:
    double.says(emre, 0, "include")
    first = double.outcome(0)
    double.says(tariq, 0, "maybe")
    assert (first, double.outcome(0)) == ("", "included")


def test_put_off_works_come_when_nothing_else_is_left(single: Room, emre: Account) -> None:
    put_off = single.offered(emre)
    places = []
    while (place := single.offered(emre, passed=[put_off])) not in (None, put_off):
        places.append(place)
        single.says(emre, place, "exclude")
    assert (len(places), single.offered(emre, passed=[put_off])) == (5, put_off)


def test_a_mind_changed_a_hundred_times_is_a_hundred_lines_and_one_answer(single: Room, emre: Account) -> None:
    for number in range(100):
        single.says(emre, 0, "include" if number % 2 else "exclude")
    newest = Decision.objects.filter(newest=True)
    assert (Decision.objects.count(), [line.number for line in newest], single.outcome(0)) == (100, [100], "included")


def test_the_same_answer_sent_twice_is_one_line(single: Room, emre: Account) -> None:
    assert single.says(emre, 0, "include", seen=0) == single.says(emre, 0, "include", seen=0)
    assert Decision.objects.count() == 1


def test_another_answer_from_a_stale_page_is_not_taken_silently(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include", seen=0)
    with pytest.raises(screening.JudgedMeanwhile, match="in another window"):
        single.says(emre, 0, "exclude", seen=0)
    assert single.outcome(0) == "included"


def test_a_reason_is_needed_at_the_full_text_only(single: Room, emre: Account) -> None:
    single.says(emre, 0, "exclude")
    single.says(emre, 1, "include")
    with pytest.raises(Refusal, match="choose the reason"):
        single.says(emre, 1, "exclude", stage=Stage.FULL)
    single.says(emre, 1, "exclude", stage=Stage.FULL, reason=single.reason())
    assert Item.objects.get(pk=single.items[1].pk).full_reason == single.reason()


def test_only_what_goes_on_is_read_in_full(single: Room, emre: Account) -> None:
    for place, verdict in enumerate(("include", "exclude", "maybe")):
        single.says(emre, place, verdict)
    offered = set()
    while (place := single.offered(emre, stage=Stage.FULL)) is not None:
        offered.add(place)
        single.says(emre, place, "include", stage=Stage.FULL)
    assert offered == {0, 2}


def test_a_full_text_that_cannot_be_had_is_not_offered(single: Room, emre: Account) -> None:
    single.says(emre, 0, "include")
    screening.say_retrieved(
        review=single.review, item=single.items[0], retrieved=False, by=emre.actor, at=single.later()
    )
    assert single.offered(emre, stage=Stage.FULL) is None


def test_two_reasons_for_excluding_a_full_text_are_a_conflict(double: Room, emre: Account, tariq: Account) -> None:
    for somebody in (emre, tariq):
        double.says(somebody, 0, "include")
    double.says(emre, 0, "exclude", stage=Stage.FULL, reason=double.reason("falsche Gruppe"))
    double.says(tariq, 0, "exclude", stage=Stage.FULL, reason=double.reason("keine Studie"))
    assert double.outcome(0, Stage.FULL) == "conflict"


def test_a_conflict_is_settled_with_a_reason_by_who_did_not_judge(
    double: Room, emre: Account, tariq: Account, ruth: Account
) -> None:
    double.says(emre, 0, "include")
    double.says(tariq, 0, "exclude")
    how = {"review": double.review, "item": double.items[0], "stage": Stage.TITLE, "verdict": "include"}
    with pytest.raises(Refusal, match="say why"):
        screening.settle(**how, note=" ", by=ruth.actor, at=double.later())
    with pytest.raises(NotNow, match="You judged this work yourself"):
        screening.settle(**how, note="Passt.", by=emre.actor, at=double.later())
    with pytest.raises(NotYours):
        screening.settle(**how, note="Passt.", by=tariq.actor, at=double.later())
    screening.settle(**how, note="Passt.", by=ruth.actor, at=double.later())
    assert double.outcome(0) == "included"


def test_a_membership_that_ended_in_mid_work_is_said_and_nothing_is_lost(single: Room, tariq: Account) -> None:
    place = single.offered(tariq)
    single.says(tariq, place, "include")
    Member.objects.filter(person=tariq.person).update(valid_until=single.at.date() - timedelta(days=1))
    with pytest.raises(NotYours, match=r"ended on .* What you judged until then is kept"):
        single.says(tariq, place, "exclude")
    assert (Decision.objects.count(), single.outcome(place)) == (1, "included")


def test_a_closed_review_takes_no_answer(single: Room, emre: Account) -> None:
    Review.objects.update(state=Review.State.CLOSED)
    with pytest.raises(NotNow, match="is closed"):
        single.says(emre, 0, "include")


def test_a_stranger_judges_nothing(single: Room, stranger: Account, ruth: Account) -> None:
    for somebody in (stranger, ruth):  # the head of the centre is not in the team
        with pytest.raises(NotYours):
            single.says(somebody, 0, "include")


def test_the_log_tells_no_answer_before_both_are_in(double: Room, emre: Account, tariq: Account) -> None:
    double.says(emre, 0, "include")
    everything = Decision.objects.all()
    assert everything.count() == 1  # it could leak
    assert (seen_by(everything, double.review, tariq).count(), seen_by(everything, double.review, emre).count()) == (
        0,
        1,
    )
    double.says(tariq, 0, "exclude")
    assert seen_by(everything, double.review, tariq).count() == 2


def test_the_audit_trail_tells_no_answer(double: Room, emre: Account) -> None:
    double.says(emre, 0, "include", note="klar dabei")
    entry = Entry.objects.get(fact="library.DecisionMade")
    told = f"{entry.payload} {entry.why} {[touch.changes for touch in entry.touches.all()]}"
    assert ("include" in told, "klar dabei" in told) == (False, False)


def test_an_abstract_that_is_missing_can_be_supplied_by_the_team(single: Room, tariq: Account) -> None:
    item = single.items[0]
    item.work.abstract = ""
    item.work.save()
    how = {"review": single.review, "item": item, "by": tariq.actor}
    screening.supply_abstract(**how, abstract=" Nachgetragen. ", at=single.later())
    item.work.refresh_from_db()
    assert (item.work.abstract, item.work.provenance["abstract"]) == ("Nachgetragen.", "person")
    with pytest.raises(NotNow):
        screening.supply_abstract(**how, abstract="Anders.", at=single.later())


def test_what_leaves_the_pool_is_no_longer_offered(single: Room, emre: Account) -> None:
    place = single.offered(emre)
    pool.leave_out(item=single.items[place], why="Dublette", by=emre.actor, at=single.later())
    assert single.offered(emre) != place
    with pytest.raises(NotNow, match="taken out of the pool"):
        single.says(emre, place, "include")


def test_old_holds_are_forgotten(single: Room, emre: Account) -> None:
    single.offered(emre)
    assert screening.forget_holds(by=emre.actor, at=single.at + timedelta(days=8)) == 1
    assert not Hold.objects.exists()
