"""The page of the search: what it shows, to whom, and what it bears."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from nahtstelle.register.people.models import Account
from tests.site.search.making import offer, put

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def _page(client: Client, **query: str) -> str:
    answer = client.get("/suche/?" + urlencode(query), headers={"Accept-Language": "de"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_question_it_teaches_how_to_ask(as_: Browser) -> None:
    assert "search-lessons" in _page(as_())


def test_a_hit_shows_title_passage_and_reason(as_: Browser) -> None:
    put(offer("Beratung", "Wir beraten zur Anerkennung von Zeugnissen."))
    shown = _page(as_(), q="Anerkennungen")
    assert "<mark>Anerkennung</mark>" in shown
    assert "search-why" in shown


def test_markup_in_texts_and_questions_is_shown_as_text(as_: Browser) -> None:
    put(offer("<script>alert(1)</script>Probe", "<b>Probe</b> & mehr"))
    shown = _page(as_(), q='Probe "><script>alert(2)</script>')
    assert "<script>alert" not in shown
    assert "<b>" not in shown


def test_a_reader_sees_no_word_of_what_is_closed_to_them(as_: Browser, jana: Account, stranger: Account) -> None:
    put(offer("Internes", "Von Zitronenfaltern.", keys="staff"), offer("Anderes", "Von Mond und Sonne."))
    assert "Internes" in _page(as_(jana), q="Zitronenfalter")
    for account in (None, stranger):
        shown = _page(as_(account), q="Zitronenfalter")
        assert "Internes" not in shown
        assert "search-why" not in shown


def test_suggestions_keep_to_the_locks(as_: Browser, jana: Account) -> None:
    put(offer("Internes", "Von Zitronenfaltern.", keys="staff"))
    assert "Zitronenfaltern" in as_(jana).get("/suche/vorschlaege/?q=zitron").content.decode()
    assert "itronenfalter" not in as_().get("/suche/vorschlaege/?q=zitron").content.decode()


@pytest.mark.parametrize(
    "query",
    ["q=" + "a" * 10_000, "q=%00", "q=%22", "q=%F0%9F%98%80", "q=a&page=999999999999", "q=a&page=-1", "q=a&sort=x&seit=y",
     "art=%00", "art=x&art=y&gesetz=" + "z" * 500, "q='%3B+DROP+TABLE+search_page%3B--", "q=a+AND+(+OR+NOT", "q=%C2%A7%C2%A7"],
)  # fmt: skip
def test_any_address_is_answered(as_: Browser, query: str) -> None:
    put(offer("Probe", "Probe"))
    assert as_().get(f"/suche/?{query}").status_code == 200
    assert as_().get(f"/suche/vorschlaege/?{query}").status_code == 200


def test_a_long_question_is_answered_with_a_sentence(as_: Browser) -> None:
    put(offer("Probe", "Probe"))
    assert "Dies war lang" in _page(as_(), q="Probe " * 2000)


def test_every_page_has_the_box(as_: Browser) -> None:
    assert 'action="/suche/"' in as_().get("/recht/").content.decode()
    assert 'action="/suche/"' in as_().get("/").content.decode()


def test_no_cookie_for_who_only_searches(as_: Browser) -> None:
    client = as_()
    _page(client, q="Probe")
    assert not client.cookies


def test_the_number_of_queries_does_not_grow_with_the_hits(
    as_: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    put(*(offer(f"Birne {n}", "Birne und Apfel.") for n in range(30)))
    client = as_()
    _page(client, q="Birne")
    with django_assert_max_num_queries(60):
        _page(client, q="Birne Apfel")
