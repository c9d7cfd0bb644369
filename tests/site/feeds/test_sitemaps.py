"""The map for search engines: public pages only, and each of them opens."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.feeds.sitemaps import SITEMAPS, Provisions
from tests.rooms.outputs.making import Cast, draft, published, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


def places(address: str) -> list[str]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return [str(one.text) for one in etree.fromstring(answer.content).iter("{*}loc")]


def everything() -> list[str]:
    """Every address in every part."""
    parts = [part.partition("/sitemap")[2] for part in places(reverse("feeds:sitemap"))]
    return [one.removeprefix("http://localhost:8000") for part in parts for one in places(f"/sitemap{part}")]


def test_every_address_in_it_opens_for_everybody(people: Cast) -> None:
    published(people, title="Handreichung")
    shelf()
    found = everything()
    assert len(found) == len(set(found)) > 15
    assert {one: Client().get(one).status_code for one in found} == dict.fromkeys(found, 200)


@pytest.mark.parametrize(("audience", "there"), [("public", True), ("network", False), ("staff", False)])
def test_only_texts_for_everybody_are_in_it(audience: str, there: bool, people: Cast) -> None:
    published(people, title="Handreichung")
    Output.objects.update(audience=audience)
    assert ("/veroeffentlichungen/handreichung/" in everything()) is there


def test_a_draft_is_not_in_it(people: Cast) -> None:
    draft(people.emre, title="Geheim")
    assert [one for one in everything() if "geheim" in one] == []


def test_a_long_part_comes_in_pages(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf(provisions=5)
    monkeypatch.setattr(Provisions, "limit", 2)
    index = [one for one in places(reverse("feeds:sitemap")) if "vorschriften" in one]
    assert [one.rpartition("?")[2] for one in index if "?" in one] == ["p=2", "p=3"]
    assert len([one for one in everything() if "/norm/" in one]) == 5


def test_the_demo_is_found_by_nobody_a_centre_by_everybody(settings: Any) -> None:
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    settings.DEMO = False
    said = Client().get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /schreibtisch/" in said
    assert said[-1] == "Sitemap: http://localhost:8000/sitemap.xml"


@pytest.mark.parametrize("part", list(SITEMAPS))
def test_questions_do_not_grow_with_a_part(part: str, people: Cast, django_assert_max_num_queries: Any) -> None:
    shelf(provisions=30)
    with django_assert_max_num_queries(3):
        places(reverse("feeds:sitemap-part", args=[part]))
