from collections.abc import Iterable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.vocabulary import queries
from nahtstelle.register.vocabulary.actions import load_vocabulary
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.values import Vocabulary, find_cycle

pytestmark = pytest.mark.django_db


def keys(concepts: Iterable[Concept]) -> list[str]:
    return sorted(concept.key for concept in concepts)


@pytest.mark.parametrize(
    "said", ["Geduldete", "geduldete", "DULDUNG", "st-duldung", "Tolerated persons", "tolerated-persons"]
)
def test_a_concept_is_found_by_any_of_its_names(said: str, small: Vocabulary) -> None:
    assert keys(queries.concepts_called(said)) == ["st-duldung"]


def test_a_concept_is_found_by_an_outdated_word(small: Vocabulary) -> None:
    assert keys(queries.concepts_called("asylanten")) == ["st-gefluechtete"]


def test_a_concept_is_found_by_its_iso_code(small: Vocabulary) -> None:
    assert keys(queries.concepts_called("de-ni", facet_key="region")) == ["DE-NI"]


def test_parts_of_words_are_found_in_their_facet(small: Vocabulary) -> None:
    assert keys(queries.concepts_like("duldung", facet_key="status")) == ["st-ausbduldung", "st-duldung"]
    assert keys(queries.concepts_like("duldung", facet_key="region")) == []


def test_ended_concepts_are_left_out_on_a_later_day(small: Vocabulary) -> None:
    assert keys(queries.concepts_called("Chancen-Aufenthaltsrecht", on=date(2025, 12, 31))) == ["st-chancen"]
    assert keys(queries.concepts_called("Chancen-Aufenthaltsrecht", on=date(2026, 1, 1))) == []


def test_facets_count_what_is_valid_on_a_day(small: Vocabulary, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        counted = {facet.key: facet.number for facet in queries.facets_on(date(2026, 11, 23))}
    assert counted == {"status": 3, "region": 3}
    assert {f.key: f.number for f in queries.facets_on(date(2010, 1, 1))} == {"status": 2, "region": 3}


def test_narrower_concepts_are_gathered_at_every_depth(small: Vocabulary, django_assert_num_queries) -> None:
    top = Concept.objects.get(key="st-gefluechtete")
    with django_assert_num_queries(1):
        below = keys(Concept.objects.filter(pk__in=queries.with_narrower([top])))
    assert below == ["st-ausbduldung", "st-duldung", "st-gefluechtete"]


def test_broader_concepts_are_gathered_at_every_depth(small: Vocabulary) -> None:
    low = Concept.objects.get(key="st-ausbduldung")
    above = keys(Concept.objects.filter(pk__in=queries.with_broader([low])))
    assert above == ["st-ausbduldung", "st-duldung", "st-gefluechtete"]


def test_closure_of_nothing_is_nothing(small: Vocabulary) -> None:
    assert keys(Concept.objects.filter(pk__in=queries.with_narrower([]))) == []


def test_closure_ends_where_the_data_go_in_a_circle(small: Vocabulary) -> None:
    top, low = Concept.objects.get(key="st-gefluechtete"), Concept.objects.get(key="st-ausbduldung")
    top.broader.add(low)  # no action allows this
    assert keys(Concept.objects.filter(pk__in=queries.with_narrower([top]))) == [
        "st-ausbduldung", "st-duldung", "st-gefluechtete",
    ]  # fmt: skip


GRAPHS = st.dictionaries(st.integers(0, 7), st.frozensets(st.integers(0, 7), max_size=3), max_size=8)


def reachable(graph: dict[str, frozenset[str]], start: str) -> set[str]:
    """The slow twin: walk until nothing new comes."""
    seen: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            waiting += graph.get(step, ())
    return seen


@given(GRAPHS)
@settings(max_examples=200, deadline=None)
def test_a_cycle_is_found_exactly_where_something_reaches_itself(numbers: dict[int, frozenset[int]]) -> None:
    graph = {str(key): frozenset(map(str, above)) for key, above in numbers.items()}
    circle = find_cycle(graph.items())
    assert bool(circle) == any(key in reachable(graph, key) for key in graph)
    if circle:
        assert circle[0] == circle[-1]
        assert all(there in graph[here] for here, there in pairwise(circle))


def test_the_whole_vocabulary_is_browsed_in_few_queries(by: Actor, now, client, django_assert_num_queries) -> None:
    load_vocabulary(by=by, at=now)
    # One question more for each public page: whether it is kept already.
    with django_assert_num_queries(1 + 1):
        client.get("/vokabular/")
    for key in ("region", "status"):
        with django_assert_num_queries(2 + 1):  # the facet, its concepts
            client.get(f"/vokabular/facetten/{key}/")
    with django_assert_num_queries(7 + 1):  # the concept; labels, broader, narrower, related, mapped, what it replaced
        client.get("/vokabular/DE")
    with django_assert_num_queries(2 + 1):  # how many, and one page of them
        client.get("/vokabular/?q=e")
