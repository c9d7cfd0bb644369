"""A second search brought studies the library had: those in doubt are decided by keyboard, and one merge is undone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from nahtstelle.rooms.library.models import Merge, Pair, Record
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey


def test_pairs_are_decided_by_keyboard_and_a_merge_is_undone(
    demo_centre: str, visitor: Callable[..., Visitor], axe: Callable[[Any], None]
) -> None:
    emre, ruth = visitor(), visitor()
    emre.comes_in_as("Emre Aydın")
    emre.opens("library:pairs")
    axe(emre.page)
    first, second, third, *_rest = Pair.objects.filter(state="open")

    emre.follows("Decide the pairs")
    expect(emre.page.locator("mark").first).to_be_visible()
    axe(emre.page)
    presses_key(emre, "2")  # two works
    expect(emre.page).to_have_url(address_of(demo_centre, second))

    ruth.comes_in_as("Ruth Sommerfeld")
    ruth.opens("library:pair", second.pk)
    presses_key(emre, "3")  # later
    expect(emre.page).to_have_url(address_of(demo_centre, third))
    presses_key(emre, "1")  # the same
    emre.page.wait_for_url(lambda url: url != address_of(demo_centre, third))
    assert states_of(first, second, third) == ["apart", "open", "merged"]

    # Somebody else lies before the pair that is put off; whoever comes second is told.
    emre.opens("library:pair", second.pk)
    emre.does("same")
    ruth.does("apart")
    expect(
        ruth.page.locator(".kern-alert, [role=status], [role=alert]").filter(has_text="Emre Aydın").first
    ).to_be_visible()
    assert states_of(second) == ["merged"]

    # What was merged is parted again and is never asked about again.
    emre.opens("library:merges")
    axe(emre.page)
    done = Merge.objects.get(kept=third.one_id, undone_at=None)
    emre.page.locator(f"a[href$='/{done.pk}/trennen/']").click()
    emre.presses("Part the works", within="#main")
    emre.page.wait_for_url(lambda url: url.endswith("/zusammengefuehrt/"))
    assert states_of(third) == ["apart"]
    assert Record.objects.filter(work=third.two_id).exists()


def presses_key(who: Visitor, key: str) -> None:
    who.page.keyboard.press(key)


def address_of(centre: str, pair: Pair) -> str:
    return f"{centre}/bibliothek/dubletten/{pair.pk}/"


def states_of(*pairs: Pair) -> list[str]:
    states = dict(Pair.objects.values_list("pk", "state"))
    return [states[pair.pk] for pair in pairs]
