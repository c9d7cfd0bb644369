"""Concepts as an RDF graph."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

from ..models import Label
from ..values import ConceptValue, FacetValue
from .terms import OURS, SCHEMA, Form

_LABELS = {
    Label.Kind.PREFERRED: SKOS.prefLabel,
    Label.Kind.ALTERNATIVE: SKOS.altLabel,
    Label.Kind.HIDDEN: SKOS.hiddenLabel,
    Label.Kind.OUTDATED: OURS.outdatedLabel,
}
_CODES = {"iso_code": OURS.iso, "ags": OURS.ags, "notation": None}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are named: the address of a facet by key, of a concept by key."""

    facet: Callable[[str], str]
    concept: Callable[[str], str]


def graph_of(
    facets: Iterable[FacetValue],
    concepts: Iterable[ConceptValue],
    *,
    addresses: Addresses,
    uris: Mapping[str, str],
    day: date,
) -> Graph:
    """A graph of these facets and concepts.

    ``uris`` maps keys of neighbours that were imported to their own identity. A concept that ended before ``day`` is
    marked as deprecated.
    """
    graph = Graph()
    for prefix, names in (("skos", SKOS), ("dcterms", DCTERMS), ("owl", OWL), ("schema", SCHEMA), ("nst", OURS)):
        graph.bind(prefix, names)
    concepts = list(concepts)
    known = {value.key: value.uri for value in concepts if value.uri} | dict(uris)

    def subject(key: str) -> URIRef:
        return URIRef(known.get(key) or addresses.concept(key))

    for facet in facets:
        _add_facet(graph, URIRef(addresses.facet(facet.key)), facet)
    for value in concepts:
        here = subject(value.key)
        scheme = URIRef(addresses.facet(value.facet))
        _add_words(graph, here, value)
        _add_life(graph, here, value, day)
        graph.add((here, SKOS.inScheme, scheme))
        for key in value.broader:
            graph.add((here, SKOS.broader, subject(key)))
            graph.add((subject(key), SKOS.narrower, here))
        for key in value.related:
            graph.add((here, SKOS.related, subject(key)))
        if value.replaced_by:
            graph.add((here, DCTERMS.isReplacedBy, subject(value.replaced_by)))
        if not value.broader:
            graph.add((here, SKOS.topConceptOf, scheme))
    return graph


def _add_facet(graph: Graph, here: URIRef, facet: FacetValue) -> None:
    graph.add((here, RDF.type, SKOS.ConceptScheme))
    graph.add((here, OURS.key, Literal(facet.key)))
    graph.add((here, OURS.position, Literal(facet.position)))
    graph.add((here, SKOS.prefLabel, Literal(facet.name_de, lang="de")))
    graph.add((here, SKOS.prefLabel, Literal(facet.name_en, lang="en")))


def _add_words(graph: Graph, here: URIRef, value: ConceptValue) -> None:
    graph.add((here, RDF.type, SKOS.Concept))
    graph.add((here, OURS.key, Literal(value.key)))
    graph.add((here, OURS.position, Literal(value.position)))
    if value.level:
        graph.add((here, OURS.level, Literal(value.level)))
    for language, name, note in (("de", value.name_de, value.note_de), ("en", value.name_en, value.note_en)):
        if name:
            graph.add((here, SKOS.prefLabel, Literal(name, lang=language)))
        if note:
            graph.add((here, SKOS.scopeNote, Literal(note, lang=language)))
    for label in value.labels:
        words = Literal(label.text, lang=label.language)
        graph.add((here, _LABELS[Label.Kind(label.kind)], words))
        if label.kind == Label.Kind.OUTDATED:
            graph.add((here, SKOS.hiddenLabel, words))
    for name, kind in _CODES.items():
        if getattr(value, name):
            graph.add((here, SKOS.notation, Literal(getattr(value, name), datatype=kind)))


def _add_life(graph: Graph, here: URIRef, value: ConceptValue, day: date) -> None:
    if value.valid_from:
        graph.add((here, SCHEMA.validFrom, Literal(value.valid_from, datatype=XSD.date)))
    if value.valid_until:
        graph.add((here, SCHEMA.validThrough, Literal(value.valid_until, datatype=XSD.date)))
        if value.valid_until < day:
            graph.add((here, OWL.deprecated, Literal(True)))


def written(graph: Graph, form: Form) -> bytes:
    """The graph in one of the forms, UTF-8."""
    # The JSON-LD writer takes the prefixes as context only when asked.
    options = {"auto_compact": True} if form.parser == "json-ld" else {}
    return graph.serialize(format=form.parser, encoding="utf-8", **options)
