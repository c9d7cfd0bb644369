"""Public pages are drawn once and served until something happens; nobody's own page is ever kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from nahtstelle.plumbing.ledger import position as positions
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.programmes.actions import save_mark
from nahtstelle.register.programmes.models import FundingPeriod
from nahtstelle.rooms.outputs import actions
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site import settings as of_the_house
from tests.cast import come_in
from tests.rooms.outputs.making import NOW, Cast, act_as, published

LIST = "/veroeffentlichungen/"
PACKED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def keeping(settings: Any) -> Iterator[None]:
    settings.CACHES = of_the_house.CACHES
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def text(people: Cast, keeping: None) -> Output:
    return published(people, title="Der erste Text")


def statements(client: Client, address: str, **how: Any) -> list[str]:
    from django.db import connection  # reason: the settings must stand first

    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, **how).status_code == 200
    return [one["sql"] for one in asked]


@pytest.mark.parametrize("headers", [{}, PACKED])
def test_a_second_reader_is_served_with_one_question_and_the_same_bytes(text: Output, headers: dict[str, str]) -> None:
    first, second = (Client().get(LIST, headers=headers) for _ in range(2))
    assert len(statements(Client(), LIST, headers=headers)) == 1
    assert second.content == first.content
    assert {name: second[name] for name in second.headers} == {name: first[name] for name in first.headers}


def test_a_page_that_is_drawn_asks_once_how_far_the_ledger_has_come(text: Output) -> None:
    for address in (LIST, f"{LIST}{text.slug}/"):
        asked = [one for one in statements(Client(), address) if "ledger_delivery" in one]
        assert len(asked) == 1, address


def test_a_page_kept_packed_is_not_given_to_who_cannot_unpack(text: Output) -> None:
    Client().get(LIST, headers=PACKED)
    assert "Der erste Text" in Client().get(LIST).content.decode()


def test_a_change_is_seen_at_the_very_next_look(text: Output, people: Cast) -> None:
    assert "Der erste Text" in Client().get(LIST).content.decode()
    actions.withdraw(text, why="Überholt.", **act_as(people.jana, at=timezone.now()))
    assert "Der erste Text" not in Client().get(LIST).content.decode()


def test_what_staff_see_is_never_kept(people: Cast, keeping: None) -> None:
    internal = published(people, title="Nur für uns")
    Output.objects.filter(pk=internal.pk).update(audience=Output.Audience.STAFF)
    staff = Client()
    come_in(staff, people.jana)
    assert "Nur für uns" in staff.get(LIST).content.decode()  # it could leak
    assert "Nur für uns" not in Client().get(LIST).content.decode()
    assert "Nur für uns" in staff.get(LIST).content.decode()


def test_languages_are_kept_apart(text: Output) -> None:
    german, english = (Client().get(LIST, headers={"Accept-Language": one}).content for one in ("de", "en"))
    assert german != english
    assert Client().get(LIST, headers={"Accept-Language": "de"}).content == german
    chosen = Client()
    chosen.cookies["django_language"] = "en"
    assert chosen.get(LIST, headers={"Accept-Language": "de"}).content == english


def test_a_form_with_a_token_is_not_kept(db: None, keeping: None) -> None:
    address = reverse("desk:sign-in")
    first, second = (Client().get(address).cookies["csrftoken"].value for _ in range(2))
    assert first != second


def test_where_one_reader_came_from_is_shown_to_no_other(people: Cast, keeping: None) -> None:
    address, came_from = reverse("accessibility"), "http://testserver/suche/?q=geheim"
    first = Client().get(address, headers={"Referer": came_from}).content.decode()
    assert "geheim" in first  # it could leak
    assert "geheim" not in Client().get(address).content.decode()


def test_an_answer_for_machines_is_not_given_to_a_browser(text: Output) -> None:
    address = reverse("vocabulary:concept", args=["out-guidance"])
    machine = Client().get(address, headers={"Accept": "text/turtle"})
    assert machine["Content-Type"].startswith("text/turtle")
    assert Client().get(address, headers={"Accept": "text/html"})["Content-Type"].startswith("text/html")


def test_a_reaction_that_is_done_is_seen_at_the_very_next_look(text: Output, people: Cast) -> None:
    """The index of the search follows by a reaction, which records no fact of its own."""
    other = published(people, title="Ein zweiter Zitronentext")
    deliver_all(at=timezone.now())
    found = "/suche/?q=Zitronentext"
    actions.withdraw(other, why="Überholt.", **act_as(people.jana, at=timezone.now()))
    assert "Ein zweiter" in Client().get(found).content.decode()  # kept before the worker came by
    deliver_all(at=timezone.now())
    assert "Ein zweiter" not in Client().get(found).content.decode()


def test_a_missing_page_is_not_kept(text: Output, people: Cast) -> None:
    address = "/veroeffentlichungen/gibt-es-nicht/"
    assert [Client().get(address).status_code for _ in range(2)] == [404, 404]
    assert len(caches["pages"]._cache) == 0


def test_a_kept_page_ends_with_its_day(text: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().get(LIST)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("nahtstelle.site.kept_pages.timezone.localdate", lambda: tomorrow)
    assert len(statements(Client(), LIST)) > 1


def test_a_fact_that_becomes_visible_late_moves_the_position(db: None) -> None:
    """On PostgreSQL a longer transaction may show a smaller number after a larger one."""
    entry = {"fact": "x", "payload": {}, "at": timezone.now(), "actor": "a", "actor_label": "a"}
    for number in (1001, 1003):
        Entry.objects.create(pk=number, **entry)
    before = positions.position()
    Entry.objects.create(pk=1002, **entry)
    assert positions.position() != before


def facets(client: Client) -> dict[str, str]:
    """Behind each value of the list's facets, the number there."""
    page = document_fromstring(client.get(LIST).content.decode())
    boxes = page.xpath("//form[contains(@class, 'n-facets')]//label[input]")
    return {one.xpath("input/@value")[0]: one.xpath("span")[-1].text_content() for one in boxes}


def test_numbers_kept_for_everybody_leave_out_what_only_some_may_read(people: Cast, text: Output) -> None:
    """The staff's numbers come first and last, so that they could be kept, and what is kept could be shown to them."""
    inside = published(people, title="Nur für uns", of="out-study")
    Output.objects.filter(pk=inside.pk).update(audience="staff")
    staff, anybody = Client(), Client()
    come_in(staff, people.emre)
    for _ in range(2):
        assert facets(staff) == {"out-guidance": "1", "out-study": "1", "de": "2"}
        assert facets(anybody) == {"out-guidance": "1", "de": "1"}


def test_numbers_kept_follow_the_next_publication(people: Cast, text: Output) -> None:
    assert facets(Client())["de"] == "1"
    published(people, title="Der zweite Text")
    assert facets(Client())["de"] == "2"


def test_who_funds_a_text_is_shown_from_the_day_it_is_noted(people: Cast, text: Output) -> None:
    period = FundingPeriod.objects.create(
        key="p", programme=people.ivaf, name_de="P", valid_from=date(2020, 1, 1), valid_until=date(2090, 1, 1)
    )
    text.programmes.add(people.ivaf)
    address = reverse("outputs:output", args=[text.slug])
    before = Client().get(address).content.decode()
    save_mark(period=period, funder_de="Bund der Probe", by=system("tests"), at=NOW)
    after = Client().get(address).content.decode()
    assert ("Bund der Probe" in before, "Bund der Probe" in after) == (False, True)
