"""The switch of languages: it keeps the page one is on, and leads nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.site.reading_pages import heading, page

pytestmark = pytest.mark.django_db


def switch(client: Client, at: str) -> str:
    """Press the switch on the page at ``at``; where one is led."""
    (form,) = page(client.get(at)).xpath("//form[@class='n-languages']")
    (button,) = form.xpath(".//button[@name='language']")
    (here,) = form.xpath(".//input[@name='next']")
    answer = client.post(form.get("action"), {"language": button.get("value"), "next": here.get("value")})
    return str(answer["Location"])


@pytest.mark.parametrize(
    "address", ["/ueber/", "/veroeffentlichungen/?q=pflege&f=th-sprache", "/schreibtisch/anmelden/?next=/recht/"]
)
def test_the_switch_keeps_the_page_and_its_question(address: str) -> None:
    assert switch(Client(), address) == address


def test_the_chosen_language_stays() -> None:
    client = Client()
    before = heading(client.get("/ueber/"))
    switch(client, "/ueber/")
    after, elsewhere = heading(client.get("/ueber/")), page(client.get("/impressum/")).get("lang")
    assert (before, after, elsewhere) == ("Über diese Website", "About this site", "en")


def test_the_way_back_is_the_same_switch() -> None:
    client = Client()
    switch(client, "/ueber/")
    switch(client, "/ueber/")
    assert page(client.get("/ueber/")).get("lang") == "de"


def test_the_browsers_wish_is_followed_and_german_is_the_fallback() -> None:
    wished = {
        wish: page(Client().get("/", headers={"accept-language": wish})).get("lang")
        for wish in ("en-GB", "fr", "de-AT")
    }
    assert wished == {"en-GB": "en", "fr": "de", "de-AT": "de"}


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_the_switch_leads_to_no_other_site(wish: str) -> None:
    answer = Client().post(reverse("set_language"), {"language": "en", "next": wish})
    assert answer["Location"] == "/"


def test_an_unknown_language_changes_nothing() -> None:
    client = Client()
    client.post(reverse("set_language"), {"language": "tlh", "next": "/"})
    assert page(client.get("/")).get("lang") == "de"
