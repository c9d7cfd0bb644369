"""The room, import by import, says what the engine says of all records at once."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from nahtstelle.engines.literature.linking import find_duplicates
from nahtstelle.engines.literature.records import Name
from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.rooms.library.models import Crowd, Pair, Record
from tests.benchmarks.literature_pools import World, as_spoilt_by_sources, messy, read_set, with_lookalikes
from tests.rooms.library.pools import deliver, groups_of, link

pytestmark = pytest.mark.django_db
WORLD = World()


def pool(seed: int, size: int = 120) -> list[Said]:
    made = with_lookalikes(list(WORLD.pool(size, seed=seed, doubled=0.5)), seed=seed)
    return [record for _, record in messy(made, seed=seed)]


def in_parts(said: list[Said], *, seed: int) -> list[Record]:
    """Delivered sixty at a time, in some order; in the order of ``said``."""
    order = list(range(len(said)))
    random.Random(seed).shuffle(order)
    records: dict[int, Record] = {}
    for start in range(0, len(order), 60):
        places = order[start : start + 60]
        delivered = deliver([said[place] for place in places], source=f"Lieferung {start}")
        link(delivered)
        records |= dict(zip(places, delivered, strict=True))
    return [records[place] for place in range(len(said))]


def together(groups: set[frozenset[int]]) -> set[tuple[int, int]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def whole(records: list[Said]) -> set[frozenset[int]]:
    return {frozenset(group.rows) for group in find_duplicates(records).groups}


@pytest.mark.parametrize("seed", range(2))
def test_one_delivery_is_grouped_as_the_engine_groups_it(seed: int) -> None:
    said = pool(seed)
    records = deliver(said)
    link(records)
    assert whole(said)
    assert groups_of(records) == whole(said)


def test_pairs_in_doubt_are_those_of_the_engine() -> None:
    said = pool(1)
    linking = find_duplicates(said)
    records = deliver(said)
    link(records)
    place = {record.pk: at for at, record in enumerate(records)}
    of = {at: group for group in groups_of(records) for at in group}
    wanted = {
        frozenset((of.get(pair.one, frozenset({pair.one})), of.get(pair.two, frozenset({pair.two}))))
        for pair in linking.possible
    }
    asked = set()
    for pair in Pair.objects.filter(state="open"):
        sides = [
            frozenset(place[pk] for pk in work.records.values_list("pk", flat=True)) for work in (pair.one, pair.two)
        ]
        asked.add(frozenset(sides))
    assert linking.possible
    assert asked == wanted


POOLS = {
    "plain": lambda: WORLD.pool(160, seed=5, doubled=0.5),
    "look-alikes": lambda: with_lookalikes(list(WORLD.pool(140, seed=6, doubled=0.5)), seed=6),
    "spoilt": lambda: as_spoilt_by_sources(list(WORLD.pool(120, seed=7, doubled=0.5)), seed=7),
    "messy": lambda: messy(list(WORLD.pool(120, seed=8, doubled=0.5)), seed=8),
}


@pytest.mark.parametrize("kind", POOLS)
def test_deliveries_one_after_another_are_grouped_as_one(kind: str) -> None:
    said = [record for _, record in POOLS[kind]()]
    assert whole(said)
    assert groups_of(in_parts(said, seed=1)) == whole(said)


def test_where_the_order_has_a_say_a_person_is_asked() -> None:
    """A merge that was made stands, also where a surer link comes later that contradicts it."""
    said = pool(0)
    records = in_parts(said, seed=0)
    ours, theirs = together(groups_of(records)), together(whole(said))
    assert ours != theirs
    work = dict(Record.objects.values_list("pk", "work"))
    asked = {frozenset(pair) for pair in Pair.objects.filter(state="open").values_list("one", "two")}
    missing = [frozenset((work[records[one].pk], work[records[two].pk])) for one, two in theirs - ours]
    assert len(ours ^ theirs) < len(theirs) / 10
    assert [pair for pair in missing if pair not in asked] == []


def test_a_crowd_under_one_key_is_parted_as_the_engine_parts_it() -> None:
    crowd = [
        Said(title=f"{WORLD.record(n).title} {n}", authors=(Name("Wang", "W."),), year=2001, volume="3", pages="1-9",
               container="Journal of Work")
        for n in range(215)
    ]  # fmt: skip
    records = deliver([*crowd, *crowd[:40]])
    link(records)
    assert Crowd.objects.exists()
    assert groups_of(records) == whole([*crowd, *crowd[:40]])


def test_what_comes_later_finds_its_twin_in_a_crowd() -> None:
    crowd = [
        Said(title="Editorial", authors=(Name("Ek", "B."),), year=2001, volume="3", pages=str(n), issue="1",
               container="Journal of Work")
        for n in range(1, 230)
    ]  # fmt: skip
    there = deliver(crowd)
    link(there)
    assert Crowd.objects.exists()
    again = deliver([crowd[41], crowd[107]])
    link(again)
    for record in (*again, there[41], there[107]):
        record.refresh_from_db()
    assert [record.work_id for record in again] == [there[41].work_id, there[107].work_id]


@pytest.mark.parametrize("name", ["stroke"])
def test_a_real_set_in_one_delivery_is_grouped_as_the_engine_groups_it(shared_data: Path, name: str) -> None:
    said = [record for _, record in read_set(shared_data / "dedupe" / f"{name}.csv.gz")]
    records = deliver(said)
    link(records)
    assert groups_of(records) == whole(said)
