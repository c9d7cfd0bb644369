"""Studies for programs: the feed per choice, the map of the site, the read API."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.models import Notice, Work
from tests.rooms.library.cards import AT, concept, started, study
from tests.rooms.library.stock import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
EN = {"accept-language": "en"}
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address, headers=EN).content)
    return [str(entry.findtext(f"{ATOM}title")) for entry in root.iter(f"{ATOM}entry")]


def test_the_feed_takes_the_choice_of_the_list(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "one2020", concept("th-a"))
    study(rita, ruth, "two2020", concept("th-b"))
    assert titles(client, "/feed/studien.atom?f=th-a") == ["Title of one2020"]
    assert len(titles(client, "/feed/studien.atom")) == 2


def test_the_feed_has_no_draft(client: Client, rita: Account, ruth: Account) -> None:
    started(rita, of=work("hidden2020"))
    assert titles(client, "/feed/studien.atom") == []


def test_a_retraction_is_news_in_the_feed(client: Client, rita: Account, ruth: Account) -> None:
    edition = study(rita, ruth, "one2020", standing=Work.Standing.RETRACTED)
    Notice.objects.create(work=edition.card.work, kind="retraction", words="Errors.", noted_at=AT)
    assert b"was retracted" in client.get("/feed/studien.atom", headers=EN).content


def test_the_list_leads_to_its_feed(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "one2020", concept("th-a"))
    assert 'href="/feed/studien.atom?f=th-a"' in client.get("/studien/?f=th-a&page=1").content.decode()


def test_published_studies_are_in_the_map_of_the_site(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "one2020")
    started(rita, of=work("hidden2020"))
    words = client.get("/sitemap-studien.xml").content.decode()
    assert "/studien/one2020/" in words and "hidden2020" not in words


def test_the_interface_answers_as_the_pages_do(client: Client, rita: Account, ruth: Account) -> None:
    study(rita, ruth, "one2020", concept("th-a"), concept("gr-a", "group"), strength=4)
    started(rita, of=work("hidden2020"))
    listed = client.get("/api/v1/studies?s=4").json()
    assert [one["key"] for one in listed["items"]] == ["one2020"]
    assert client.get("/api/v1/studies?s=1").json()["count"] == 0
    one = client.get("/api/v1/studies/one2020").json()
    assert (one["strength"], one["finding_en"], [term["key"] for term in one["subjects"]]) == (
        4,
        "It helps.",
        ["gr-a", "th-a"],
    )
    assert client.get("/api/v1/studies/hidden2020").status_code == 404
    drawn = client.get("/api/v1/evidence-map").json()
    assert drawn["cells"] == [
        {"row": "th-a", "column": "gr-a", "studies": 1, "strongest": 4, "by_strength": [0, 0, 0, 0, 1]}
    ]
