"""Measuring: the figures are those of the literature, and the judgements that are kept can be read."""

from math import log2
from pathlib import Path

import pytest

from nahtstelle.site.search.evaluating import evaluate, measure, ndcg, read_judgements, recall
from tests.site.search.making import PUBLIC, offer, put

JUDGEMENTS = Path(__file__).parent / "judgements.csv"


def test_the_best_order_has_an_ndcg_of_one() -> None:
    assert ndcg(["a", "b", "x"], {"a": 3, "b": 1}) == 1.0


def test_a_good_document_in_second_place_counts_less() -> None:
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(1 / log2(3))


def test_recall_is_the_share_of_the_good_ones() -> None:
    assert recall(["a", "x"], {"a": 1, "b": 2, "c": 0}) == 0.5


def test_a_query_without_a_judged_document_in_the_index_is_left_out() -> None:
    measured = measure({"q": {"output:gone": 3}}, lambda _query: [], {})
    assert (measured.rows, measured.left_out) == ([], ["q"])


def test_the_kept_judgements_are_many_and_honestly_split() -> None:
    judged = read_judgements(JUDGEMENTS)
    held = read_judgements(JUDGEMENTS, part="held")
    assert len(judged) >= 120
    assert len(judged) // 4 < len(held) < len(judged) // 2
    assert all(0 <= grade <= 3 for grades in judged.values() for grade in grades.values())


@pytest.mark.parametrize(
    "text", ["query,document\n", "query,document,grade\na,b,vier\n", "query,document,grade\na,b,4\n"]
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str) -> None:
    (tmp_path / "j.csv").write_text(text)
    with pytest.raises(ValueError, match=r"grade|columns"):
        read_judgements(tmp_path / "j.csv")


@pytest.mark.django_db
def test_our_own_search_is_measured() -> None:
    put(offer("Birne", "Birne", source="provisions", key="bspg:§ 1"))
    measured = evaluate({"Birnen": {"provision:bspg:§ 1": 3}}, keys=PUBLIC)
    assert (measured.ndcg, measured.recall) == (1.0, 1.0)
    assert measured.lines()[0] == "queries    1"
