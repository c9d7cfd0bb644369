"""Full texts: what is taken, what is read of them, and who may read them."""

import io
from functools import cache
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
import typst
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.library.models import FullText, Item, Member, Work
from tests.register.cast import Cast
from tests.register.world import SignIn
from tests.rooms.library import stock

pytestmark = pytest.mark.django_db


@cache
def pdf(words: str = "Anerkennungsberatung hilft beim Einstieg.") -> bytes:
    return typst.compile(words.encode())


def locked(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as book:
        book.save(out, encryption=pikepdf.Encryption(owner="a", user="geheim"))
    return out.getvalue()


def attach(client: Any, work: Work, content: bytes, *, name: str = "studie.pdf", key: str = "", **given: str) -> Any:
    file = io.BytesIO(content)
    file.name = name
    values = {"file": file, "rights": "licensed", "submission": key or str(uuid4())} | given
    return client.post(reverse("library:text-new", args=[work.pk]), values)


def read(text: FullText) -> FullText:
    deliver_all(at=timezone.now())
    text.refresh_from_db()
    return text


def test_the_words_of_a_pdf_are_found(people: Cast, as_: SignIn) -> None:
    work, client = stock.work(), as_(people.alice)
    attach(client, work, pdf())
    text = read(FullText.objects.get())
    assert (text.pages, text.trouble, "Anerkennungsberatung" in text.text) == (1, "", True)
    url = reverse("library:works")
    assert client.get(url, {"q": "anerkennungsberatung"}).context["page"].paginator.count == 0
    assert client.get(url, {"q": "anerkennungsberatung", "texts": "on"}).context["page"].paginator.count == 1


@pytest.mark.parametrize(
    ("content", "trouble", "sentence"),
    [
        (locked(pdf()), "encrypted", "mit einem Passwort geschützt"),
        (pdf()[:900], "broken", "Die Datei ist beschädigt"),
        (pdf("#rect()"), "no-words", "Bilder von Seiten ohne Worte"),
    ],
    ids=["encrypted", "broken", "no-words"],
)
def test_a_pdf_that_cannot_be_read_is_kept_and_says_why(
    people: Cast, as_: SignIn, content: bytes, trouble: str, sentence: str
) -> None:
    work, client = stock.work(), as_(people.alice)
    attach(client, work, content)
    assert read(FullText.objects.get()).trouble == trouble
    assert sentence in client.get(reverse("library:work", args=[work.pk])).content.decode()


@pytest.mark.parametrize(
    ("content", "given", "sentence"),
    [
        (b"<html>", {}, "Das ist keine PDF-Datei."),
        (b"", {}, "Das ist keine PDF-Datei."),
        (pdf(), {"rights": "open"}, "Bitte nennen Sie die Lizenz"),
    ],
    ids=["html", "empty", "no-licence"],
)
def test_what_is_no_full_text_comes_back_with_a_sentence(
    people: Cast, as_: SignIn, content: bytes, given: dict[str, str], sentence: str
) -> None:
    response = attach(as_(people.alice), stock.work(), content, **given)
    assert (response.status_code, FullText.objects.count()) == (422, 0)
    assert sentence in response.content.decode()


def test_a_pdf_above_the_limit_is_refused(people: Cast, as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nahtstelle.rooms.library.rules.full_texts.LARGEST", 100)
    response = attach(as_(people.alice), stock.work(), pdf())
    assert (response.status_code, "größer als 60 MB" in response.content.decode()) == (422, True)


def test_the_same_file_twice_is_one(people: Cast, as_: SignIn) -> None:
    work, client = stock.work(), as_(people.alice)
    for _time in range(2):
        attach(client, work, pdf())
    assert FullText.objects.count() == 1


def fetched(client: Any, text: FullText) -> int:
    return int(client.get(reverse("library:text", args=[text.work_id, text.pk])).status_code)


def kept(people: Cast, as_: SignIn, rights: str) -> FullText:
    attach(as_(people.alice), stock.work(), pdf(), rights=rights, licence="CC BY 4.0")
    return FullText.objects.get()


def test_a_licensed_text_is_for_staff(people: Cast, as_: SignIn) -> None:
    text = kept(people, as_, "licensed")
    stock.published_card(text.work, people.alice.account, people.erik.account)  # the work is public, the text is not
    response = as_(people.dilan).get(reverse("library:text", args=[text.work_id, text.pk]))
    assert b"".join(response.streaming_content) == pdf()  # it could leak
    assert response["Cache-Control"] == "private, no-store"
    assert [fetched(as_(who), text) for who in (people.chloe, None)] == [403, 302]


def test_an_open_text_is_for_everybody_once_the_public_sees_its_work(people: Cast, as_: SignIn) -> None:
    text = kept(people, as_, "open")
    assert [fetched(as_(who), text) for who in (people.dilan, people.chloe, None)] == [200, 403, 302]
    card = stock.published_card(text.work, people.alice.account, people.erik.account)
    assert [fetched(as_(who), text) for who in (people.chloe, None)] == [200, 200]
    card.state = "withdrawn"
    card.save()
    assert [fetched(as_(who), text) for who in (people.dilan, people.chloe, None)] == [200, 403, 302]


def test_a_copy_for_a_review_is_for_its_team_only(people: Cast, as_: SignIn) -> None:
    text = kept(people, as_, "review")
    mine, other = stock.review("meins"), stock.review("anderes")
    Item.objects.create(review=mine, work=text.work, place=0, added_at=timezone.now())
    stock.member(mine, people.chloe)  # without a role at the centre
    stock.member(other, people.bob)
    assert fetched(as_(people.chloe), text) == 200  # it could leak
    assert [fetched(as_(who), text) for who in (people.alice, people.bob, people.dilan)] == [403, 403, 403]
    assert fetched(as_(None), text) == 302
    Member.objects.filter(person=people.chloe).update(valid_until="2020-12-31")
    assert fetched(as_(people.chloe), text) == 403


def test_the_page_of_a_work_links_only_texts_its_reader_may_read(people: Cast, as_: SignIn) -> None:
    text = kept(people, as_, "review")
    url = reverse("library:text", args=[text.work_id, text.pk])
    shown = as_(people.dilan).get(reverse("library:work", args=[text.work_id])).content.decode()
    assert ("für Sie nicht offen" in shown, f'href="{url}"' in shown) == (True, False)


def test_a_text_is_not_found_under_another_work(people: Cast, as_: SignIn) -> None:
    text = kept(people, as_, "licensed")
    other = stock.work("andere2020")
    assert as_(people.alice).get(reverse("library:text", args=[other.pk, text.pk])).status_code == 404


def test_a_text_is_removed_with_its_file_by_those_who_keep_the_library(people: Cast, as_: SignIn) -> None:
    text = kept(people, as_, "licensed")
    url = reverse("library:text-remove", args=[text.work_id, text.pk])
    assert as_(people.dilan).post(url).status_code == 403
    assert FullText.objects.exists()
    as_(people.alice).post(url)
    assert not FullText.objects.exists()
