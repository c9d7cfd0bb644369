"""The sets with a known truth: what is told in docs/reference/deduplication.md stays true."""

from pathlib import Path

import pytest

from nahtstelle.engines.literature.linking import find_duplicates
from tests.benchmarks.literature_pools import Pool, as_spoilt_by_sources, f1, messy, read_set, removals, with_lookalikes


def real(shared_data: Path, name: str) -> Pool:
    file = shared_data / "dedupe" / f"{name}.csv.gz"
    if not file.exists():
        pytest.skip("the deduplication sets are not beside the project")
    return read_set(file)


def counted(pool: Pool) -> tuple[int, int, int]:
    groups = find_duplicates(record for _, record in pool).groups
    return removals([work for work, _ in pool], [group.rows for group in groups])


@pytest.mark.parametrize(("name", "missed"), [("stroke", 2), ("respiratory", 8), ("diabetes", 0), ("digital_work", 4)])
def test_no_false_merge_and_few_missed(shared_data: Path, name: str, missed: int) -> None:
    _, wrong, left = counted(real(shared_data, name))
    assert wrong == 0
    assert left <= missed


@pytest.mark.parametrize("name", ["stroke", "respiratory"])
def test_spoilt_and_beset_with_lookalikes_precision_holds(shared_data: Path, name: str) -> None:
    pool = real(shared_data, name)
    for spoilt in (as_spoilt_by_sources(pool, seed=11), with_lookalikes(pool, seed=12), messy(pool, seed=13)):
        right, wrong, left = counted(spoilt)
        assert right / (right + wrong) > 0.99
        assert f1(right, wrong, left) > 0.95


def test_counting_is_that_of_the_published_tables() -> None:
    assert removals(["a", "a", "a", "b", "c"], [[0, 1, 3]]) == (1, 1, 1)
