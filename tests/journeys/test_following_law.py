"""An adviser on a small phone: what changed in a provision, and being told of the next change without an account."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.notices.actions import send_due_letters
from nahtstelle.rooms.law.models import Provision
from nahtstelle.site.search.news import tell_news
from tests.journeys.visitor import Visitor
from tests.register.notices.making import MailServer, mail_server
from tests.rooms.outputs.making import take_in

pytestmark = [pytest.mark.journey, pytest.mark.once]

SMALL = {"width": 360, "height": 740}
MAIL = "beraterin@example.org"
BY = system("tests")
OTHER = ["(1) Wer beschäftigt ist, dem ist eine Duldung zu erteilen."]


def training(months: str) -> list[str]:
    return [f"(1) Eine Duldung ist zu erteilen, wenn die Ausbildung in spätestens {months} Monaten beginnt."]


def reading(norms: dict[str, list[str]], *, days_ago: int) -> None:
    """The official file as it was seen and taken in that day; those of the last days are taken in now."""
    now = timezone.now()
    day = now - timedelta(days=days_ago)
    take_in("AufenthG", norms, on=timezone.localdate(day), at=day if days_ago > 2 else now)


@pytest.fixture
def changed(live_centre: str) -> Provision:
    """§ 60c as it was read twice, with another time limit the second time."""
    reading({"§ 60c": training("sieben"), "§ 60d": OTHER}, days_ago=60)
    reading({"§ 60c": training("sechs"), "§ 60d": OTHER}, days_ago=20)
    return Provision.objects.select_related("law").get(designation="§ 60c")


@pytest.fixture
def post_office(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as server:
        yield server


def test_an_adviser_reads_what_changed_and_is_told_of_the_next_change(
    changed: Provision, post_office: MailServer, visitor: Callable[..., Visitor], axe: Callable[[Any], None]
) -> None:
    adviser = visitor(phone=True)
    adviser.page.set_viewport_size(SMALL)

    adviser.opens("search:search", query="?q=§ 60c AufenthG")
    adviser.page.locator("#main .n-results a").first.click()
    expect(adviser.heading).to_contain_text("§ 60c")
    assert_fits(adviser)

    adviser.follows("Compare wordings", within="#main")
    expect(adviser.page.locator("#main .n-synopsis del")).to_contain_text("sieben")
    expect(adviser.page.locator("#main .n-synopsis ins")).to_contain_text("sechs")
    assert_fits(adviser)
    axe(adviser.page)

    adviser.opens("law:provision", changed.law.slug, changed.pk)
    adviser.follows("Changes by mail", within="#main")
    adviser.sees("§ 60c AufenthG", within="#main", plain=True)
    adviser.fills("Your e-mail address", MAIL)
    adviser.ticks("once a day", plain=False)
    assert_fits(adviser)
    axe(adviser.page)
    adviser.presses("Send me the letter to confirm", within="#main")

    reading({"§ 60c": training("acht"), "§ 60d": OTHER}, days_ago=2)
    assert news_told(post_office) == []  # nobody confirmed yet
    follows_the_link_of(adviser, post_office)
    assert_fits(adviser)
    adviser.page.locator("#main form button").first.click()

    more = [*OTHER, "(2) Das gilt auch für Ehegatten."]
    reading({"§ 60c": training("sechs"), "§ 60d": more}, days_ago=1)  # another provision is another matter
    reading({"§ 60c": training("zwölf"), "§ 60d": more}, days_ago=0)
    (news,) = news_told(post_office)
    assert "§ 60c AufenthG" in news
    assert "§ 60d" not in news


def assert_fits(adviser: Visitor) -> None:
    """Nothing is wider than the phone."""
    assert adviser.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]


def letters(post_office: MailServer) -> list[str]:
    return [mail.get_body(("plain",)).get_content() for to, mail in post_office.received if to == [MAIL]]


def follows_the_link_of(adviser: Visitor, post_office: MailServer) -> None:
    (letter,) = letters(post_office)
    (address,) = re.findall(r"http\S+/suche/bestaetigen/\S+", letter)
    adviser.page.goto(address)


def news_told(post_office: MailServer) -> list[str]:
    """What the clock and the worker do on the day after; the letters of news there are then."""
    later = timezone.now() + timedelta(days=2)
    tell_news(by=BY, at=later)
    send_due_letters(by=BY, at=later)
    return [letter for letter in letters(post_office) if "/suche/bestaetigen/" not in letter]
