"""The frame of every page: who sees which navigation, and where the way out is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account
from tests.site.reading_pages import links, page, words

pytestmark = pytest.mark.django_db
MAIN, DESK = "//nav[@class='n-nav']", "//nav[contains(@class, 'n-nav--desk')]"
PUBLIC = ["Themen", "Veröffentlichungen", "Studien", "Recht", "Programme", "Vokabular"]
OWN = ["Mein Schreibtisch", "Posteingang"]
LIBRARY = [
    "Werke", "Literaturimporte", "Mögliche Dubletten", "Vorgeschlagene Begriffe", "Suchaufträge", "Literatursichtungen",
    "Bewertungskarten", "Offene Fragen", "Zwei Seiten",
]  # fmt: skip
STAFF = [*OWN, "Werkstatt", *LIBRARY, "Wellen", "Änderungsgesetze", "Importe", "Personen", "Mails", "Versand"]
KEEPERS = ["Kontakte einlesen", "Einladungen"]
SITE = ["Umleitungen", "Gemeldete Barrieren"]


def navigations(client: Client) -> tuple[list[str], list[str]]:
    shown = page(client.get(reverse("about")))
    return links(shown, MAIN), links(shown, DESK)


def test_a_reader_sees_the_public_navigation_only(as_: Callable[..., Client]) -> None:
    assert navigations(as_()) == (PUBLIC, [])


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("jana", STAFF), ("emre", [*STAFF, "Seiten", *SITE]),
        ("ruth", [*STAFF, *KEEPERS, "Seiten", *SITE, "Maschinenraum"]),
        ("sam", [*STAFF, *KEEPERS, *SITE, "Maschinenraum"]),
        ("tariq", OWN), ("marlene", OWN), ("konrad", OWN), ("stranger", OWN),
    ],
)  # fmt: skip
def test_who_sees_which_links(name: str, seen: list[str], request: Any, as_: Callable[..., Client]) -> None:
    assert navigations(as_(request.getfixturevalue(name))) == (PUBLIC, seen)


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("stranger", []), ("jana", ["Bibliothek", "Rechtsänderungen", "Menschen und Post"]),
        ("sam", ["Bibliothek", "Rechtsänderungen", "Menschen und Post", "Website"]),
    ],
)  # fmt: skip
def test_links_stand_in_groups_only_where_there_are_several(
    name: str, groups: list[str], request: Any, as_: Callable[..., Client]
) -> None:
    shown = page(as_(request.getfixturevalue(name)).get(reverse("about")))
    found = shown.xpath(f"{DESK}//details")
    assert [words(one.xpath("./summary")[0]) for one in found] == groups
    assert all(len(one.xpath(".//a")) > 1 for one in found)


def test_every_link_of_the_navigation_opens_for_whoever_sees_it(ruth: Account, as_: Callable[..., Client]) -> None:
    client = as_(ruth)
    shown = page(client.get(reverse("about")))
    addresses = [link.get("href") for link in shown.xpath(f"{MAIN}//a | {DESK}//a | //footer//a")]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_closest_link_is_marked_as_the_present_one(sam: Account, as_: Callable[..., Client]) -> None:
    shown = page(as_(sam).get(reverse("machinery:health")))
    marked = [link.text_content().strip() for link in shown.xpath("//nav//a[@aria-current='page']")]
    assert marked == ["Maschinenraum"]


def test_the_number_of_unread_notices_is_the_readers_own(
    jana: Account, emre: Account, now: Any, as_: Callable[..., Client]
) -> None:
    for number in range(3):
        Notice.objects.create(person=jana.person, kind="x", cause=f"c{number}", created_at=now)
    shown = {
        who: page(as_(who).get(reverse("about"))).xpath("string(//summary//*[@class='n-count'])")
        for who in (jana, emre)
    }
    assert (shown[jana].split()[-1:], shown[emre].split()) == (["3"], [])


def test_signing_out_is_a_form_with_a_token(jana: Account, as_: Callable[..., Client]) -> None:
    shown = page(as_(jana).get(reverse("about")))
    (form,) = shown.xpath(f"//form[@action='{reverse('desk:sign-out')}']")
    assert (form.method, len(form.xpath(".//input[@name='csrfmiddlewaretoken']"))) == ("POST", 1)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_footer_leads_to_imprint_privacy_and_accessibility(language: str, as_: Callable[..., Client]) -> None:
    client = as_()
    client.cookies["django_language"] = language
    addresses = [link.get("href") for link in page(client.get(reverse("home"))).xpath("//footer//a")]
    wanted = [reverse(name) for name in ("imprint", "privacy", "accessibility")]
    assert [address for address in addresses if address in wanted] == wanted


def test_frame_asks_a_fixed_number_of_questions(
    jana: Account, as_: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = as_(jana)
    with django_assert_max_num_queries(6):
        client.get(reverse("barriers:thanks"))
