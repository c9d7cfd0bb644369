"""What is refused is said in a sentence, with the right status; who is not signed in is led to the door first."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.people.models import Account
from nahtstelle.site import urls
from tests.site.reading_pages import heading, links, page, words

pytestmark = pytest.mark.django_db
SENTENCE = "Erst <b>übermorgen</b>."
TROUBLES: dict[str, Exception] = {
    "not-yours": NotYours(SENTENCE),
    "not-now": NotNow(SENTENCE),
    "refusal": Refusal(SENTENCE),
    "storage": StorageTrouble(SENTENCE),
    "broken": ZeroDivisionError("secret detail"),
}


def trouble(request: HttpRequest, name: str) -> HttpResponse:
    raise TROUBLES[name]


@pytest.fixture(autouse=True)
def _troubles_have_an_address(settings: Any) -> Iterator[None]:
    made = path("unfug/<slug:name>/", trouble)
    urls.urlpatterns.append(made)
    from django.urls import clear_url_caches  # reason: the pattern is made for these tests

    clear_url_caches()
    yield
    urls.urlpatterns.remove(made)
    clear_url_caches()


@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("not-yours", 403, "Das steht Ihnen nicht offen"),
        ("not-now", 409, "Das geht gerade nicht"),
        ("refusal", 422, "Das geht nicht"),
        ("storage", 507, "Die Datei konnte nicht aufbewahrt werden"),
    ],
)
def test_a_refusal_is_a_page_with_its_sentence(
    name: str, status: int, title: str, jana: Account, as_: Callable[..., Client]
) -> None:
    answer = as_(jana).get(f"/unfug/{name}/")
    lead = words(page(answer).xpath("//p[@class='n-head__lead']")[0])
    assert (answer.status_code, heading(answer), lead) == (status, title, SENTENCE)


def test_the_way_on_is_the_desk_for_who_has_one(jana: Account, as_: Callable[..., Client]) -> None:
    assert links(page(as_(jana).get("/unfug/not-now/")), "//main")[-1:] == ["Zu meinem Schreibtisch"]


def test_the_way_on_is_the_start_page_for_a_reader(as_: Callable[..., Client]) -> None:
    assert links(page(as_().get("/unfug/not-now/")), "//main")[-1:] == ["Zur Startseite"]


def test_a_reader_without_right_is_led_to_the_door_and_back(as_: Callable[..., Client]) -> None:
    answer = as_().get("/unfug/not-yours/?seite=2")
    to = urlsplit(answer["Location"])
    assert (answer.status_code, to.path, parse_qs(to.query)) == (
        302, reverse("desk:sign-in"), {"next": ["/unfug/not-yours/?seite=2"]}
    )  # fmt: skip


def test_what_was_sent_is_not_sent_again_after_the_door(as_: Callable[..., Client]) -> None:
    answer = as_().post("/unfug/not-yours/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:sign-in") + "?")


def test_a_page_that_is_not_there_says_so_in_the_frame(as_: Callable[..., Client]) -> None:
    answer = as_().get("/gibt-es-nicht/")
    assert (answer.status_code, heading(answer)) == (404, "Diese Seite gibt es nicht")
    assert len(page(answer).xpath("//nav[@class='n-nav']")) == 1


def test_a_page_that_is_not_there_says_so_in_english(as_: Callable[..., Client]) -> None:
    answer = as_().get("/gibt-es-nicht/", headers={"accept-language": "en"})
    assert heading(answer) == "This page does not exist"


def test_our_own_mistake_is_said_without_its_detail(as_: Callable[..., Client]) -> None:
    client = as_()
    client.raise_request_exception = False
    answer = client.get("/unfug/broken/")
    assert (answer.status_code, heading(answer), b"secret detail" in answer.content) == (
        500, "Hier ist etwas kaputt", False
    )  # fmt: skip


def test_our_own_mistake_is_said_without_the_database(
    as_: Callable[..., Client], django_assert_num_queries: Any, jana: Account
) -> None:
    from nahtstelle.site.pages.errors import broken  # reason: called as Django does

    with django_assert_num_queries(0):
        answer = broken(HttpRequest())
    assert answer.status_code == 500


def test_a_form_without_its_token_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("desk:sign-in"), {"username": "x", "password": "y"})
    assert (answer.status_code, heading(answer)) == (403, "Dieses Formular ist zu alt")
