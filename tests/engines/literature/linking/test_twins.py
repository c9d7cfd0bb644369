"""The fast way says what the slow ones say: each record with each, in any order."""

import random
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.literature.linking import find_duplicates
from nahtstelle.engines.literature.linking.blocking import Blocks
from nahtstelle.engines.literature.linking.finding import Shelf, candidates
from nahtstelle.engines.literature.linking.judging import POSSIBLE, judge
from nahtstelle.engines.literature.linking.traits import packed, traits_of, unpacked
from nahtstelle.engines.literature.records import Extra, Name, Record
from tests.benchmarks.literature_pools import Pool, World, from_pdf, messy, with_lookalikes

WORLD = World()


def pool(seed: int, size: int = 50) -> Pool:
    made = with_lookalikes(list(WORLD.pool(size, seed=seed, doubled=0.6)), seed=seed)
    rng = random.Random(seed)
    return made + [(work, from_pdf(record, rng)) for work, record in made[:15]]


@pytest.mark.parametrize("seed", range(12))
def test_comparing_each_with_each_finds_no_pair_that_keys_miss(seed: int) -> None:
    traits = [traits_of(record) for _, record in pool(seed)]
    blocks, shelf = Blocks(), Shelf(None)
    for each in traits:
        blocks.add(each)
        shelf.add(each)
    by_keys = [tuple(sorted(pair)) for pair in candidates(blocks, shelf)]
    wanted = {
        pair
        for pair in combinations(range(len(traits)), 2)
        if judge(traits[pair[0]], traits[pair[1]]).certainty >= POSSIBLE
    }
    assert wanted  # the pool has something to find
    assert wanted - set(by_keys) == set()


def test_no_pair_is_compared_twice() -> None:
    bilingual = Record(
        title="Working in the Platform Economy today [Arbeiten in der Plattformökonomie heute]", year=2019
    )
    german = Record(title="Arbeiten in der Plattformökonomie heute", year=2019, volume="1", pages="2-9")
    crowd = [
        Record(title="Editorial", authors=(Name("Ek", "B."),), year=2001, volume="3", pages="1", issue=str(n))
        for n in range(250)
    ]
    blocks, shelf = Blocks(), Shelf(None)
    for record in (*(record for _, record in pool(3)), bilingual, german, bilingual, *crowd):
        blocks.add(traits_of(record))
        shelf.add(traits_of(record))
    compared = list(candidates(blocks, shelf))
    assert len(compared) == len(set(compared))


def test_in_a_crowd_what_another_key_brings_together_is_still_found() -> None:
    """One first page of one volume, by hundreds of people of one name; the title's own words tell who belongs together."""
    crowd = [
        Record(
            title=f"{WORLD.record(n).title} {n}",
            authors=(Name("Wang", "W."),),
            year=2001,
            volume="3",
            pages="1-9",
            container="Journal of Work",
        )
        for n in range(300)
    ]
    linking = find_duplicates([*crowd, *crowd])
    assert sorted(group.rows for group in linking.groups if len(group.rows) == 2) == [(n, n + 300) for n in range(300)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_change_the_groups(seed: int, shuffle: random.Random) -> None:
    records = [record for _, record in messy(pool(seed, 25), seed=seed)]
    order = list(range(len(records)))
    shuffle.shuffle(order)
    straight = {frozenset(group.rows) for group in find_duplicates(records).groups}
    other = find_duplicates(records[row] for row in order)
    assert {frozenset(order[row] for row in group.rows) for group in other.groups} == straight


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Record,
        title=st.text(),
        authors=st.lists(st.builds(Name, st.text(), st.text()), max_size=3).map(tuple),
        year=st.none() | st.integers(-5, 9999),
        container=st.text(),
        volume=st.text(),
        pages=st.text(),
        doi=st.text(),
        extras=st.lists(st.builds(Extra, st.text(), st.text()), max_size=1).map(tuple),
    )
)
def test_any_text_can_be_compared_and_laid_aside(record: Record) -> None:
    traits = traits_of(record)
    assert unpacked(packed(traits)) == traits
    assert judge(traits, traits).apart == ""
    find_duplicates((record, record))


def test_a_shelf_in_a_file_says_what_memory_says() -> None:
    records = [record for _, record in pool(5)]
    assert find_duplicates(records, shelf=BytesIO()) == find_duplicates(records)


def test_a_crowd_under_one_key_is_parted_and_still_answered() -> None:
    same = Record(title="Migration and work in the regions of Europe today", authors=(Name("Ek", "Bo"),), year=2011,
                  container="Journal of Work", volume="3", pages="4-19")  # fmt: skip
    linking = find_duplicates([same] * 500)
    assert [len(group.rows) for group in linking.groups] == [500]
