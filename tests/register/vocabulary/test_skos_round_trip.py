"""What goes out as SKOS comes back as it was."""

import string
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, SKOS

from nahtstelle.register.vocabulary.ours import our_vocabulary
from nahtstelle.register.vocabulary.skos.terms import FORMS, plain
from nahtstelle.register.vocabulary.values import ConceptValue, FacetValue, LabelValue, Vocabulary
from tests.register.vocabulary.exchange import address, fitted_to, said, written_out
from tests.register.vocabulary.making import SMALL

ENDINGS = sorted(FORMS)
texts = st.text(max_size=30).map(plain)
names = texts.filter(bool)
days = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))
codes = st.text(string.ascii_letters + string.digits + "-.", max_size=8)
words = st.builds(
    LabelValue,
    st.sampled_from(["de", "en", "uk", "de-x-leicht"]),
    names,
    st.sampled_from(["alternative", "hidden", "outdated"]),
)


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """One facet with concepts of every kind of content, broader upwards only."""
    keys = [f"x-{number}" for number in range(draw(st.integers(1, 5)))]
    values = []
    for number, key in enumerate(keys):
        span = sorted(filter(None, draw(st.tuples(days, days))))
        name_de, name_en = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
        value = ConceptValue(
            key=key,
            facet="x",
            name_de=draw(names) if name_de else "",
            name_en=draw(names) if name_en else "",
            note_de=draw(texts),
            note_en=draw(texts),
            level=draw(codes),
            iso_code=f"{key}{draw(codes)}"[:10],
            ags=draw(st.sampled_from(["", f"0{number}"])),
            notation=draw(texts),
            uri=draw(st.sampled_from(["", f"http://example.org/{key}"])),
            source="import:1",
            position=draw(st.integers(0, 32767)),
            valid_from=span[0] if span else None,
            valid_until=span[-1] if span else None,
            broader=frozenset(draw(st.lists(st.sampled_from(keys[:number]), max_size=2))) if number else frozenset(),
            replaced_by=draw(st.sampled_from(["", *keys[:number]])),
        )
        labels = {(label.language, label.text): label for label in draw(st.lists(words, max_size=4))}
        labels.pop(("de", value.name_de), None)
        labels.pop(("en", value.name_en), None)
        values.append(replace(value, labels=frozenset(labels.values())))
    partner = replace(values[0], related=frozenset(keys[1:]))
    others = [replace(value, related=frozenset({keys[0]})) for value in values[1:]]
    return Vocabulary((FacetValue("x", "Ix", "Ex", 3),), (partner, *others))


@pytest.mark.parametrize("ending", ENDINGS)
@given(vocabularies())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_concepts_come_back_as_they_were(ending: str, vocabulary: Vocabulary) -> None:
    fitted = fitted_to([], written_out(vocabulary, ending), f"x.{ending}")
    assert fitted.errors == []
    assert {value.key: value for value in fitted.values} == {value.key: value for value in vocabulary.concepts}
    assert tuple(fitted.facets) == vocabulary.facets


@pytest.mark.parametrize("ending", ENDINGS)
def test_our_whole_vocabulary_comes_back_unchanged(ending: str) -> None:
    ours = our_vocabulary()
    fitted = fitted_to(ours.concepts, written_out(ours, ending), f"x.{ending}")
    assert (len(fitted.created), len(fitted.changed), fitted.unchanged) == (0, 0, len(ours.concepts))
    with translation.override("en"):
        # Real homonyms, within one facet: worth a note, no error.
        assert [line for line in said(fitted) if "Two concepts have this name" not in line] == []


def test_all_forms_say_the_same() -> None:
    graphs = [Graph().parse(data=written_out(SMALL, ending), format=FORMS[ending].parser) for ending in ENDINGS]
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[1], graphs[2])


def test_outdated_words_go_out_as_hidden_labels() -> None:
    graph = Graph().parse(data=written_out(SMALL, "ttl"), format="turtle")
    here = URIRef(address("st-gefluechtete"))
    assert set(graph.objects(here, SKOS.hiddenLabel)) == {Literal("Asylanten", lang="de")}
    assert set(graph.objects(here, SKOS.altLabel)) == {Literal("Schutzsuchende", lang="de")}


def test_ended_concepts_are_marked_as_deprecated() -> None:
    graph = Graph().parse(data=written_out(SMALL, "ttl"), format="turtle")
    assert set(graph.subjects(OWL.deprecated, None)) == {URIRef(address("st-chancen"))}
