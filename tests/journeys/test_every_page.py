"""Every kind of page, for everybody who may see it: it is there, it is whole, it is in one language, it fits."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from tests.journeys.addresses import NOBODY, PAGES, VISITORS, Page, names_of_all
from tests.journeys.furnishing import Furnished, account, furnish
from tests.journeys.languages import foreign_words

pytestmark = pytest.mark.journey


@pytest.fixture
def things(demo: None) -> Furnished:
    return furnish(timezone.now())


def client_of(who: str, *, language: str = "de") -> Client:
    client = Client(headers={"accept-language": language}, raise_request_exception=False)
    if who:
        client.force_login(account(who), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_no_address_was_forgotten() -> None:
    assert sorted(page.name for page in PAGES) == sorted(names_of_all())


def kind_of(response: Any) -> str:
    """What a visitor got: the page or a way on, the door, a refusal, or that the address only takes what is sent."""
    if response.status_code == 302:
        return "door" if response.url.startswith("/schreibtisch/anmelden/") else "open"
    return {200: "open", 403: "refused", 404: "refused", 405: "post only"}.get(
        response.status_code, str(response.status_code)
    )


def expected_of(page: Page, who: str) -> set[str]:
    if page.is_post_only:
        return {"post only"}
    if who in page.open_to:
        return {"open"}
    return {"door", "refused"} if who == NOBODY else {"refused"}


def test_every_page_opens_to_whom_it_should_and_to_nobody_else(things: Furnished) -> None:
    wrong = []
    for who in VISITORS:
        client = client_of(who)
        for page in PAGES:
            if page.name == "set_language":
                continue  # Django's own: asked without a choice it leads back
            got = kind_of(client.get(page.address(things)))
            if got not in expected_of(page, who):
                wrong.append(f"{who or 'nobody'} at {page.name}: {got}, not {' or '.join(expected_of(page, who))}")
    assert wrong == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_has_one_heading_and_speaks_one_language(things: Furnished, language: str) -> None:
    wrong = []
    for page in PAGES:
        if page.is_post_only:
            continue
        for who in (NOBODY, max(page.open_to)) if NOBODY in page.open_to else (max(page.open_to),):
            response = client_of(who, language=language).get(page.address(things))
            if response.status_code != 200 or "text/html" not in response["Content-Type"]:
                continue
            tree = lxml.html.fromstring(response.content.decode())
            headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
            if len(headings) != 1 and page.name != "look:style":
                wrong.append(f"{page.name}: headings {headings}")
            wrong += [f"{page.name}: “{words}”" for words in foreign_words(tree, language=language)]
    assert sorted(set(wrong)) == []
