"""Pools follow imports and merges; the flow adds up whatever happened."""

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import looks, pool, screening
from nahtstelle.rooms.library.facts import LiteratureImported, LiteratureUndone
from nahtstelle.rooms.library.models import Decision, Import, Item, Record, Review, Stage, Work
from nahtstelle.rooms.library.queries import flow as flows
from nahtstelle.rooms.library.reactions import pools
from tests.rooms.library import stock
from tests.rooms.library.screening import Room, room

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BY = system("tests")


@pytest.fixture
def mine(emre: Account) -> Room:
    made = room(judges=1, works=0)
    stock.team_of(made.review, lead=emre)
    return made


def brought(
    made: Room, *keys: str, source: str = "Scopus", kind: str = Import.Kind.DATABASE, state: str = Import.State.DONE
) -> Import:
    """An import with a record for each key; keys that are known are the same works again."""
    batch = stock.delivery(source, kind=kind, state=state)
    for number, key in enumerate(keys, start=1):
        work = Work.objects.filter(citekey=key).first() or stock.work(key)
        stock.record(batch, number, work, title=work.title)
    return batch


def add(made: Room, batch: Import) -> int:
    came = pool.add_from_import(review=made.review, batch=batch, by=BY, at=made.later())
    made.items = list(Item.objects.filter(review=made.review).select_related("work").order_by("place"))
    return came


def place_of(key: str) -> int:
    return Item.objects.get(work__citekey=key, twin=None).place


def merge(kept: str, absorbed: str, made: Room) -> None:
    one, two = Work.objects.get(citekey=kept), Work.objects.get(citekey=absorbed)
    Record.objects.filter(work=two).update(work=one)
    two.merged_into = one
    two.save()
    pool.follow_merge(kept=one, absorbed=two, by=BY, at=made.later())


def part(kept: str, restored: str, made: Room) -> None:
    one, two = Work.objects.get(citekey=kept), Work.objects.get(citekey=restored)
    two.merged_into = None
    two.save()
    Record.objects.filter(values__title=two.title).update(work=two)
    pool.follow_parting(kept=one, restored=two, by=BY, at=made.later())


def counts(made: Room) -> dict[str, int]:
    """The flow, after seeing that it adds up."""
    flow = flows.flow_of(made.review)
    assert flow.identified == flow.duplicates + flow.removed_otherwise + flow.screened + flows.pending(flow)
    assert flow.screened == flow.excluded + flow.sought + made.review.items.filter(title_outcome="conflict").count()
    return {
        "identified": flow.identified,
        "duplicates": flow.duplicates,
        "out": flow.removed_otherwise,
        "screened": flow.screened,
    }


def test_a_later_import_comes_behind_and_places_stay(mine: Room) -> None:
    assert add(mine, brought(mine, "a", "b")) == 2
    before = dict(Item.objects.values_list("work__citekey", "place"))
    assert add(mine, brought(mine, "b", "c", source="EconBiz")) == 1
    after = dict(Item.objects.values_list("work__citekey", "place"))
    assert (before, after) == ({"a": 0, "b": 1}, {"a": 0, "b": 1, "c": 2})
    assert counts(mine) == {"identified": 4, "duplicates": 1, "out": 0, "screened": 0}


def test_adding_the_same_import_twice_adds_nothing(mine: Room) -> None:
    batch = brought(mine, "a", "b")
    assert (add(mine, batch), add(mine, batch)) == (2, 0)


def test_an_import_that_still_runs_feeds_the_pool_when_it_is_done(mine: Room) -> None:
    batch = brought(mine, "a", state=Import.State.RUNNING)
    assert add(mine, batch) == 0
    Import.objects.filter(pk=batch.pk).update(state=Import.State.DONE, done_at=mine.at)
    pools.feed_pools(LiteratureImported(batch.pk, 1, 0), by=BY, at=mine.later())
    assert mine.review.items.count() == 1


def test_an_undone_import_takes_its_works_out_and_leaves_the_log(mine: Room, emre: Account) -> None:
    first, second = brought(mine, "a", "b"), brought(mine, "b", "c", source="EconBiz")
    add(mine, first), add(mine, second)
    mine.says(emre, place_of("c"), "include")
    Import.objects.filter(pk=second.pk).update(state=Import.State.UNDONE)
    pools.drain_pools(LiteratureUndone(second.pk, 1), by=BY, at=mine.later())
    assert list(mine.review.items.filter(left_out=True).values_list("work__citekey", flat=True)) == ["c"]
    assert Decision.objects.count() == 1
    assert counts(mine) == {"identified": 2, "duplicates": 0, "out": 0, "screened": 0}


def test_an_import_given_again_puts_its_works_back(mine: Room) -> None:
    batch = brought(mine, "a")
    add(mine, batch)
    Import.objects.filter(pk=batch.pk).update(state=Import.State.UNDONE)
    pools.drain_pools(LiteratureUndone(batch.pk, 1), by=BY, at=mine.later())
    add(mine, brought(mine, "a"))
    assert (mine.review.items.count(), mine.review.items.filter(left_out=True).count()) == (1, 0)
    assert counts(mine)["identified"] == 1


def test_works_taken_out_by_somebody_are_counted(mine: Room, emre: Account) -> None:
    add(mine, brought(mine, "a", "b"))
    pool.leave_out(item=mine.items[0], why="Kein Text", by=emre.actor, at=mine.later())
    assert counts(mine) == {"identified": 2, "duplicates": 0, "out": 1, "screened": 0}
    mine.says(emre, 1, "exclude")
    with pytest.raises(NotNow, match="exclude it with a verdict"):
        pool.leave_out(item=mine.items[1], why="Doch nicht", by=emre.actor, at=mine.later())


def test_works_taken_by_hand_are_counted_as_another_source(mine: Room) -> None:
    add(mine, brought(mine, "a"))
    stock.work("b")
    assert (
        pool.add_works(
            review=mine.review, works=[Work.objects.get(citekey=key).pk for key in "ab"], by=BY, at=mine.later()
        )
        == 1
    )
    flow = flows.flow_of(mine.review)
    assert (flow.databases, flow.other, counts(mine)["duplicates"]) == (1, 1, 0)


def test_a_merge_within_the_pool_leaves_one_place_that_counts_both_answers(emre: Account, tariq: Account) -> None:
    made = room(judges=2, works=0)
    stock.team_of(made.review, lead=emre, screener=tariq)
    add(made, brought(made, "a", "b", "c"))
    made.says(emre, place_of("a"), "include")
    made.says(tariq, place_of("b"), "include")
    merge("a", "b", made)
    assert counts(made) == {"identified": 3, "duplicates": 1, "out": 0, "screened": 1}
    assert made.offered(tariq) == place_of("c")  # what was judged as b is judged
    part("a", "b", made)
    assert (made.outcome(0), made.outcome(1)) == ("", "")
    assert counts(made) == {"identified": 3, "duplicates": 0, "out": 0, "screened": 0}


def test_a_merge_into_a_work_outside_takes_the_place_along_and_back(mine: Room) -> None:
    add(mine, brought(mine, "b"))
    stock.work("a")
    merge("a", "b", mine)
    assert Item.objects.get().work.citekey == "a"
    assert counts(mine)["identified"] == 1
    part("a", "b", mine)
    item = Item.objects.get()
    assert (item.work.citekey, item.came_as) == ("b", None)


def test_merges_in_a_row_are_parted_in_a_row(mine: Room) -> None:
    add(mine, brought(mine, "c"))
    stock.work("b"), stock.work("a")
    merge("b", "c", mine)
    merge("a", "b", mine)
    part("a", "b", mine)
    assert Item.objects.get().work.citekey == "b"
    part("b", "c", mine)
    assert Item.objects.get().work.citekey == "c"


def test_an_answer_to_a_work_merged_meanwhile_counts_for_what_it_is_now(mine: Room, emre: Account) -> None:
    add(mine, brought(mine, "a", "b"))
    item = mine.items[1]
    merge("a", "b", mine)
    screening.judge(review=mine.review, item=item, stage=Stage.TITLE, verdict="include", by=emre.actor, at=mine.later())
    assert (mine.outcome(0), Decision.objects.get().item.place) == ("included", 0)


def test_a_share_is_judged_twice_and_the_same_for_the_same_seed(emre: Account) -> None:
    drawn = []
    for slug in ("eins", "zwei"):
        made = room(judges=1, works=0, slug=slug, second_share=20)
        add(made, brought(made, *(f"{slug}{number}" for number in range(300))))
        drawn.append(list(made.review.items.filter(judges=2).order_by("place").values_list("place", flat=True)))
    assert drawn[0] == drawn[1]
    assert 40 <= len(drawn[0]) <= 80


def test_the_flow_follows_a_review_to_its_end(mine: Room, emre: Account) -> None:
    add(mine, brought(mine, *"abcde"))
    for place, verdict in enumerate(("include", "include", "maybe", "exclude", "include")):
        mine.says(emre, place, verdict)
    mine.says(emre, 0, "include", stage=Stage.FULL)
    mine.says(emre, 1, "exclude", stage=Stage.FULL, reason=mine.reason("falsche Gruppe"))
    screening.say_retrieved(review=mine.review, item=mine.items[2], retrieved=False, by=emre.actor, at=mine.later())
    flow = flows.flow_of(mine.review)
    assert (flow.screened, flow.excluded, flow.sought, flow.not_retrieved, flow.assessed, flow.studies) == (
        5,
        1,
        4,
        1,
        2,
        1,
    )
    assert [(reason.text, reason.records) for reason in flow.reasons] == [("falsche Gruppe", 1)]


def test_a_sample_is_the_same_for_the_same_seed_and_read_first(mine: Room, emre: Account) -> None:
    add(mine, brought(mine, *(f"w{number}" for number in range(30))))
    look = looks.draw_look(review=mine.review, size=5, by=emre.actor, at=mine.later())
    drawn = set(look.items.values_list("place", flat=True))
    offered = set()
    for _ in range(5):
        place = mine.offered(emre)
        offered.add(place)
        mine.says(emre, place, "include" if len(offered) == 1 else "exclude")
    look.refresh_from_db()
    assert (offered, look.hits, look.unread, look.found) == (drawn, 1, 30, 0)
    assert 0 < look.at_least <= look.low <= look.estimate <= look.high <= 1


def test_a_sample_says_nothing_before_all_of_it_is_read(mine: Room, emre: Account) -> None:
    add(mine, brought(mine, *(f"w{number}" for number in range(30))))
    look = looks.draw_look(review=mine.review, size=5, by=emre.actor, at=mine.later())
    for _ in range(4):
        mine.says(emre, mine.offered(emre), "exclude")
    look.refresh_from_db()
    assert (look.hits, look.at_least) == (None, None)
    with pytest.raises(NotNow, match="A sample is being read"):
        looks.draw_look(review=mine.review, size=5, by=emre.actor, at=mine.later())


def test_each_sample_is_counted(mine: Room, emre: Account) -> None:
    add(mine, brought(mine, *(f"w{number}" for number in range(30))))
    for number in (1, 2):
        look = looks.draw_look(review=mine.review, size=3, by=emre.actor, at=mine.later())
        assert look.number == number
        for _ in range(3):
            mine.says(emre, mine.offered(emre), "exclude")
    assert len({look.seed for look in mine.review.looks.all()}) == 2


def test_no_sample_is_drawn_over_open_conflicts(emre: Account, tariq: Account) -> None:
    made = room(judges=2)
    stock.team_of(made.review, lead=emre, screener=tariq)
    made.says(emre, 0, "include")
    made.says(tariq, 0, "exclude")
    with pytest.raises(NotNow, match="settle the conflicts first"):
        looks.draw_look(review=made.review, size=2, by=emre.actor, at=made.later())
    assert Review.objects.get().state == "screening"
