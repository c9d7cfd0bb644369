"""JSON-LD in the page: what schema.org calls things, only for what everybody may read, and never a way out of it."""

import json
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.rooms.outputs.models import Output
from tests.cast import come_in
from tests.rooms.outputs.making import TODAY, Cast, concept, published, take_in


def data_of(output: Output, client: Client | None = None) -> list[dict[str, Any]]:
    page = (client or Client()).get(reverse("outputs:output", args=[output.slug]))
    tree = lxml.html.fromstring(page.content.decode())
    return [json.loads(one.text) for one in tree.xpath("//script[@type='application/ld+json']")]


@pytest.mark.usefixtures("that_day")
def test_it_says_what_the_page_says(cast: Cast) -> None:
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=TODAY)
    output = published(cast, title="Fristen", summary="Kurz gesagt.", body="Nach § 1 ProbeG.")
    output.concepts.add(concept("th-arbeit", "theme"))
    (said,) = data_of(output)
    address = f"http://localhost:8000/veroeffentlichungen/{output.slug}/"
    assert (said["@context"], said["@type"], said["url"]) == ("https://schema.org", "CreativeWork", address)
    assert (said["name"], said["abstract"], said["inLanguage"]) == ("Fristen", "Kurz gesagt.", "de")
    assert said["author"] == [{"@type": "Person", "name": "Emre"}]
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [one["name"] for one in said["citation"]] == ["§ 1 ProbeG"]
    assert [one["termCode"] for one in said["about"]] == ["th-arbeit"]
    assert [one["contentUrl"] for one in said["encoding"]] == [f"{address}pdf/", f"{address}docx/"]


@pytest.mark.parametrize("title", ["</script><b>x", "<!-- <script>", "a & b", "\u2028"])
def test_no_title_leaves_the_element(title: str, cast: Cast) -> None:
    output = published(cast, title=f"Titel {title}")
    page = Client().get(reverse("outputs:output", args=[output.slug])).content.decode()
    inside = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert not set(inside) & set("<>&\u2028")
    assert json.loads(inside)["name"] == f"Titel {title}"


def test_a_text_for_some_is_not_described(cast: Cast) -> None:
    output = published(cast, title="Fristen")
    assert len(data_of(output)) == 1
    Output.objects.update(audience="staff")
    client = Client()
    come_in(client, cast.ruth)
    assert data_of(output, client) == []


def test_the_working_text_does_not_leak_into_it(cast: Cast) -> None:
    output = published(cast, title="Fristen")
    Output.objects.update(title="geheim", summary="geheim", body="geheim")
    assert "geheim" not in json.dumps(data_of(output))
