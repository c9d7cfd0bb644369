"""The start page and what is said about the centre: true numbers, what changed, in both languages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.law.models import Announcement, Law
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.pages.monthly import MONTHS, by_month
from tests.rooms.outputs.making import NOW, Cast, make_cast, published, take_in
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
OLD, NEW = ["(1) Die Frist beträgt drei Monate."], ["(1) Die Frist beträgt zwei Monate."]
NAMES = ["home", "about", "imprint", "privacy", "accessibility"]


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast()


def tiles(shown: Any) -> dict[str, str]:
    return {
        words(tile.xpath(".//*[@class='n-tile__label']")[0]): words(tile.xpath(".//*[@class='n-tile__value']")[0])
        for tile in shown.xpath("//div[contains(@class, 'n-tile') and .//*[@class='n-tile__value']]")
        if "n-tiles" not in tile.get("class")
    }


def test_the_tiles_count_what_a_reader_may_see(people: Cast) -> None:
    now = timezone.now()
    take_in("ProbeG", {"§ 1": OLD, "§ 2": OLD}, on=timezone.localdate(now) - timedelta(days=1), at=now)
    published(people, title="Für alle", body="Nach § 1 ProbeG.")
    published(people, title="Nur intern")
    Output.objects.filter(edition__title="Nur intern").update(audience="staff")
    take_in("ProbeG", {"§ 1": NEW, "§ 2": OLD}, on=timezone.localdate(now), at=now)
    assert tiles(page(Client().get("/"))) == {
        "Veröffentlichungen": "1",
        "Nach einer Rechtsänderung in Prüfung": "1",
        "Diesen Monat geänderte Vorschriften": "1",
        "Gesetze unter Beobachtung": "1",
    }


def test_changed_law_is_listed_with_the_way_to_its_synopsis(people: Cast) -> None:
    now = timezone.now()
    take_in("ProbeG", {"§ 1": OLD}, on=timezone.localdate(now) - timedelta(days=1), at=now)
    take_in("ProbeG", {"§ 1": NEW}, on=timezone.localdate(now), at=now)
    (link,) = page(Client().get("/")).xpath("//ul[@class='n-changes']//a")
    assert (words(link), Client().get(link.get("href")).status_code) == ("§ 1", 200)


def test_what_changed_more_than_two_weeks_ago_is_no_news(people: Cast) -> None:
    now = timezone.now()
    take_in("ProbeG", {"§ 1": OLD}, on=timezone.localdate(now) - timedelta(days=16), at=now)
    take_in("ProbeG", {"§ 1": NEW}, on=timezone.localdate(now) - timedelta(days=15), at=now)
    shown = page(Client().get("/"))
    assert "Keine Änderung in den letzten zwei Wochen" in words(shown)
    assert shown.xpath("//ul[@class='n-changes']") == []


def test_an_empty_centre_has_a_start_page(db: None) -> None:
    answer = Client().get("/")
    assert (answer.status_code, "Noch nichts veröffentlicht" in words(page(answer))) == (200, True)


def test_what_is_not_public_is_not_on_the_start_page(people: Cast) -> None:
    published(people, title="Nur intern")
    before = words(page(Client().get("/")))
    Output.objects.update(audience="staff")
    after = words(page(Client().get("/")))
    assert ("Nur intern" in before, "Nur intern" in after) == (True, False)


def test_the_search_of_the_start_page_finds(people: Cast) -> None:
    published(people, title="Anerkennung in der Pflege")
    deliver_all(at=NOW)
    (form,) = page(Client().get("/")).xpath("//form[@class='n-ask']")
    found = Client().get(form.get("action"), {"q": "Pflege"})
    assert "Anerkennung in der Pflege" in words(page(found))


def test_a_title_says_its_language(people: Cast) -> None:
    published(people, title="Recognition in nursing", language="en")
    (title,) = page(Client().get("/")).xpath("//*[@class='n-result__title']")
    assert title.get("lang") == "en"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_about_the_site_exist_in_both_languages(name: str, language: str) -> None:
    shown = page(Client().get(reverse(name), headers={"accept-language": language}))
    other = page(Client().get(reverse(name), headers={"accept-language": {"de": "en", "en": "de"}[language]}))
    assert shown.get("lang") == language
    assert words(shown.xpath("//h1")[0]) != words(other.xpath("//h1")[0])


def test_imprint_names_the_operator_line_by_line(settings: Any) -> None:
    settings.OPERATOR = ["Fachstelle <b>", "Straße 1"]
    (address,) = page(Client().get(reverse("imprint"))).xpath("//address")
    assert address.text_content() == "Fachstelle <b>Straße 1"


def test_imprint_says_when_nobody_is_named(settings: Any) -> None:
    settings.OPERATOR = []
    assert "Die Betreiberin hat Namen und Anschrift noch nicht angegeben" in words(
        page(Client().get(reverse("imprint")))
    )


def test_a_barrier_can_be_reported_by_mail(settings: Any) -> None:
    settings.CONTACT_MAIL = "hier@example.org"
    (link,) = page(Client().get(reverse("accessibility"))).xpath("//main//a[starts-with(@href, 'mailto:')]")
    assert link.get("href") == "mailto:hier@example.org?subject=Barriere%20auf%20der%20Seite"


def test_months_are_counted_each_and_gaps_are_zero() -> None:
    today = date(2026, 2, 15)
    days = [date(2026, 2, 1), date(2026, 2, 15), date(2025, 12, 31), date(2025, 6, 1), date(2025, 5, 31)]
    series = by_month(days, today=today)
    assert (series.counts, len(series.counts)) == ([1, 0, 0, 0, 0, 0, 1, 0, 2], MONTHS)
    assert series.since == "Juni 2025"


def announcement(law: Law, *, ahead: int, last_seen: date) -> Announcement:
    today = timezone.localdate()
    return Announcement.objects.create(
        law=law,
        text="x",
        digest=str(ahead),
        in_force=today + timedelta(days=ahead),
        first_seen=last_seen,
        last_seen=last_seen,
    )


def test_an_announcement_that_the_newest_file_no_longer_makes_is_shown_and_says_so(
    people: Cast, as_: Callable[..., Client]
) -> None:
    now, today = timezone.now(), timezone.localdate()
    take_in("ProbeG", {"§ 1": OLD}, on=today - timedelta(days=9), at=now)
    newest = take_in("ProbeG", {"§ 1": OLD, "§ 2": OLD}, on=today, at=now)
    announcement(newest.law, ahead=40, last_seen=today)
    announcement(newest.law, ahead=70, last_seen=today - timedelta(days=9))
    shown = page(as_().get("/")).xpath("//section[@aria-labelledby='ahead']//li")
    silent = ["in der neuesten Datei nicht mehr angekündigt" in words(line) for line in shown]
    assert silent == [False, True]


def test_questions_do_not_grow_with_the_texts(
    people: Cast, django_assert_max_num_queries: Any, as_: Callable[..., Client]
) -> None:
    for number in range(6):
        published(people, title=f"Text {number}")
    client = as_()
    with django_assert_max_num_queries(18):
        assert heading(client.get("/")).startswith("Was auf Recht beruht")
