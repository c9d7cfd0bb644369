"""Changing the vocabulary and importing by its pages: for those who keep it."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.vocabulary.models import Batch, Concept, Facet
from nahtstelle.register.vocabulary.states import states_of
from nahtstelle.register.vocabulary.values import Vocabulary
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
