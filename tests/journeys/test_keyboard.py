"""The main job without a mouse: everything is reached by Tab and done by Enter or Space."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from nahtstelle.register.duties.models import Duty
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outreach import actions as outreach
from nahtstelle.rooms.outreach.models import Dispatch
from tests.journeys.furnishing import account
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once]

MOST_TABS = 250


def tabs_to(me: Visitor, goal: Locator, *, key: str = "Tab") -> None:
    """Press Tab until the goal has the focus, which must be seen."""
    expect(goal).to_be_visible()
    for _press in range(MOST_TABS):
        if goal.evaluate("goal => goal === document.activeElement"):
            assert focus_is_seen(goal), "nothing shows where the focus is"
            return
        me.page.keyboard.press(key)
    raise AssertionError(f"{MOST_TABS} presses of {key} did not reach {goal}.")


def focus_is_seen(goal: Locator) -> bool:
    return bool(
        goal.evaluate(
            """goal => {
                const drawn = getComputedStyle(goal), box = goal.getBoundingClientRect();
                const ring = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
                const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
                return (ring || drawn.boxShadow !== "none") && inside;
            }"""
        )
    )


def enters(me: Visitor, role: str, words: str, *, within: str = "body", plain: bool = False) -> None:
    """Goes to a link or button by Tab and presses Enter."""
    tabs_to(me, me.named(role, words, within=within, plain=plain).first)
    me.page.keyboard.press("Enter")


def takes_step(me: Visitor, step: str) -> None:
    """Goes to the button of a workflow's step and presses Enter, which leads to another page or state."""
    tabs_to(me, me.page.locator(f"#main button[value='{step}']").first)
    with me.page.expect_navigation():
        me.page.keyboard.press("Enter")


def types(me: Visitor, field: Locator, text: str) -> None:
    tabs_to(me, field)
    me.page.keyboard.type(text)


@pytest.fixture
def jana(demo_centre: str, visitor: Callable[..., Visitor]) -> Visitor:
    """Jana, come in by the keyboard."""
    me = visitor()
    enters(me, "link", "Sign in")
    enters(me, "link", "Choose a person", within="#main")
    tabs_to(me, me.door_of("Jana Wolters"))
    me.page.keyboard.press("Enter")
    expect(me.heading).to_have_text(me.said("My desk"))
    return me


def test_the_first_tab_skips_to_the_content(demo_centre: str, visitor: Callable[..., Visitor]) -> None:
    me = visitor()
    me.page.keyboard.press("Tab")
    skip = me.named("link", "Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    me.page.keyboard.press("Enter")
    expect(me.page.locator("#main")).to_be_focused()


def test_the_menu_of_the_account_opens_and_closes(jana: Visitor) -> None:
    opener = jana.page.locator("header summary", has_text="Jana Wolters")
    tabs_to(jana, opener)
    jana.page.keyboard.press("Enter")
    menu = jana.page.locator("header .n-menu__body")
    expect(menu).to_be_visible()
    jana.page.keyboard.press("Tab")
    jana.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_group_of_the_navigation_opens_leads_on_and_closes(jana: Visitor) -> None:
    group = jana.page.locator("nav.n-nav--desk summary", has_text=jana.said("Changes of law"))
    tabs_to(jana, group)
    jana.page.keyboard.press("Enter")
    first = jana.named("link", "Waves", within="nav.n-nav--desk")
    expect(first).to_be_visible()
    jana.page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(group).to_be_focused()
    jana.page.keyboard.press("Space")
    enters(jana, "link", "Waves", within="nav.n-nav--desk")
    expect(jana.heading).to_have_text(jana.said("Waves"))


def test_the_navigation_opens_on_a_phone(demo_centre: str, visitor: Callable[..., Visitor]) -> None:
    me = visitor(phone=True)
    enters(me, "button", "Menu")
    enters(me, "link", "Publications", within="header")
    expect(me.heading).to_have_text(me.said("Publications"))


def test_a_duty_is_answered(jana: Visitor) -> None:
    before = Duty.objects.filter(state=Duty.State.OPEN).count()
    tabs_to(jana, jana.page.locator("#main section[aria-labelledby=duties] h3 a").first)
    jana.page.keyboard.press("Enter")
    types(jana, jana.field("Reason"), "Der Text stimmt weiterhin.")
    takes_step(jana, "valid")
    assert Duty.objects.filter(state=Duty.State.OPEN).count() == before - 1


def test_a_text_is_signed_off(jana: Visitor) -> None:
    waiting = Output.objects.filter(progress=Output.Progress.IN_REVIEW).exclude(owner__slug="jana-wolters")
    titles = jana.texts("#main section[aria-labelledby=decide] a")
    output = waiting.get(title=next(title for title in titles if waiting.filter(title=title).exists()))
    enters(jana, "link", output.title, within="#main", plain=True)
    types(jana, jana.field("Your judgement"), "Richtig und verständlich.")
    takes_step(jana, "sign-off")
    output.refresh_from_db()
    assert output.progress == Output.Progress.SIGNED_OFF


def test_a_dispatch_is_approved(jana: Visitor) -> None:
    emre, now = account("emre-aydin"), timezone.now()
    bulletin = Output.objects.get(slug="rechtsinfo-ausbildungsaufschub-bleibt")
    dispatch = outreach.prepare(
        bulletin, subject_de="Es bleibt dabei", subject_en="It stays", roles=["adviser"], account=emre, by=emre.actor,
        at=now,
    )  # fmt: skip
    outreach.submit(dispatch, account=emre, by=emre.actor, at=now)
    jana.looks_again()
    enters(jana, "link", "Es bleibt dabei", within="#main", plain=True)
    tabs_to(jana, jana.field("I have read both letters and looked at the list."))
    jana.page.keyboard.press("Space")
    takes_step(jana, "approve")
    assert Dispatch.objects.get(pk=dispatch.pk).state == Dispatch.State.APPROVED
