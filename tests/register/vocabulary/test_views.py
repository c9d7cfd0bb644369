"""Pages of the vocabulary: open to read, closed to change."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.vocabulary import rules
from nahtstelle.register.vocabulary.actions import load_vocabulary
from nahtstelle.register.vocabulary.models import Batch, Concept, Facet
from nahtstelle.register.vocabulary.states import states_of
from nahtstelle.register.vocabulary.values import Vocabulary
from nahtstelle.register.vocabulary.views import browsing
from tests.register.cast import Cast
from tests.register.vocabulary.exchange import turtle
from tests.register.world import SignIn

pytestmark = pytest.mark.django_db
BODY = turtle('ex:a a skos:Concept; skos:prefLabel "Eins"@de, "One"@en.')


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def upload(client: Client, content: bytes = BODY, name: str = "x.ttl", **fields: str) -> object:
    data = {"facet": "+", "key": "x", "name_de": "Ix", "name_en": "Ex", "submission": str(uuid.uuid4()), **fields}
    return client.post(reverse("vocabulary:imports"), {"file": SimpleUploadedFile(name, content), **data})


# What anybody may read.


@pytest.mark.parametrize(
    ("language", "title", "status", "label"),
    [
        ("de", "Vokabular", "Aufenthaltsstatus", "Weitere Bezeichnungen"),
        ("en", "Vocabulary", "Legal status", "Other ways"),
    ],
)
def test_pages_speak_both_languages(
    language: str, title: str, status: str, label: str, client: Client, small: Vocabulary
) -> None:
    client.cookies["django_language"] = language
    assert f'<h1 class="n-head__title">{title}</h1>' in words(client.get(reverse("vocabulary:facets")))
    assert status in words(client.get(reverse("vocabulary:facet", args=["status"])))
    assert label in words(client.get(reverse("vocabulary:concept", args=["st-duldung"])))


def test_a_search_finds_outdated_words(client: Client, small: Vocabulary) -> None:
    page = words(client.get(reverse("vocabulary:facets"), {"q": "asylant"}))
    assert reverse("vocabulary:concept", args=["st-gefluechtete"]) in page
    assert reverse("vocabulary:concept", args=["st-duldung"]) not in page


def test_a_search_without_result_says_what_to_do(client: Client, small: Vocabulary) -> None:
    assert "n-empty" in words(client.get(reverse("vocabulary:facets"), {"q": "gibtesnicht"}))


def test_a_facet_shows_the_concepts_of_the_day_asked_for(client: Client, small: Vocabulary) -> None:
    address = reverse("vocabulary:facet", args=["status"])
    assert "Chancen-Aufenthaltsrecht" in words(client.get(address, {"am": "2024-06-01"}))
    assert "Chancen-Aufenthaltsrecht" not in words(client.get(address, {"am": "2026-06-01"}))


@pytest.mark.parametrize("am", ["morgen", "2024-13-01", "0000-00-00", "9" * 40])
def test_a_day_that_makes_no_sense_is_today(am: str, client: Client, small: Vocabulary) -> None:
    assert client.get(reverse("vocabulary:facet", args=["status"]), {"am": am}).status_code == 200


def test_an_ended_concept_says_so(client: Client, small: Vocabulary) -> None:
    page = words(client.get(reverse("vocabulary:concept", args=["st-chancen"]), {"am": "2026-11-23"}))
    assert "31. Dezember 2025" in page
    assert "n-banner" in page


@pytest.mark.parametrize("name", ["vocabulary:facet", "vocabulary:concept"])
def test_what_is_not_there_is_not_found(name: str, client: Client, small: Vocabulary) -> None:
    assert client.get(reverse(name, args=["nie"])).status_code == 404


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json, text/html;q=0.5", "application/ld+json"),
        ("image/png", "text/html"),
    ],
)
def test_a_concept_answers_in_the_form_asked_for(accept: str, kind: str, client: Client, small: Vocabulary) -> None:
    response = client.get("/vokabular/st-duldung", headers={"accept": accept})
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert "Accept" in response["Vary"].split(", ")


def test_the_address_of_a_concept_is_its_name_in_skos(client: Client, small: Vocabulary, settings) -> None:
    graph = Graph().parse(data=client.get("/vokabular/st-duldung.ttl").content, format="turtle")
    address = settings.BASE_URL + "/vokabular/st-duldung"
    assert set(graph.subjects(SKOS.prefLabel, None)) - {URIRef(settings.BASE_URL + "/vokabular/facetten/status/")} == {
        URIRef(address)
    }
    assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200


@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld"])
def test_a_facet_and_the_whole_go_out_in_each_form(ending: str, client: Client, small: Vocabulary) -> None:
    numbers = []
    for address in (f"/vokabular/facetten/region.{ending}", f"/vokabular/alles.{ending}"):
        form = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}[ending]
        graph = Graph().parse(data=client.get(address).content, format=form)
        numbers.append(len(set(graph.subjects(None, SKOS.Concept))))
    assert numbers == [3, 7]


def test_an_unknown_form_is_not_found(client: Client, small: Vocabulary) -> None:
    assert client.get("/vokabular/st-duldung.exe").status_code == 404


def test_a_large_facet_is_paged(client: Client, by: Actor, now, monkeypatch: pytest.MonkeyPatch) -> None:
    load_vocabulary(by=by, at=now)
    monkeypatch.setattr(browsing, "TREE", 100)
    page = words(client.get(reverse("vocabulary:facet", args=["region"])))
    assert page.count('class="n-result"') == browsing.PAGE
    assert "?page=2" in page


def test_a_large_export_is_for_staff(
    as_: SignIn, people: Cast, small: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "EXPORT_FOR_ALL", 6)
    assert as_(people.alice).get("/vokabular/alles.ttl").status_code == 200
    assert as_(people.chloe).get("/vokabular/alles.ttl").status_code == 403
    assert as_(None).get("/vokabular/alles.ttl").status_code == 302


# What only those who keep it may do.


def editing_pages() -> list[str]:
    return [
        reverse("vocabulary:add", args=["status"]),
        reverse("vocabulary:change", args=["st-duldung"]),
        reverse("vocabulary:labels", args=["st-duldung"]),
        reverse("vocabulary:end", args=["st-duldung"]),
        reverse("vocabulary:imports"),
    ]


@pytest.mark.parametrize("number", range(5))
def test_pages_for_editors_open_to_editors_only(number: int, as_: SignIn, people: Cast, small: Vocabulary) -> None:
    address = editing_pages()[number]
    assert as_(people.bob).get(address).status_code == 200
    assert as_(people.dilan).get(address).status_code == 200
    assert as_(people.alice).get(address).status_code == 403
    assert as_(people.chloe).get(address).status_code == 403
    assert as_(None).get(address).status_code == 302


def test_a_role_that_ended_opens_nothing(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    CentreRole.objects.filter(person=people.bob).update(valid_until="2020-12-31")
    assert as_(people.bob).get(editing_pages()[0]).status_code == 403


def test_links_for_editors_are_shown_to_editors_only(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    link = reverse("vocabulary:change", args=["st-duldung"])
    assert link in words(as_(people.bob).get("/vokabular/st-duldung"))
    for reader in (people.chloe, None):
        assert link not in words(as_(reader).get("/vokabular/st-duldung"))


def test_the_history_is_shown_to_editors_only(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    assert "Nahtstelle (tests)" in words(as_(people.bob).get("/vokabular/st-duldung"))
    assert "Nahtstelle (tests)" not in words(as_(None).get("/vokabular/st-duldung"))


POSTS = {
    "add": ("vocabulary:add", "status", {"name_de": "Neu", "name_en": "New", "key": "st-neu"}),
    "change": ("vocabulary:change", "st-duldung", {"name_de": "Anders", "name_en": "Other"}),
    "label": ("vocabulary:labels", "st-duldung", {"text": "neues Wort", "language": "de", "kind": "hidden"}),
    "remove": ("vocabulary:remove-label", "st-duldung", {"text": "Duldung", "language": "de"}),
    "end": ("vocabulary:end", "st-duldung", {"last_day": "2026-12-31", "replaced_by": "st-ausbduldung"}),
}


def state() -> object:
    return states_of(Concept.objects.all())


@pytest.mark.parametrize("what", POSTS)
def test_a_form_changes_the_vocabulary_for_an_editor_and_nobody_else(
    what: str, as_: SignIn, people: Cast, small: Vocabulary
) -> None:
    name, key, data = POSTS[what]
    address, before = reverse(name, args=[key]), state()
    assert as_(people.chloe).post(address, data).status_code == 403
    assert as_(None).post(address, data).status_code == 302
    assert state() == before
    assert as_(people.bob).post(address, data).status_code == 302
    assert state() != before


@pytest.mark.parametrize(
    ("name", "key", "data"),
    [
        ("vocabulary:add", "status", {"name_de": "Neu", "name_en": ""}),
        ("vocabulary:add", "status", {"name_de": "Neu", "name_en": "New", "key": "st-duldung"}),
        ("vocabulary:change", "st-duldung", {"name_de": "A", "name_en": "B", "broader": "st-ausbduldung"}),
        ("vocabulary:change", "st-duldung", {"name_de": "A", "name_en": "B", "broader": "DE-NI"}),
        ("vocabulary:change", "st-duldung", {"name_de": "A", "name_en": "B", "seen": "00000000"}),
        ("vocabulary:labels", "st-duldung", {"text": "Duldung", "language": "de", "kind": "hidden"}),
        ("vocabulary:labels", "st-duldung", {"text": "Neu", "language": "de", "kind": "geheim"}),
        ("vocabulary:end", "st-duldung", {"last_day": "2026-12-31", "replaced_by": "st-duldung"}),
        ("vocabulary:end", "st-duldung", {"last_day": "gestern"}),
    ],
)
def test_a_form_that_cannot_be_comes_back_with_its_reason(
    name: str, key: str, data: dict[str, str], as_: SignIn, people: Cast, small: Vocabulary
) -> None:
    before = state()
    response = as_(people.bob).post(reverse(name, args=[key]), data)
    assert response.status_code == 422
    assert "n-errors" in words(response)
    assert state() == before


def test_a_form_sent_twice_adds_one_concept(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    data = {"name_de": "Neu", "name_en": "New", "submission": str(uuid.uuid4())}
    client = as_(people.bob)
    first, second = (client.post(reverse("vocabulary:add", args=["status"]), data) for _number in range(2))
    assert first.url == second.url == reverse("vocabulary:concept", args=["status-neu"])
    assert Concept.objects.count() == 8


# Importing.


def test_an_editor_imports_a_file_step_by_step(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    client = as_(people.bob)
    prepared = upload(client)
    page = words(client.get(prepared.url))
    assert "Eins / One (x-a)" in page
    assert not Facet.objects.filter(key="x").exists()
    batch = Batch.objects.get()
    client.post(reverse("vocabulary:carry-out", args=[batch.pk]))
    assert Concept.objects.get(key="x-a").name_en == "One"
    assert batch.file_name in words(client.get(reverse("vocabulary:imports")))
    client.post(reverse("vocabulary:undo", args=[batch.pk]))
    assert not Concept.objects.filter(key="x-a").exists()
    assert client.get(prepared.url).status_code == 200


def test_an_import_is_for_editors_at_every_step(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    upload(as_(people.bob))
    batch = Batch.objects.get()
    assert upload(as_(people.chloe)).status_code == 403
    assert as_(people.chloe).get(reverse("vocabulary:import", args=[batch.pk])).status_code == 403
    for step in ("carry-out", "undo"):
        assert as_(people.chloe).post(reverse(f"vocabulary:{step}", args=[batch.pk])).status_code == 403
        assert as_(None).post(reverse(f"vocabulary:{step}", args=[batch.pk])).status_code == 302
        assert as_(people.bob).get(reverse(f"vocabulary:{step}", args=[batch.pk])).status_code == 405
    assert not Concept.objects.filter(key="x-a").exists()
    assert Batch.objects.count() == 1


def test_a_file_with_errors_shows_them_and_no_button(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    client = as_(people.bob)
    client.cookies["django_language"] = "en"
    circle = turtle("""ex:a a skos:Concept; skos:prefLabel "Ast"@de; skos:broader ex:b.
                       ex:b a skos:Concept; skos:prefLabel "Baum"@de; skos:broader ex:a.""")
    prepared = upload(client, circle)
    page = words(client.get(prepared.url))
    assert "go in a circle: “Ast” → “Baum” → “Ast”" in page
    assert reverse("vocabulary:carry-out", args=[Batch.objects.get().pk]) not in page
    assert client.post(reverse("vocabulary:carry-out", args=[Batch.objects.get().pk])).status_code == 409


@pytest.mark.parametrize(
    ("content", "name", "fields"),
    [
        (b"rubbish <", "x.ttl", {}),
        (BODY, "x.docx", {}),
        (b"x" * (16 * 1024 * 1024 + 1), "x.ttl", {}),
        (BODY, "x.ttl", {"key": ""}),
        (BODY, "x.ttl", {"key": "status"}),
        (BODY, "x.ttl", {"facet": "nie"}),
    ],
)
def test_a_file_that_cannot_be_read_comes_back_with_its_reason(
    content: bytes, name: str, fields: dict[str, str], as_: SignIn, people: Cast, small: Vocabulary
) -> None:
    response = upload(as_(people.bob), content, name, **fields)
    assert response.status_code == 422
    assert "n-errors" in words(response)
    assert Batch.objects.count() == 0


def test_markup_in_a_file_stays_text(as_: SignIn, people: Cast, small: Vocabulary) -> None:
    client = as_(people.bob)
    upload(client, turtle('ex:a a skos:Concept; skos:prefLabel "<script>alert(1)</script>"@de.'))
    assert (
        "<script>alert" not in client.get(reverse("vocabulary:import", args=[Batch.objects.get().pk])).content.decode()
    )
