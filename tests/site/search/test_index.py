"""The index: facets, order, pages, writing, removing, making anew."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from nahtstelle.site.search.index import Sort, remove, write
from nahtstelle.site.search.models import Document, Page, Term, Word
from nahtstelle.site.search.rebuilding import has_outgrown
from nahtstelle.site.search.store import store
from tests.site.search.making import NOW, PUBLIC, find, offer, put, titles

pytestmark = pytest.mark.django_db


def _facets(**facets: str) -> tuple[tuple[str, str], ...]:
    return tuple(facets.items())


@pytest.fixture
def shelf(db: None) -> None:
    put(
        offer("Rot eins", "Apfel", facets=_facets(theme="rot", language="de"), day=date(2026, 1, 1)),
        offer("Rot zwei", "Apfel Apfel Apfel", facets=_facets(theme="rot", language="en"), day=date(2026, 3, 1)),
        offer("Blau", "Apfel", facets=_facets(theme="blau", language="de"), day=date(2026, 2, 1)),
    )


@pytest.mark.usefixtures("shelf")
def test_a_facet_counts_what_choosing_a_value_would_find() -> None:
    counted = find("Apfel", chosen={"theme": ["rot"]}).counted
    assert counted.total == 2
    assert counted.values["theme"] == {"rot": 2, "blau": 1}  # its own choice does not narrow it
    assert counted.values["language"] == {"de": 1, "en": 1}


@pytest.mark.usefixtures("shelf")
def test_values_of_one_facet_widen_and_facets_narrow() -> None:
    assert find("Apfel", chosen={"theme": ["rot", "blau"]}).counted.total == 3
    assert titles("Apfel", chosen={"theme": ["rot", "blau"], "language": ["en"]}) == ["Rot zwei"]


@pytest.mark.usefixtures("shelf")
def test_newest_first_is_by_day() -> None:
    assert titles("Apfel", sort=Sort.NEWEST) == ["Rot zwei", "Blau", "Rot eins"]


@pytest.mark.usefixtures("shelf")
def test_only_what_changed_since_a_day() -> None:
    assert titles("Apfel", since=date(2026, 2, 1), sort=Sort.NEWEST) == ["Rot zwei", "Blau"]


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    put(*(offer(f"Birne {n}", "Birne " * (n % 7 + 1)) for n in range(45)))
    seen = [title for page in (1, 2, 3) for title in titles("Birne", page=page)]
    assert len(seen) == len(set(seen)) == 45
    assert find("Birne", page=99).page == find("Birne").pages == 3


def test_a_word_in_the_title_comes_before_one_in_the_text() -> None:
    put(offer("Anderes", "Von der Quitte. " + "Wort " * 200), offer("Quitte", "Etwas."))
    assert titles("Quitte") == ["Quitte", "Anderes"]


def test_what_is_out_of_date_comes_later() -> None:
    put(offer("Pflaume eins", "Text", quality=0.3), offer("Pflaume zwei", "Text"))
    assert titles("Pflaume") == ["Pflaume zwei", "Pflaume eins"]


def test_writing_the_same_again_changes_nothing() -> None:
    one = offer("Kirsche", "Kirsche", key="kirsche")
    put(one)
    before = Document.objects.get(key="kirsche").changed_at
    assert write([one], at=NOW + timedelta(days=1)) == 0
    assert Document.objects.get(key="kirsche").changed_at == before


def test_new_words_replace_the_old_ones() -> None:
    put(offer("Kirsche", "Kirsche", key="k"))
    write([offer("Banane", "Banane", key="k")], at=NOW + timedelta(days=1))
    assert (titles("Kirsche"), titles("Banane")) == ([], ["Banane"])
    assert not Word.objects.filter(folded="kirsche").exists()
    assert not Term.objects.filter(term="kirsch").exists()
    assert Document.objects.get(key="k").changed_at == NOW + timedelta(days=1)


def test_what_is_removed_leaves_no_trace() -> None:
    put(offer("Kirsche", "Kirsche", key="k"), offer("Rest", "Rest"))
    assert remove("outputs", ["k", "unknown"]) == 1
    assert titles("Kirsche") == []
    assert set(Word.objects.values_list("folded", flat=True)) == {"rest"}
    assert Page.objects.count() == 1


def test_a_write_that_is_rolled_back_is_not_found() -> None:
    put(offer("Rest", "Rest"))
    with pytest.raises(RuntimeError), transaction.atomic():
        write([offer("Kirsche", "Kirsche")], at=NOW)
        assert titles("Kirsche") == ["Kirsche"]
        raise RuntimeError
    assert titles("Kirsche") == []
    write([offer("Kirsche", "Kirsche")], at=NOW)
    assert titles("Kirsche") == ["Kirsche"]


def test_the_number_of_queries_does_not_grow_with_the_hits(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    put(*(offer(f"Birne {n}", "Birne") for n in range(30)))
    find("Birne")
    with django_assert_max_num_queries(40):
        find("Birne")


def test_compounds_are_learned_anew_when_the_stock_is_of_another_size() -> None:
    assert has_outgrown(0)
    put(*(offer(f"Birne {n}", "Birne") for n in range(10)))
    assert not has_outgrown(11)
    assert has_outgrown(20)


def test_the_readers_language_comes_first_among_equals() -> None:
    put(offer("Kiwi one", "Text", language="en"), offer("Kiwi eins", "Text"))
    assert titles("Kiwi", language="de")[0] == "Kiwi eins"
    assert titles("Kiwi", language="en")[0] == "Kiwi one"
    assert find("Kiwi", keys=PUBLIC).counted.total == 2


def test_the_full_text_part_can_be_filled_anew_from_the_pages() -> None:
    put(offer("Kirsche", "Kirsche"), offer("Birne", "Birne"))
    store().refill()
    assert (titles("Kirsche"), titles("Birne")) == (["Kirsche"], ["Birne"])
