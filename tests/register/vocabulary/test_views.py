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
from nahtstelle.register.vocabulary import rules
from nahtstelle.register.vocabulary.actions import load_vocabulary
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
