"""What is said of files that others made."""

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.utils import translation

from nahtstelle.register.vocabulary.skos.guarding import LARGEST, UnreadableFile
from nahtstelle.register.vocabulary.skos.reading import read
from nahtstelle.register.vocabulary.values import ConceptValue, FacetValue, Vocabulary
from tests.register.vocabulary.exchange import fitted_to, said, turtle, written_out
from tests.register.vocabulary.making import SMALL, concept

INTO = FacetValue("x", "Ix", "Ex")


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def problems(body: str, *there: ConceptValue) -> list[str]:
    return said(fitted_to(there, turtle(body), "x.ttl", INTO))


def test_concepts_of_others_get_keys_from_their_addresses() -> None:
    body = """ex:a a skos:Concept; skos:prefLabel "Eins"@de.
              <http://other.org/b#a> a skos:Concept; skos:prefLabel "Zwei"@de."""
    fitted = fitted_to([], turtle(body), "x.ttl", INTO)
    assert sorted((value.key, value.uri) for value in fitted.values) == [
        ("x-a", "http://example.org/a"),
        ("x-a-f4f59445", "http://other.org/b#a"),
    ]


def test_a_second_import_recognises_what_it_made() -> None:
    body = """ex:a a skos:Concept; skos:prefLabel "Eins"@de."""
    first = fitted_to([], turtle(body), "x.ttl", INTO)
    second = fitted_to(first.values, turtle(body.replace("Eins", "Ein anderes")), "x.ttl", INTO)
    assert [(value.key, value.name_de) for value in second.changed] == [("x-a", "Ein anderes")]
    assert second.created == []


def test_codes_and_days_of_ours_survive_a_file_that_does_not_know_them() -> None:
    mine = concept("x-a", "x", iso_code="XA", level="land", position=7, uri="http://example.org/a")
    fitted = fitted_to([mine], turtle('ex:a a skos:Concept; skos:prefLabel "Neu"@de, "New"@en.'), "x.ttl", INTO)
    assert [(v.name_de, v.iso_code, v.level, v.position) for v in fitted.changed] == [("Neu", "XA", "land", 7)]


def test_concepts_called_deprecated_end_today() -> None:
    body = 'ex:a a skos:Concept; skos:prefLabel "Alt"@de; owl:deprecated true.'
    assert [str(v.valid_until) for v in fitted_to([], turtle(body), "x.ttl", INTO).values] == ["2026-11-23"]


def test_a_name_in_a_third_language_is_kept_as_a_label() -> None:
    body = 'ex:a a skos:Concept; skos:prefLabel "Eins"@de, "Один"@uk.'
    (value,) = fitted_to([], turtle(body), "x.ttl", INTO).values
    assert [(label.language, label.text, label.kind) for label in value.labels] == [("uk", "Один", "preferred")]


def test_narrower_and_related_are_read_from_either_end() -> None:
    body = """ex:a a skos:Concept; skos:prefLabel "A"@de; skos:narrower ex:b; skos:related ex:c.
              ex:b a skos:Concept; skos:prefLabel "B"@de. ex:c a skos:Concept; skos:prefLabel "C"@de."""
    by_key = {value.key: value for value in fitted_to([], turtle(body), "x.ttl", INTO).values}
    assert by_key["x-b"].broader == {"x-a"}
    assert by_key["x-c"].related == {"x-a"}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "ex:a a skos:Concept.",
            "! http://example.org/a: It has no preferred name in German or English.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Один"@uk.',
            "! Один: It has no preferred name in German or English.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins"@de, "Uno"@de.',
            "! Eins: It has two preferred names in one language: “Eins” and “Uno”.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins"@de; skos:altLabel "Yksi"@qqq.',
            "Eins: The language “qqq” of the label “Yksi” is not known; it is left out.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins"@de; skos:altLabel "Eins"@de.',
            "Eins: “Eins” is both its name and another label; the name stays.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins".',
            "Eins: The name “Eins” has no language; it is taken for each of German and English that is missing.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins"@de; skos:broader ex:weg.',
            "Eins: It names http://example.org/weg, which is neither in the file nor here; the link is left out.",
        ),
        (
            '[] a skos:Concept; skos:prefLabel "Eins"@de.',
            "Eins: It has no address of its own; a second import would not recognise it.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins"@de. ex:b a skos:Concept; skos:prefLabel "Eins"@de.',
            "Eins: Two concepts have this name in the language de: x-a and x-b.",
        ),
        (
            f'ex:a a skos:Concept; skos:prefLabel "{"x" * 201}"@de.',
            f"! {'x' * 200}: Its name is longer than 200 characters.",
        ),
        (
            'ex:a a skos:Concept; skos:prefLabel "Eins"@de; dcterms:isReplacedBy ex:a.',
            "! Eins: A concept cannot be replaced by itself, not even by a detour.",
        ),
    ],
)
def test_each_problem_is_told_with_its_concept(body: str, problem: str) -> None:
    assert problems(body) == [problem]


def test_a_circle_is_refused_by_its_names() -> None:
    body = """ex:a a skos:Concept; skos:prefLabel "Ast"@de; skos:broader ex:b.
              ex:b a skos:Concept; skos:prefLabel "Baum"@de; skos:broader ex:a."""
    assert problems(body) == ["! Ast: The broader concepts go in a circle: “Ast” → “Baum” → “Ast”."]


def test_a_circle_through_what_is_there_is_refused() -> None:
    mine = concept("x-b", "x", "Baum", uri="http://example.org/b", broader=frozenset({"x-c"}))
    top = concept("x-c", "x", "Wald", uri="http://example.org/c")
    body = 'ex:c a skos:Concept; skos:prefLabel "Wald"@de; skos:broader ex:b.'
    told = problems(body, mine, top)
    assert len(told) == 1
    assert told[0].startswith("! ")
    assert "go in a circle" in told[0]


def test_a_key_of_another_facet_is_refused() -> None:
    other = written_out(SMALL, "ttl")
    told = said(fitted_to(SMALL.concepts, other, "x.ttl", INTO))
    assert "! Geduldete: The key st-duldung belongs to the facet status." in told


def test_a_code_of_another_concept_is_refused() -> None:
    mine = concept("y-1", "y", iso_code="XA")
    other = written_out(Vocabulary((INTO,), (concept("x-1", "x", "Eins", iso_code="XA"),)), "ttl")
    assert said(fitted_to([mine], other, "x.ttl", INTO)) == ["! Eins: The code XA already belongs to y-1."]
    within = written_out(Vocabulary((INTO,), (concept("x-2", "x", "Zwei", ags="07"),)), "ttl")
    assert said(fitted_to([concept("x-1", "x", ags="07")], within, "x.ttl", INTO)) == [
        "! Zwei: The code 07 already belongs to x-1."
    ]


def test_a_foreign_file_needs_a_facet() -> None:
    told = said(fitted_to([], turtle('ex:a a skos:Concept; skos:prefLabel "Eins"@de.'), "x.ttl", None))
    assert told == ["! Eins: It belongs to no facet of this file; please choose a facet."]


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(content, name)
    return str(caught.value)


@pytest.mark.parametrize("name", ["x.ttl", "x.rdf", "x.jsonld", "x.ttl.gz", "x.xml"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"<<<", b'{"a": ', b"plain words", b"[" * 100_000])
def test_rubbish_is_refused_in_a_sentence(name: str, content: bytes) -> None:
    assert refusal(content, name).strip()


def test_another_ending_is_refused() -> None:
    assert refusal(b"x", "x.docx").startswith("Please give a file ending in .ttl")


def test_a_packed_bomb_is_refused_unpacked() -> None:
    bomb = gzip.compress(b" " * (LARGEST + 2))
    assert len(bomb) < 100_000
    assert refusal(bomb, "x.ttl.gz") == "The file is larger than 16 MB."


@pytest.fixture
def listener() -> object:
    """A server that counts who comes; nobody should."""
    calls: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"@context": {}}')

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()
    thread.join()
    server.server_close()


def rdf_xml(head: str, name: str) -> bytes:
    return f"""<?xml version="1.0"?>{head}
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
        <skos:Concept rdf:about="http://example.org/a"><skos:prefLabel xml:lang="de">{name}</skos:prefLabel></skos:Concept>
        </rdf:RDF>""".encode()


def test_entities_that_abbreviate_are_understood() -> None:
    head = '<!DOCTYPE rdf:RDF [<!ENTITY wald "Wald">]>'
    assert read(rdf_xml(head, "&wald;"), "x.rdf").terms[0].names == [("de", "Wald")]


def test_external_entities_are_refused_and_never_fetched(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    address, calls = listener
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    for system in (secret.as_uri(), f"{address}/e"):
        head = f'<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM "{system}">]>'
        assert "refers to another file (entity “e”)" in refusal(rdf_xml(head, "&e;"), "x.rdf")
    assert calls == []


def test_an_external_document_type_is_never_fetched(listener: tuple[str, list[str]]) -> None:
    address, calls = listener
    read(rdf_xml(f'<!DOCTYPE rdf:RDF SYSTEM "{address}/x.dtd">', "Wald"), "x.rdf")
    assert calls == []


def test_entities_that_grow_are_refused() -> None:
    lines = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(8)
    )
    assert "abbreviates too much" in refusal(rdf_xml(f"<!DOCTYPE rdf:RDF [{lines}]>", "&i;"), "x.rdf")


def test_remote_contexts_are_refused_and_never_fetched(listener: tuple[str, list[str]]) -> None:
    address, calls = listener
    inner = {"@context": {"@import": f"{address}/c"}, "@graph": []}
    for document in ({"@context": f"{address}/c"}, {"@graph": [{"@context": [f"{address}/c"]}]}, inner):
        assert refusal(json.dumps(document).encode(), "x.jsonld").startswith("The file refers to a context")
    assert calls == []


def test_a_file_without_concepts_says_so() -> None:
    assert refusal(turtle("ex:a ex:b ex:c ."), "x.ttl").startswith("The file can be read, but holds no concept")
