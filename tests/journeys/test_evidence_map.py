"""The evidence map on a phone and by keyboard, and a card from its start to its readers by two people."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_keyboard import tabs_to
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey


def test_the_map_by_keyboard(demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[..., None]) -> None:
    """One stop of the tabulator; the arrow keys lead from cell to cell, Enter opens the studies."""
    me = visitor()
    me.opens("studies:map")
    first = me.page.locator("[data-map] td a[tabindex='0']")
    tabs_to(me, first)
    assert "×" in str(first.get_attribute("aria-label"))
    me.page.keyboard.press("Home")
    me.page.keyboard.press("ArrowDown")
    me.page.keyboard.press("ArrowRight")
    focus = me.page.locator("[data-map] td a:focus")
    expect(focus).to_have_attribute("tabindex", "0")
    expect(me.page.locator("[data-map] td a[tabindex='0']")).to_have_count(1)
    me.page.keyboard.press("ArrowLeft")
    label = str(focus.get_attribute("aria-label"))
    me.page.keyboard.press("Enter")
    expect(me.heading).to_have_text(me.said("Studies"))
    row, _sign, column = label.split(":")[0].partition(" × ")
    expect(me.page.locator("#results")).to_contain_text(f"{row} × {column}")
    axe(me.page)


def test_the_map_without_script(demo_centre: str, browser: Any) -> None:
    """A table of links, each with its words."""
    page = browser.new_context(java_script_enabled=False, base_url=demo_centre).new_page()
    page.goto("/studien/karte/")
    page.locator("[data-map] td.lib-map__cell--some a").first.click()
    assert page.locator("#results article").count() >= 1
    page.context.close()


def test_the_map_on_a_phone(demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[..., None]) -> None:
    """Each row is a block: its studies by name, its gaps as a number; nothing is wider than the screen."""
    me = visitor(phone=True)
    me.opens("studies:map")
    me.page.set_viewport_size({"width": 320, "height": 700})
    assert me.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    cell = me.page.locator("[data-map] td.lib-map__cell--some a").first
    expect(cell.locator(".lib-map__words")).to_be_visible()
    expect(me.page.locator(".lib-map__gaps").first).to_be_visible()
    axe(me.page)
    cell.tap() if me.page.evaluate("'ontouchstart' in window") else cell.click()
    expect(me.page.locator("#results article").first).to_be_visible()


def test_a_card_by_two_people(demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[..., None]) -> None:
    """Emre assesses a study, Ruth agrees, readers find it on the map."""
    emre, ruth, reader = visitor(), visitor(), visitor()
    emre.comes_in_as("Emre Aydın")
    emre.opens("library:card-new", "zimmer2022queer")
    emre.presses("Begin the card", within="#main")
    emre.page.locator("#id_template").select_option("qualitative")  # shows the questions of this kind
    expect(emre.page.locator("#id_p_conversations")).to_be_visible()
    for name, words in {
        "question": "Wie arbeiten queere Geflüchtete?", "method": "Gespräche", "strength_why": "Kleine Auswahl.",
        "finding_de": "Verschweigen schützt und kostet.", "meaning_de": "Nachfragen.", "limits": "22 Gespräche.",
        "p_conversations": "22",
    }.items():  # fmt: skip
        emre.page.locator(f"#id_{name}").fill(words)
    emre.page.locator("input[name=strength][value='2']").check()
    expect(emre.page.locator(".lib-count").first).to_have_text("32 von 400")
    expect(emre.page.locator("#save-state")).to_contain_text(emre.said("Saved at"))  # by itself
    axe(emre.page)
    emre.presses("Save", within="#card")
    emre.page.locator("#submit-second").select_option(label="Ruth Sommerfeld")
    emre.presses("Give to the second reviewer", within="#main")
    ruth.comes_in_as("Ruth Sommerfeld")
    ruth.opens("library:card", "zimmer2022queer")
    axe(ruth.page)
    ruth.presses("Agree to this card", within="#main")
    emre.looks_again()
    emre.presses("Publish", within="#main")
    reader.opens("studies:study", "zimmer2022queer")
    expect(reader.page.locator("#main")).to_contain_text("Verschweigen schützt und kostet.")
    reader.opens("studies:studies", query="?z=th-diskr&z=gr-queer")
    expect(reader.page.locator("#results article")).to_have_count(1)
