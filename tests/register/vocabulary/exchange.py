"""Out and in again, as the pages do it."""

from collections.abc import Iterable
from datetime import date

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.skos.fitting import Fitted, Known, There, fit
from nahtstelle.register.vocabulary.skos.reading import read
from nahtstelle.register.vocabulary.skos.terms import FORMS
from nahtstelle.register.vocabulary.skos.writing import Addresses, graph_of, written
from nahtstelle.register.vocabulary.values import ConceptValue, FacetValue, Vocabulary

DAY = date(2026, 11, 23)


def address(key: str) -> str:
    return f"http://localhost:8000/vokabular/{key}"


def facet_address(key: str) -> str:
    return f"http://localhost:8000/vokabular/facetten/{key}/"


ADDRESSES = Addresses(facet=facet_address, concept=address)


def written_out(vocabulary: Vocabulary, ending: str) -> bytes:
    graph = graph_of(vocabulary.facets, vocabulary.concepts, addresses=ADDRESSES, uris={}, day=DAY)
    return written(graph, FORMS[ending])


def there_of(values: Iterable[ConceptValue]) -> There:
    values = list(values)
    known = tuple(Known(value.key, value.uri, value.facet, value.iso_code, value.ags) for value in values)
    return There(known, {value.key: value for value in values}, address)


def fitted_to(values: Iterable[ConceptValue], content: bytes, name: str, target: FacetValue | None = None) -> Fitted:
    return fit(read(content, name), target, there_of(values), day=DAY, source="import:1")


def said(fitted: Fitted) -> list[str]:
    """The sentences of the problems, errors marked."""
    return [f"{'! ' if problem.is_error else ''}{problem.who}: {problem.sentence}" for problem in fitted.problems]


def turtle(body: str) -> bytes:
    """A Turtle file with the prefixes one needs."""
    head = """
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix ex: <http://example.org/> .
    """
    return (head + body).encode()


def all_concepts() -> set[str]:
    return set(Concept.objects.values_list("key", flat=True))
