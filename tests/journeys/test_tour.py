"""The demo's guided tour, as a newcomer takes it: each step by the buttons of the tour's own page."""

import re
from collections.abc import Callable, Iterator
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from nahtstelle.rooms.outreach.models import Dispatch, Recipient
from nahtstelle.site.worker import run_forever
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

STEPS = 7
PATIENCE = 60_000  # milliseconds for the worker to do its part


@pytest.fixture
def worker(demo_centre: str) -> Iterator[None]:
    """The worker at work beside the server, as in the demo."""
    stop = Event()
    strand = Thread(target=run_forever, args=(stop,))
    strand.start()
    yield
    stop.set()
    strand.join()


def test_a_newcomer_takes_all_seven_steps(
    worker: None, visitor: Callable[..., Visitor], axe: Callable[..., None]
) -> None:
    me = visitor()
    me.follows("Start the tour")
    axe(me.page)
    assert steps_done(me) == [False] * STEPS

    brings_in_the_readings(me)
    axe(me.page)
    looks_at_the_wave(me)
    axe(me.page)
    answers_for_a_text(me)
    axe(me.page)
    slug = drafts_the_bulletin(me)
    axe(me.page)
    lets_ruth_publish(me, slug)
    axe(me.page)
    has_the_letters_approved(me)
    axe(me.page)
    answers_a_letter(me)

    me.opens("demo:tour")
    assert steps_done(me) == [True] * STEPS


def steps_done(me: Visitor) -> list[bool]:
    steps = me.page.locator("#main ol > li")
    return [me.said("done") in step.locator("h2").inner_text() for step in steps.all()]


def takes_step(me: Visitor, number: int) -> None:
    """Presses the button of a step that makes the visitor the one whose eyes it asks for, and leads there."""
    me.opens("demo:tour")
    me.page.locator("#main ol > li").nth(number - 1).get_by_role("button").last.click()
    me.page.wait_for_url(re.compile(r"^(?!.*/demo/)"))
    me.page.wait_for_load_state()


def waits_for(me: Visitor, step: str) -> None:
    """The page of an import asks by itself how far the worker is."""
    expect(me.page.locator(f"#main button[name={step}]")).to_be_visible(timeout=PATIENCE)


def brings_in_the_readings(me: Visitor) -> None:
    me.presses("Bring in the new readings")
    waits_for(me, "confirm")
    me.sees("§ 22a", within="#main", plain=True)
    me.does("confirm")
    waits_for(me, "undo")


def looks_at_the_wave(me: Visitor) -> None:
    takes_step(me, 2)
    me.sees("cited part changed", within="#main")


def answers_for_a_text(me: Visitor) -> None:
    takes_step(me, 3)
    me.page.locator("#main section[aria-labelledby=duties] h3 a").first.click()
    me.fills("Reason", "Der Text nennt die neue Frist schon.")
    me.does("valid")


def drafts_the_bulletin(me: Visitor) -> str:
    takes_step(me, 4)
    me.presses("Draft the law bulletin")
    slug = me.path.rstrip("/").split("/")[-2]
    text = me.field("Text")
    text.fill(re.sub(r"\*\[[^\]\n]+\]\*", "Ab sofort, für alle Beratungen.", text.input_value()))
    me.presses("Save", within="#editor")
    me.does("submit")
    return slug


def lets_ruth_publish(me: Visitor, slug: str) -> None:
    takes_step(me, 5)
    assert slug in me.path
    me.does("sign-off")
    me.does("publish")


def has_the_letters_approved(me: Visitor) -> None:
    takes_step(me, 6)
    me.fills("subject (English)", "The law has changed")
    me.ticks("IvAF")
    me.ticks("Niedersachsen")
    me.presses("Save and see who is concerned")
    me.sees("Tariq Haddad", within="#liste", plain=True)
    me.does("submit")
    address = me.path
    me.comes_in_as("Ruth Sommerfeld")
    me.page.goto(address)
    me.ticks("I have read both letters and looked at the list.", plain=False)
    me.does("approve")


def answers_a_letter(me: Visitor) -> None:
    """As its reader: the letter lies in the demo's outbox, its link asks for no account."""
    takes_letters(me)
    me.page.locator("#main a[href*='/versand/antwort/']").click()
    me.ticks("used in my work", plain=False)
    me.presses("Send", within="#main")
    expect(me.heading).to_have_text(me.said("Thank you"))


def takes_letters(me: Visitor) -> None:
    me.opens("demo:tour")
    me.page.locator("#main ol > li").nth(6).get_by_role("button").last.click()
    # Other letters lie there too, and a digest may come between.
    letter = _letter_of_the_tour()
    link = me.page.locator(f"#main .n-inbox a[href='{reverse('demo:letter', args=[letter])}']")
    me.looks_again()
    link.click()


def _letter_of_the_tour() -> int:
    """The letter of the newest dispatch to somebody, once the worker has written it."""
    written = Recipient.objects.filter(dispatch=Dispatch.objects.latest("pk"), letter__isnull=False)
    until = monotonic() + PATIENCE / 1000
    while not written.exists() and monotonic() < until:
        sleep(0.1)
    return written.earliest("pk").letter_id
