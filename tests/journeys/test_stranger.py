"""Somebody without rights walks through every address that is not for everybody, reading and sending.

First it is proved with those who may that there is something to see and to change; else a refusal would prove nothing.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import lxml.html
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from nahtstelle.register.people.models import Person
from tests.cast import come_in
from tests.journeys.addresses import NOBODY, PAGES, TARIQ, Page
from tests.journeys.furnishing import Furnished, account, furnish
from tests.keeping import differing, rows_now

pytestmark = pytest.mark.journey

RESTRICTED = [page for page in PAGES if NOBODY not in page.open_to and not page.is_post_only]
SENT = [page for page in PAGES if page.entries is not None and TARIQ not in page.who_posts]
# What any visit leaves behind.
TRACES = {"django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog"}


@pytest.fixture
def things(demo: None) -> Furnished:
    return furnish(timezone.now())


def client_of(who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who:
        come_in(client, account(who))
    return client


def former_colleague() -> Client:
    """Somebody whose role at the centre ended yesterday."""
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    person = Person.objects.get(slug="thu-ha-nguyen")
    person.centre_roles.update(valid_until=yesterday)
    return client_of(person.slug)


def strangers_to(page: Page) -> Iterator[tuple[str, Client]]:
    yield "nobody", client_of(NOBODY)
    if TARIQ not in (page.open_to or page.who_posts):
        yield "an adviser", client_of(TARIQ)
        yield "a former colleague", former_colleague()


def said_on(content: bytes) -> set[str]:
    """The pieces of text in the middle of a page."""
    page = lxml.html.fromstring(content.decode())
    middle = page.get_element_by_id("main", page)
    return {" ".join(text.split()) for text in middle.itertext() if len(text.split()) > 2}


def is_refusal(response: Any) -> bool:
    if response.status_code == 302:
        return bool(response.url.startswith("/schreibtisch/anmelden/"))
    return response.status_code in (403, 404)


def test_a_stranger_reads_nothing_that_is_not_for_them(things: Furnished) -> None:
    wrong = []
    for page in RESTRICTED:
        address = page.address(things)
        shown = client_of(max(page.open_to)).get(address, follow=True)
        is_page = "text/html" in shown["Content-Type"]
        content = said_on(shown.content) if is_page else {"the file"}
        if shown.status_code != 200 or not content:
            wrong.append(f"{max(page.open_to)} sees nothing at {page.name}: {shown.status_code}")
        for who, client in strangers_to(page):
            answer = client.get(address)
            if not is_refusal(answer):
                wrong.append(f"{who} gets {page.name}: {answer.status_code}")
            elif is_page and answer.status_code != 302 and (leaked := content & said_on(answer.content)):
                wrong.append(f"{who} reads at {page.name}: {leaked}")
    assert wrong == []


def test_a_stranger_changes_nothing_by_sending(things: Furnished) -> None:
    wrong, idle = [], []
    for page in SENT:
        try:
            entries = entries_of(page, things)
        except LookupError as trouble:
            idle.append(f"{page.name}: {trouble}")
            continue
        strangers, allowed = list(strangers_to(page)), client_of(max(page.who_posts))
        before = rows_now()
        with put_back():
            answer = allowed.post(page.address(things), copy.deepcopy(entries))
            changed = differing(before, rows_now(), apart_from=TRACES)
            if answer.status_code >= 400 or not (changed or page.name == "outputs:preview"):
                idle.append(f"{max(page.who_posts)} sends to {page.name} in vain: {answer.status_code} {why(answer)}")
        for who, client in strangers:
            answer = client.post(page.address(things), copy.deepcopy(entries))
            if not is_refusal(answer):
                wrong.append(f"{who} sends to {page.name}: {answer.status_code}")
        if changed := differing(before, rows_now(), apart_from=TRACES):
            wrong.append(f"a stranger changes by {page.name}: {changed}")
    assert (idle, wrong) == ([], [])


def entries_of(page: Page, things: Furnished) -> dict[str, Any]:
    """What those who may would send: the page's own form with the new entries in it."""
    assert page.entries is not None
    entries = page.entries(things)
    if page.is_post_only:
        return entries
    shown = client_of(max(page.who_posts)).get(page.address(things))
    if shown.status_code != 200:
        raise LookupError(shown.status_code)
    forms = lxml.html.fromstring(shown.content.decode()).get_element_by_id("main").forms
    for form in forms:
        if form.method == "POST" and set(entries) <= set(form.fields) | _buttons(form):
            filled: dict[str, Any] = {}
            for name, value in form.form_values():
                filled.setdefault(name, []).append(value)
            filled.pop("csrfmiddlewaretoken", None)
            return {**filled, **entries}
    raise LookupError(f"no form for {sorted(entries)}")


def _buttons(form: Any) -> set[str]:
    return {button.get("name") for button in form.iter("button") if button.get("name")}


def why(answer: Any) -> list[str]:
    """What a refused form said."""
    if "text/html" not in answer.get("Content-Type", "") or answer.status_code < 400:
        return []
    tree = lxml.html.fromstring(answer.content.decode())
    return [
        " ".join(error.text_content().split())
        for error in tree.find_class("n-errors") or tree.find_class("n-head__lead")
    ]


@contextmanager
def put_back() -> Iterator[None]:
    """What happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
