"""Every kind of page, for everybody who may see it: it is there, it is whole, it is in one language, it fits."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from tests.browser import DESKTOP, PHONE
from tests.cast import come_in
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
        come_in(client, account(who))
    return client


def test_no_address_was_forgotten() -> None:
    ours, there = {page.name for page in PAGES}, names_of_all()
    assert (there - ours, ours - there) == (set(), set())


# Django's own, which leads back when asked without a choice; and what is there only where an institution is set up.
NOT_ASKED = {"set_language", "door:institution", "door:institution-back"}

# The style page shows the names of its parts, the trail the names of recorded fields, in the words of the source.
SPEAK_IN_CODE = {"look:style", "machinery:trail"}


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
            if page.name in NOT_ASKED:
                continue
            got = kind_of(client.get(page.address(things)))
            if got not in expected_of(page, who):
                wrong.append(f"{who or 'nobody'} at {page.name}: {got}, not {' or '.join(expected_of(page, who))}")
    assert wrong == []


@pytest.mark.appearance
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
            if len(headings) != 1 and page.name not in ("look:style", "search:suggestions", "outputs:find-sources"):
                wrong.append(f"{page.name}: headings {headings}")
            if page.name not in SPEAK_IN_CODE:
                wrong += [f"{page.name}: “{words}”" for words in foreign_words(tree, language=language)]
    assert sorted(set(wrong)) == []


# In the browser: barriers, and whether it fits on a narrow screen.

COMBINATIONS = [
    {"language": language, "dark": dark, "phone": phone}
    for language in ("de", "en")
    for dark in (False, True)
    for phone in (False, True)
]
MAIN_PAGES = [
    "home", "desk:start", "law:provision", "law:act", "law:import", "outputs:output", "outputs:edit", "outputs:work",
    "outputs:settle", "outreach:dispatch", "search:search",
]  # fmt: skip
NARROW = {"width": 320, "height": 720}


@pytest.fixture
def running(demo_centre: str) -> Furnished:
    return furnish(timezone.now())


def enter(page: Any, who: str) -> None:
    """The visit of ``page`` becomes that person's, as signing in would make it."""
    cookie = client_of(who).cookies["sessionid"]
    site = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])


def pages_to_look_at() -> list[tuple[Page, str]]:
    """(page, who looks at it): everybody's pages as a reader, the others as one of those who may."""
    files = {"outputs:pdf", "outputs:docx", "outputs:attachment", "mailroom:file", "demo:tour-file", "people:export"}
    files |= {"vocabulary:export", "vocabulary:facet-export", "vocabulary:concept-export"}
    files |= {"topics:feed", "redirects:export", "intake:problems", "programmes:mark-logo"}
    files |= {"studies:map-svg", "studies:map-png", "studies:map-csv", "studies:citation", "studies:full-text"}
    files |= {"outputs:brought-in-picture", "search:suggestions", "outputs:bibliography", "outputs:find-sources"}
    files |= {"outputs:brief-pdf", "outputs:brief-docx", "outputs:short-pdf", "outputs:short-docx"}
    files |= {"library:review-export", "library:review-flow-csv", "library:review-flow-svg", "library:review-full-text"}
    files |= {"library:review-log-csv", "library:review-log-json"}
    files |= {"library:works-export", "library:work-export", "library:import-export", "library:text"}
    files |= {page.name for page in PAGES if page.name.startswith(("feeds:", "api:"))} - {
        "feeds:my-calendar",
        "feeds:api-docs",
    }
    ways_on = {"notices:open", "people:me", "intake:next", "door:second"}
    return [
        (page, NOBODY if NOBODY in page.open_to else max(page.open_to))
        for page in PAGES
        if not page.is_post_only and page.name not in files | ways_on
    ]


def too_wide(page: Any) -> list[str]:
    """What makes the page wider than the window, the innermost first."""
    return page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.querySelectorAll("body *")]
                .filter(e => e.getBoundingClientRect().right > room + 1 && !e.closest("[data-n-scroll]"))
                .slice(-3).map(e => `${e.tagName.toLowerCase()}.${e.className} at ${Math.round(e.getBoundingClientRect().right)}px`);
        }"""
    )


def is_blind(page: Any) -> bool:
    """Whether ``too_wide`` would miss a part of 405 px in this page, as a page that cuts off what does not fit would."""
    page.evaluate(
        """() => {
            const part = document.createElement("div");
            part.id = "too-wide"; part.textContent = "x"; part.style.width = "405px";
            document.querySelector("main").append(part);
        }"""
    )
    return not too_wide(page)


@pytest.mark.appearance
def test_no_kind_of_page_has_a_barrier_or_is_too_wide(
    running: Furnished, open_page: Callable[..., Any], axe: Callable[..., None]
) -> None:
    """Each kind of page once, in one of the eight combinations of language, appearance and width."""
    visits: dict[tuple[int, str], Any] = {}
    wrong = []
    for number, (kind, who) in enumerate(pages_to_look_at()):
        turn = number % len(COMBINATIONS)
        if (turn, who) not in visits:
            visits[turn, who] = open_page("/", **COMBINATIONS[turn])
            if who:
                enter(visits[turn, who], who)
        page = visits[turn, who]
        page.goto(kind.address(running))
        wrong += barriers_of(page, axe, f"{kind.name} {COMBINATIONS[turn]}")
        usual = page.viewport_size
        page.set_viewport_size(NARROW)
        if wide := too_wide(page):
            wrong.append(f"{kind.name} is too wide for 320 px: {wide}")
        elif is_blind(page):
            wrong.append(f"{kind.name} hides what is too wide for 320 px")
        page.set_viewport_size(usual)
    assert wrong == []


def barriers_of(page: Any, axe: Callable[..., None], where: str) -> list[str]:
    try:
        axe(page)
    except AssertionError as found:
        return [f"{where}: {found}"]
    return []


@pytest.mark.appearance
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_main_pages_have_no_barrier_in_any_appearance(
    running: Furnished, open_page: Callable[..., Any], axe: Callable[..., None], language: str
) -> None:
    kinds = {page.name: (page, who) for page, who in pages_to_look_at()}
    wrong = []
    visit = open_page("/", language=language)
    for name in MAIN_PAGES:
        kind, who = kinds[name]
        visit.context.clear_cookies(name="sessionid")
        if who:
            enter(visit, who)
        visit.goto(kind.address(running))
        for window in (PHONE, DESKTOP):
            visit.set_viewport_size(window)
            for appearance in ("light", "dark"):
                visit.emulate_media(color_scheme=appearance)
                wrong += barriers_of(visit, axe, f"{name} {language} {appearance} {window['width']} px")
    assert wrong == []
