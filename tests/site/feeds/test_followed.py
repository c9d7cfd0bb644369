"""Every search can be followed: a feed takes the choice of its page, and the page names its feed."""

from datetime import timedelta

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from nahtstelle.rooms.law.models import Law, Provision
from tests.rooms.outputs.making import Cast, concept, draft, published, shelf, take_in
from tests.site.test_feeds import feed, titles

pytestmark = pytest.mark.django_db


def at(address: str) -> list[str]:
    """The titles in the feed at an address."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return titles(etree.fromstring(answer.content))


def feeds_of(page: str) -> list[str]:
    tree = lxml.html.fromstring(Client().get(page).content.decode())
    return tree.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")


@pytest.fixture
def two(people: Cast) -> Cast:
    language = concept("th-sprache", "theme")
    published(people, title="Sprachkurse", body="Deutsch lernen.").concepts.add(language)
    published(people, title="Arbeit", language="en")
    return people


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Sprachkurse", "Arbeit"}), ("?f=th-sprache", {"Sprachkurse"}), ("?l=en", {"Arbeit"}),
        ("?q=lernen", {"Sprachkurse"}), ("?q=gibtesnicht", set()), ("?q=%00", {"Sprachkurse", "Arbeit"}),
    ],
)  # fmt: skip
def test_the_feed_of_a_list_holds_what_the_list_shows(query: str, found: set[str], two: Cast) -> None:
    page = reverse("outputs:outputs") + query
    assert set(at(reverse("feeds:publications") + query)) == found
    shown = lxml.html.fromstring(Client().get(page).content.decode()).xpath("//ul[@class='n-results']//h2")
    assert {" ".join(one.text_content().split()) for one in shown} == found


def test_a_narrowed_feed_says_to_what(two: Cast) -> None:
    root = etree.fromstring(Client().get(reverse("feeds:publications") + "?f=th-sprache&q=lernen").content)
    assert root.findtext("{*}title") == "Veröffentlichungen: „lernen“, th-sprache"


def test_two_searches_are_two_feeds(two: Cast) -> None:
    ids = {
        etree.fromstring(Client().get(reverse("feeds:publications") + query).content).findtext("{*}id")
        for query in ("", "?l=en", "?q=lernen")
    }
    assert len(ids) == 3


def test_the_list_names_the_feed_of_its_search(two: Cast) -> None:
    assert feeds_of(reverse("outputs:outputs") + "?f=th-sprache&page=1&sort=titel") == [
        "/feed/veroeffentlichungen.atom?f=th-sprache"
    ]


def test_the_link_to_the_feed_changes_with_the_results(two: Cast) -> None:
    """Choosing a facet exchanges the results alone, so the link stands among them."""
    tree = lxml.html.fromstring(Client().get(reverse("outputs:outputs") + "?l=en").content.decode())
    assert tree.xpath("//*[@id='results']//a[@type='application/atom+xml']/@href") == [
        "/feed/veroeffentlichungen.atom?l=en"
    ]
    assert tree.xpath("//footer//a[contains(@href, '.atom')]") == []


def test_a_draft_is_in_no_search(two: Cast) -> None:
    draft(two.emre, title="Lernen im Entwurf", body="lernen")
    assert at(reverse("feeds:publications") + "?q=lernen") == ["Sprachkurse"]


def test_a_law_and_a_provision_have_feeds_of_their_own() -> None:
    now = timezone.now()
    for number, said in enumerate(("Drei Monate.", "Zwei Monate.")):
        day = timezone.localdate(now) - timedelta(days=200 - number)
        take_in("ProbeG", {"§ 1": [f"(1) {said}"], "§ 2": ["(1) Nichts."]}, on=day, at=now)
        take_in("AndereG", {"§ 7": [f"(1) {said}"]}, on=day, at=now)
    law = Law.objects.get(citation="ProbeG")
    changed, same = (Provision.objects.get(law=law, designation=f"§ {n}") for n in (1, 2))
    assert feeds_of(reverse("law:law", args=[law.slug])) == ["/feed/recht.atom?gesetz=probeg"]
    assert at("/feed/recht.atom?gesetz=probeg") == ["ProbeG: § 1 (geändert)"]  # also what changed long ago
    (mine,) = feeds_of(reverse("law:provision", args=[law.slug, changed.pk]))
    assert at(mine) == ["ProbeG: § 1 (geändert)"]
    assert at(f"/feed/recht.atom?gesetz=probeg&norm={same.pk}") == []
    assert titles(feed("feeds:law")) == []


@pytest.mark.parametrize("query", ["?gesetz=nein", "?gesetz=a%00", "?gesetz=bspg&norm=x", "?gesetz=bspg&norm=999"])
def test_what_we_do_not_have_cannot_be_followed(query: str) -> None:
    shelf("BspG")
    assert Client().get("/feed/recht.atom?gesetz=bspg").status_code == 200
    assert Client().get(f"/feed/recht.atom{query}").status_code == 404
