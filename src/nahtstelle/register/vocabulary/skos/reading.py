"""A SKOS file as plain terms, exactly as it says them; nothing is judged here but whether it can be read at all."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from xml.sax import SAXException

from django.utils.translation import gettext as _
from rdflib import RDF, BNode, Graph, Literal
from rdflib.namespace import DC, DCTERMS, OWL, RDFS, SKOS
from rdflib.term import Node

from .guarding import UnreadableFile, unpacked
from .terms import OURS, SCHEMA, plain

MOST = 12_000  # concepts: twice the largest thesaurus of the field, and still within one request
Words = list[tuple[str, str]]  # (language tag or "", text)


@dataclass(slots=True)
class Term:
    """One skos:Concept of the file. Neighbours are named by their address."""

    uri: str  # "_:…" for a concept without an address
    names: Words = field(default_factory=list)
    alternatives: Words = field(default_factory=list)
    hidden: Words = field(default_factory=list)
    outdated: Words = field(default_factory=list)
    notes: Words = field(default_factory=list)
    codes: Words = field(default_factory=list)  # (kind: iso, ags or "", text)
    broader: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)
    replaced_by: str = ""
    key: str = ""  # only in files of Nahtstelle, as are level and position
    level: str = ""
    position: int = 0
    valid_from: str = ""
    valid_until: str = ""
    deprecated: bool = False


@dataclass(slots=True)
class Scheme:
    """One skos:ConceptScheme; ``key`` only in files of Nahtstelle."""

    uri: str
    names: Words = field(default_factory=list)
    key: str = ""
    position: int = 0


@dataclass(slots=True)
class Reading:
    """What a file says. ``left_out`` counts properties of concepts for which we have no place."""

    terms: list[Term]
    schemes: list[Scheme]
    left_out: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> "Reading":
        return cls(
            [Term(**term) for term in packed["terms"]],
            [Scheme(**scheme) for scheme in packed["schemes"]],
            packed["left_out"],
        )


def read(content: bytes, file_name: str) -> Reading:
    """The concepts of a file.

    Raises ``UnreadableFile`` where it cannot be read or holds no concept.
    """
    plain, form = unpacked(content, file_name)
    graph = Graph()
    try:
        graph.parse(data=plain, format=form.parser, publicID="urn:file:")
    except UnreadableFile:
        raise
    except (Exception, RecursionError) as trouble:  # reason: rdflib's parsers raise whatever they trip over
        what = trouble.getMessage() if isinstance(trouble, SAXException) else str(trouble)
        raise UnreadableFile(_("The file cannot be read: %s") % " ".join(what.split())[:300]) from trouble
    number = sum(1 for _concept in graph.subjects(RDF.type, SKOS.Concept))
    if number > MOST:
        raise UnreadableFile(
            _("The file holds %(number)d concepts; at most %(most)d can be imported at once.")
            % {"number": number, "most": MOST}
        )
    reading = _read_graph(graph)
    if not reading.terms:
        raise UnreadableFile(_("The file can be read, but holds no concept (skos:Concept)."))
    return reading


def _read_graph(graph: Graph) -> Reading:
    about: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
    for subject, predicate, value in graph:
        about[subject].append((predicate, value))
    concepts = sorted(set(graph.subjects(RDF.type, SKOS.Concept)), key=str)
    schemes = sorted(set(graph.subjects(RDF.type, SKOS.ConceptScheme)), key=str)
    left_out: Counter[str] = Counter()
    terms = {concept: _term(concept, sorted(about[concept], key=str), left_out) for concept in concepts}
    for broad, _p, narrow in graph.triples((None, SKOS.narrower, None)):
        if narrow in terms and _address(broad) not in terms[narrow].broader:
            terms[narrow].broader.append(_address(broad))
    for scheme, _p, concept in graph.triples((None, SKOS.hasTopConcept, None)):
        if concept in terms and _address(scheme) not in terms[concept].schemes:
            terms[concept].schemes.append(_address(scheme))
    return Reading(
        list(terms.values()),
        [_scheme(scheme, sorted(about[scheme], key=str)) for scheme in schemes],
        dict(left_out.most_common()),
    )


def _words(value: Node) -> tuple[str, str]:
    return (getattr(value, "language", None) or "").lower(), plain(str(value))


def _code(value: Node) -> tuple[str, str]:
    kinds = {OURS.iso: "iso", OURS.ags: "ags"}
    return kinds.get(getattr(value, "datatype", None), ""), plain(str(value))


Reader = Callable[[Term, Node], None]
_READERS: dict[Node, Reader] = {
    SKOS.prefLabel: lambda term, value: term.names.append(_words(value)),
    SKOS.altLabel: lambda term, value: term.alternatives.append(_words(value)),
    SKOS.hiddenLabel: lambda term, value: term.hidden.append(_words(value)),
    OURS.outdatedLabel: lambda term, value: term.outdated.append(_words(value)),
    SKOS.scopeNote: lambda term, value: term.notes.append(_words(value)),
    SKOS.definition: lambda term, value: term.notes.append(_words(value)),
    SKOS.note: lambda term, value: term.notes.append(_words(value)),
    SKOS.notation: lambda term, value: term.codes.append(_code(value)),
    SKOS.broader: lambda term, value: term.broader.append(_address(value)),
    SKOS.related: lambda term, value: term.related.append(_address(value)),
    SKOS.inScheme: lambda term, value: term.schemes.append(_address(value)),
    SKOS.topConceptOf: lambda term, value: term.schemes.append(_address(value)),
    DCTERMS.isReplacedBy: lambda term, value: setattr(term, "replaced_by", _address(value)),
    OURS.key: lambda term, value: setattr(term, "key", str(value)),
    OURS.level: lambda term, value: setattr(term, "level", str(value)),
    OURS.position: lambda term, value: setattr(term, "position", _number(value)),
    SCHEMA.validFrom: lambda term, value: setattr(term, "valid_from", str(value)),
    SCHEMA.validThrough: lambda term, value: setattr(term, "valid_until", str(value)),
    OWL.deprecated: lambda term, value: setattr(term, "deprecated", str(value).lower() in ("true", "1")),
}
# Said again elsewhere, or nothing one would miss.
_SILENT = {RDF.type, SKOS.narrower, SKOS.broaderTransitive, SKOS.narrowerTransitive, RDFS.label, DC.identifier}


def _number(value: Node) -> int:
    number = value.toPython() if isinstance(value, Literal) else 0
    return number if isinstance(number, int) and 0 <= number < 32768 else 0


def _term(concept: Node, said: list[tuple[Node, Node]], left_out: Counter[str]) -> Term:
    term = Term(uri=_address(concept))
    for predicate, value in said:
        reader = _READERS.get(predicate)
        if reader is not None:
            reader(term, value)
        elif predicate not in _SILENT:
            left_out[str(predicate)] += 1
    term.schemes = sorted(set(term.schemes))
    term.broader = sorted(set(term.broader))
    return term


def _address(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _scheme(scheme: Node, said: list[tuple[Node, Node]]) -> Scheme:
    found = Scheme(uri=_address(scheme))
    for predicate, value in said:
        if predicate in (SKOS.prefLabel, DCTERMS.title, DC.title, RDFS.label):
            found.names.append(_words(value))
        elif predicate == OURS.key:
            found.key = str(value)
        elif predicate == OURS.position:
            found.position = _number(value)
    return found
