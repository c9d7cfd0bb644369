"""Two people screen without seeing each other, one of them on a phone and without a role at the centre; a third settles."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.rooms.library.actions import pool, ranking, reviews
from nahtstelle.rooms.library.models import Decision, Item, Member, Review, Work
from tests.journeys.furnishing import account
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey
BY = system("tests")
SLUG = "anerkennung-kurz"


@pytest.fixture
def review(demo_centre: str) -> Review:
    """A small review of the demo's studies, opened, with a pool of eight."""
    ranking.forget_learners()
    emre, tariq, ruth = account("emre-aydin"), account("tariq-haddad"), account("ruth-sommerfeld")
    at = timezone.now()
    made = reviews.begin_review(
        title="Anerkennung kurz", question="Was hilft bei der Anerkennung?", seed=3, by=emre.actor, at=at
    )
    reviews.change_review(review=made, words=[{"word": "anerkennung*", "speaks": "for"}], by=emre.actor, at=at)
    for excludes, words in ((False, "Studie zur Anerkennung"), (True, "falsches Thema"), (True, "keine eigenen Daten")):
        reviews.add_criterion(review=made, words=words, excludes=excludes, by=emre.actor, at=at)
    for person, role in ((tariq.person, Member.Role.SCREENER), (ruth.person, Member.Role.RESOLVER)):
        reviews.add_member(
            review=made, person=person, role=role, valid_from=date(2026, 1, 1), valid_until=None, by=emre.actor, at=at
        )
    works = Work.objects.order_by("pk").values_list("pk", flat=True)[:8]
    pool.add_works(review=made, works=list(works), by=emre.actor, at=at)
    return reviews.open_screening(review=made, by=emre.actor, at=at)


def screening(somebody: Visitor, name: str, stage: str = "titel") -> Visitor:
    somebody.comes_in_as(name)
    somebody.opens("library:screen", SLUG, stage)
    return somebody


def place(page: Page) -> str:
    return page.locator("#verdict [name=place]").input_value()


def reads_by_key(somebody: Visitor, keys: str) -> None:
    """One key for one work; each time the next one is there."""
    for key in keys:
        before = place(somebody.page)
        somebody.page.keyboard.press(key)
        somebody.page.wait_for_function(
            "before => { const now = document.querySelector('#verdict [name=place]'); return !now || now.value !== before }",
            arg=before,
        )


def outcomes() -> list[str]:
    return list(Item.objects.filter(review__slug=SLUG).order_by("place").values_list("title_outcome", flat=True))


def test_two_blind_screeners_disagree_a_third_settles_and_a_sample_ends_it(
    review: Review, visitor: Callable[..., Visitor], axe: Callable[..., None]
) -> None:
    emre = screening(visitor(), "Emre Aydın")
    axe(emre.page)
    reads_by_key(emre, "iieem")
    # What he said is nowhere to be seen for her who judges on a phone.
    tariq = screening(visitor(phone=True), "Tariq Haddad")
    axe(tariq.page)
    assert tariq.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert set(outcomes()) == {""}
    tariq.sees("Somebody else has judged it, and a second answer is needed; such works come first.")
    tariq.opens("library:review-log", SLUG)
    assert tariq.page.locator("#main td .n-badge").all_inner_texts() == [tariq.said("hidden until all have judged")] * 5
    # By touch: agrees four times, disagrees once.
    for number in range(5):
        tariq.opens("library:screen", SLUG, "titel")
        here = Decision.objects.get(review=review, item__place=int(place(tariq.page)))
        same = (
            {"include": "i", "exclude": "e", "maybe": "i"}[here.verdict]
            if number
            else {"include": "e"}.get(here.verdict, "i")
        )
        tariq.page.locator(f"#verdict [data-key={same}]").click()
        expect(tariq.page.locator("h1")).to_be_visible()
    assert (outcomes().count("conflict"), outcomes().count("")) == (1, 3)
    # A third person settles, with both answers side by side.
    ruth = visitor()
    ruth.comes_in_as("Ruth Sommerfeld")
    ruth.opens("library:conflicts", SLUG)
    ruth.page.locator("#main .n-results a").first.click()
    expect(ruth.page.locator(".lib-side")).to_have_count(2)
    axe(ruth.page)
    ruth.page.get_by_label(ruth.said("included", context="screening"), exact=True).check()
    ruth.fills("Why so?", "Gemeinsam noch einmal gelesen.")
    ruth.presses("Settle and go on")
    expect(ruth.heading).to_have_text(ruth.said("Conflicts"))
    assert "conflict" not in outcomes()
    # What was learnt meanwhile orders the rest; then a sample of all that is unread.
    ranking.rank_due(by=BY, at=review.created_at)  # the demo's own review, too
    assert review.rankings.count() == 1
    emre.opens("library:review-stopping", SLUG)
    emre.fills("How many works are drawn", "3")
    emre.presses("Draw the sample")
    emre.sees("Sample number %(n)s is being read", n=1)
    for somebody in (emre, tariq):
        somebody.opens("library:screen", SLUG, "titel")
        for _ in range(3):
            somebody.page.locator("#verdict [data-key=e]").click()
            expect(somebody.page.locator("h1")).to_be_visible()
        somebody.sees("There is nothing left for you to judge here")
    emre.opens("library:review-stopping", SLUG)
    expect(emre.page.locator(".lib-look--reached")).to_be_visible()
    axe(emre.page)


def test_one_goes_back_and_changes_the_mind_by_key(review: Review, visitor: Callable[..., Visitor]) -> None:
    emre = screening(visitor(), "Emre Aydın")
    first = place(emre.page)
    reads_by_key(emre, "e")
    emre.page.keyboard.press("u")
    expect(emre.page.locator("#verdict [name=place]")).to_have_value(first)
    emre.sees("You have judged this work:")
    emre.page.keyboard.press("i")
    expect(emre.page.locator("#verdict [name=place]")).not_to_have_value(first)
    lines = Decision.objects.filter(review=review, item__place=int(first)).order_by("number")
    assert [(line.verdict, line.newest) for line in lines] == [("exclude", False), ("include", True)]


def test_the_page_works_without_script(review: Review, visitor: Callable[..., Visitor]) -> None:
    emre = screening(visitor(script=False), "Emre Aydın")
    first = place(emre.page)
    emre.page.locator("#id_note").fill("Ohne Skript.")
    emre.page.locator("#verdict [value=include]").click()
    expect(emre.page.locator("#verdict [name=place]")).not_to_have_value(first)
    assert Decision.objects.get(review=review).note == "Ohne Skript."
