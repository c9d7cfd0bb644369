"""Two people write one text, a connection breaks, a browser has no script: nothing that was typed is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nahtstelle.rooms.outputs.models import LeftText, Output
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

SLUG = "analyse-vorabpruefung-entwurf"  # a draft of the demo; Emre and Ruth may write in it
FIRST, LAST = "Erster Absatz der Analyse.", "Letzter Absatz der Analyse."
SOON, TRIES_AGAIN = 5_000, 11_000  # milliseconds; the editor saves after a pause and tries again every ten seconds
AUTOSAVE = re.compile(r"/sichern/$")


@pytest.fixture
def draft(demo_centre: str) -> Output:
    """Two paragraphs far enough apart that changes to both can be merged."""
    body = "\n\n".join([FIRST, "Ein Absatz in der Mitte.", "Noch einer.", LAST]) + "\n"
    Output.objects.filter(slug=SLUG).update(body=body)
    output = Output.objects.get(slug=SLUG)
    output.saves.filter(revision=output.revision).update(body=body)
    return output


@pytest.fixture
def emre(draft: Output, visitor: Callable[..., Visitor]) -> Visitor:
    return writing(visitor(), "Emre Aydın")


@pytest.fixture
def ruth(draft: Output, visitor: Callable[..., Visitor]) -> Visitor:
    return writing(visitor(), "Ruth Sommerfeld")


def writing(somebody: Visitor, name: str) -> Visitor:
    somebody.comes_in_as(name)
    somebody.page.clock.install()  # goes on by itself, and jumps when told
    somebody.opens("outputs:edit", SLUG)
    return somebody


def waits(somebody: Visitor, milliseconds: int) -> None:
    """For the editor's own timers, without the time passing outside."""
    somebody.page.clock.fast_forward(milliseconds)


def replaces(somebody: Visitor, old: str, new: str) -> None:
    """As typing does it: the words stand in the field and the page knows."""
    text = somebody.field("Text")
    text.fill(text.input_value().replace(old, new))


def saves(somebody: Visitor) -> None:
    somebody.presses("Save and go on writing", within="#editor")


def body() -> str:
    return Output.objects.get(slug=SLUG).body


def save_state(page: Page) -> object:
    return expect(page.locator("#save-state"))


def test_changes_to_different_paragraphs_are_merged(emre: Visitor, ruth: Visitor, axe: Callable[..., None]) -> None:
    replaces(emre, FIRST, "Emres Anfang.")
    saves(emre)
    replaces(ruth, LAST, "Ruths Schluss.")
    saves(ruth)
    ruth.sees("Somebody else had changed other lines meanwhile; both changes are in the text now.")
    expect(ruth.field("Text")).to_have_value(re.compile("Emres Anfang.*Ruths Schluss", re.DOTALL))
    axe(ruth.page)
    assert ("Emres Anfang." in body(), "Ruths Schluss." in body()) == (True, True)


@pytest.mark.once
def test_what_the_other_wrote_arrives_while_one_types(emre: Visitor, ruth: Visitor) -> None:
    replaces(emre, FIRST, "Emres Anfang.")
    waits(emre, SOON)
    save_state(emre.page).to_contain_text(emre.said("Saved at"))
    replaces(ruth, LAST, "Ruths Schluss.")
    waits(ruth, SOON)
    save_state(ruth.page).to_contain_text(ruth.said("Somebody else writes here too; both changes are in the text."))
    expect(ruth.field("Text")).to_have_value(re.compile("Emres Anfang.*Ruths Schluss", re.DOTALL))


def test_changes_to_the_same_paragraph_lead_to_the_merge_page(
    emre: Visitor, ruth: Visitor, axe: Callable[..., None]
) -> None:
    replaces(emre, FIRST, "Emres Anfang.")
    saves(emre)
    replaces(ruth, FIRST, "Ruths Anfang.")
    saves(ruth)
    expect(ruth.heading).to_have_text(ruth.said("Merge two texts"))
    expect(ruth.page.locator("#main .n-synopsis del")).to_contain_text("Emres")
    expect(ruth.page.locator("#main .n-synopsis ins")).to_contain_text("Ruths")
    axe(ruth.page)
    assert (body().startswith("Emres Anfang."), LeftText.objects.get().body.startswith("Ruths Anfang.")) == (True, True)
    replaces(ruth, "Ruths Anfang.", "Emres und Ruths Anfang.")
    ruth.presses("Save this as the text")
    expect(ruth.field("Text")).to_have_value(re.compile("^Emres und Ruths Anfang"))
    assert (body().splitlines()[0], LeftText.objects.filter(settled_at=None).count()) == ("Emres und Ruths Anfang.", 0)


@pytest.mark.once
def test_a_lost_connection_is_said_and_the_text_saved_when_it_is_back(emre: Visitor) -> None:
    emre.page.route(AUTOSAVE, lambda route: route.abort())
    replaces(emre, FIRST, "Im Zug geschrieben.")
    waits(emre, SOON)
    save_state(emre.page).to_contain_text(
        emre.said("No connection; your text stays here and is saved as soon as it is back.")
    )
    assert FIRST in body()
    emre.page.unroute(AUTOSAVE)
    waits(emre, TRIES_AGAIN)
    save_state(emre.page).to_contain_text(emre.said("Saved at"))
    assert body().startswith("Im Zug geschrieben.")


@pytest.mark.once
def test_the_editor_saves_without_script(draft: Output, visitor: Callable[..., Visitor]) -> None:
    emre = writing(visitor(script=False), "Emre Aydın")
    replaces(emre, FIRST, "Ohne Skript.")
    emre.presses("Save", within="#editor")
    emre.sees("Saved.")
    assert body().startswith("Ohne Skript.")
