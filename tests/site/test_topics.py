"""Topic pages: composed from the graph, for exactly what the reader may see, in a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.programmes.models import FundingPeriod, Level, Network, Project
from nahtstelle.register.vocabulary.models import Concept, Label
from nahtstelle.rooms.law.models import Act, Announcement, PlannedChange
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.pages import actions as pages
from nahtstelle.site.pages.places import place_called
from tests.rooms.outputs.making import (
    NOW,
    TODAY,
    Cast,
    act_as,
    bring_out,
    cite,
    concept,
    kind,
    published,
    shelf,
    write,
)  # fmt: skip
from tests.site.reading_pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
As = Callable[..., Client]


@pytest.fixture
def people(people: Cast) -> Cast:
    kind("out-page")
    concept("th-pflege", "theme")
    return people


def tagged(people: Cast, key: str = "th-pflege", facet: str = "theme", **more: Any) -> Output:
    output = published(people, **more)
    output.concepts.add(concept(key, facet))
    return output


def topic(key: str = "th-pflege", part: str = "thema", client: Client | None = None, **how: Any) -> Any:
    return page((client or Client()).get(reverse("topics:topic", args=[part, key]), **how))


def tile(shown: Any) -> str:
    return words(shown.xpath("//*[@class='n-tile__value']")[0])


def test_an_empty_topic_teaches_what_will_stand_there(people: Cast) -> None:
    shown = topic()
    assert "Dazu gibt es noch keinen Text" in words(shown)
    assert shown.xpath("//*[contains(@class, 'n-tile')]") == []


def test_the_newest_of_each_kind_stand_under_their_kind(people: Cast) -> None:
    for number in range(5):
        tagged(people, title=f"Hilfe {number}", at=NOW - timedelta(days=number))
    tagged(people, title="Eine Frage", of="out-faq")
    blocks = topic().xpath("//div[@class='n-topic__kind']")
    shown = [(words(one.xpath("./h3")[0]), [words(link) for link in one.xpath(".//li/a")]) for one in blocks]
    assert shown == [("out-guidance 5", ["Hilfe 0", "Hilfe 1", "Hilfe 2"]), ("out-faq 1", ["Eine Frage"])]


def test_the_numbers_are_those_of_the_list_they_lead_to(people: Cast) -> None:
    narrow = concept("th-altenpflege", "theme", broader=[Concept.objects.get(key="th-pflege")])
    tagged(people)
    tagged(people).concepts.set([narrow])
    tagged(people, key="th-anderes")
    shown = topic()
    (link,) = shown.xpath("//*[@class='n-tile__label']/a/@href")
    listed = page(Client().get(link)).xpath("//ul[@class='n-results']/li")
    assert (tile(shown), len(listed)) == ("2", 2)


@pytest.mark.parametrize("audience", ["staff", "network"])
def test_what_is_not_public_raises_no_public_number(people: Cast, as_: As, audience: str) -> None:
    law = shelf()
    tagged(people, title="Offen")
    inner = tagged(people, title="Innen", of="out-faq")
    cite(inner, law.provisions[0])
    law.change(0)

    def seen(client: Client) -> tuple[str, bool, bool, bool]:
        shown = topic(client=client)
        overview = page(client.get(reverse("topics:topics")))
        (number,) = overview.xpath("//tr[.//a[contains(@href, 'th-pflege')]]//*[@class='n-bars__number']")
        text = words(shown)
        return f"{tile(shown)} {words(number)}", "Innen" in text, "§ 1 BspG" in text, "geändert" in text

    assert seen(Client()) == ("2 2", True, True, True)  # it could leak
    Output.objects.filter(pk=inner.pk).update(audience=audience)
    assert seen(Client()) == ("1 1", False, False, False)
    assert seen(as_(people.stranger)) == ("1 1", False, False, False)
    assert seen(as_(people.rita)) == ("2 2", True, True, True)
    assert seen(as_(people.tariq))[0] == ("2 2" if audience == "network" else "1 1")


def test_a_feed_of_a_topic_holds_its_public_texts(people: Cast) -> None:
    tagged(people, title="Offen")
    inner = tagged(people, title="Innen")
    tagged(people, key="th-anderes", title="Anderswo")
    feed = reverse("topics:feed", args=["thema", "th-pflege"])
    before = Client().get(feed).content.decode()
    Output.objects.filter(pk=inner.pk).update(audience="staff")
    after = Client().get(feed).content.decode()
    assert ("Innen" in before, "Innen" in after, "Offen" in after, "Anderswo" in after) == (True, False, True, False)


def test_the_law_the_texts_rest_on_stands_in_the_order_of_use(people: Cast) -> None:
    law = shelf()
    for number in range(3):
        output = tagged(people)
        cite(output, law.provisions[0])
        cite(output, law.provisions[0], path="/A1/")
        if number:
            cite(output, law.provisions[1])
    rows = topic().xpath("//section[@aria-labelledby='law']//tbody/tr")
    shown = [(words(row.xpath("./th/a")[0]), words(row.xpath(".//*[@class='n-bars__number']")[0])) for row in rows]
    assert shown == [("§ 1 BspG", "3"), ("§ 2 BspG", "2")]


def test_what_is_planned_there_is_said_until_it_is_taken_back(people: Cast) -> None:
    law = shelf()
    cite(tagged(people), law.provisions[0])
    act = Act.objects.create(slug="g", title="Beispielgesetz", created_at=NOW)
    plan = PlannedChange.objects.create(
        act=act, law=law.law, provision=law.provisions[0], old_citation="§ 1", kind="amended",
        in_force=TODAY + timedelta(days=90),
    )  # fmt: skip
    before = words(topic())
    PlannedChange.objects.filter(pk=plan.pk).update(reversed_on=TODAY)
    assert ("Beispielgesetz" in before, "Beispielgesetz" in words(topic())) == (True, False)


def test_what_the_newest_file_no_longer_announces_says_so(people: Cast) -> None:
    law = shelf()
    cite(tagged(people), law.provisions[0])
    remark = Announcement.objects.create(
        law=law.law, text="x", digest="x", in_force=TODAY + timedelta(days=40), first_seen=TODAY, last_seen=TODAY
    )
    before = words(topic())
    newest = law.readings[-1].first_seen
    Announcement.objects.filter(pk=remark.pk).update(first_seen=newest - timedelta(9), last_seen=newest - timedelta(9))
    said = "in der neuesten Datei nicht mehr angekündigt"
    assert ("von der amtlichen Datei angekündigt" in before, said in before, said in words(topic())) == (
        True,
        False,
        True,
    )


def test_an_introduction_that_editors_wrote_stands_above(people: Cast) -> None:
    place = place_called("topic:th-pflege")
    assert place is not None
    output = pages.write(place, **act_as(people.emre))
    write(output, people.emre, body="Pflege ist ein weites Feld.")
    before = words(topic())
    bring_out(output, people)
    after = topic()
    assert ("weites Feld" in before, "weites Feld" in words(after)) == (False, True)
    assert tile_missing(after)  # the introduction itself is no text of the topic


def tile_missing(shown: Any) -> bool:
    return "Dazu gibt es noch keinen Text" in words(shown)


def test_editors_are_told_that_a_topic_has_no_introduction(people: Cast, as_: As) -> None:
    said = "Diese Seite hat noch keine Einleitung."
    assert (said in words(topic(client=as_(people.emre))), said in words(topic(client=as_(people.rita)))) == (
        True,
        False,
    )


def test_a_replaced_concept_leads_to_its_successor(people: Cast) -> None:
    new = Concept.objects.get(key="th-pflege")
    old = concept("th-alt", "theme")
    Concept.objects.filter(pk=old.pk).update(valid_until=TODAY - timedelta(days=1), replaced_by=new)
    answer = Client().get(reverse("topics:topic", args=["thema", "th-alt"]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("topics:topic", args=["thema", "th-pflege"]))


def test_a_concept_that_ended_without_successor_says_so(people: Cast) -> None:
    Concept.objects.filter(key="th-pflege").update(valid_until=TODAY - timedelta(days=1))
    assert "Nicht mehr in Gebrauch" in words(topic())
    assert "th-pflege" not in Client().get(reverse("topics:topics")).content.decode()


def test_outdated_words_and_neighbours_stand_beside(people: Cast) -> None:
    one = Concept.objects.get(key="th-pflege")
    Label.objects.create(concept=one, language="de", kind="outdated", text="Krankenwärterei")
    concept("th-altenpflege", "theme", broader=[one])
    one.related.add(concept("th-medizin", "theme"))
    aside = topic().xpath("//aside[@class='n-aside']")[0]
    assert "Krankenwärterei" in words(aside)
    assert {"th-altenpflege", "th-medizin"} <= {words(link) for link in aside.xpath(".//a")}


@pytest.mark.parametrize(
    ("part", "key"), [("thema", "nichts"), ("status", "th-pflege"), ("quatsch", "th-pflege"), ("land", "DE")]
)
def test_what_is_no_topic_is_not_there(people: Cast, part: str, key: str) -> None:
    concept("DE", "region", level="bund")
    assert Client().get(reverse("topics:topic", args=[part, key])).status_code == 404


# --- Länder and programmes -------------------------------------------------------------------------------------------


def structure(people: Cast, *, number: int = 1) -> Concept:
    land = concept("DE-NI", "region", level="land", iso="DE-NI")
    period = FundingPeriod.objects.create(key="p", programme=people.ivaf, name_de="Periode")
    level = Level.objects.create(key="v", period=period, rank=1, name_de="Verbund")
    carrier = Organisation.objects.create(slug="t", name="Träger", kind=concept("sh-traeger", "stakeholder"))
    for index in range(number):
        network = Network.objects.create(key=f"n{index}", level=level, name_de=f"Verbund {index}")
        network.regions.add(land)
        Project.objects.create(key=f"p{index}", level=level, carrier=carrier, region=land, name_de=f"Projekt {index}")
    return land


def test_a_land_shows_who_works_there_by_programme(people: Cast) -> None:
    structure(people, number=2)
    (row,) = topic("DE-NI", "land").xpath("//ul[@class='n-working']/li")
    assert words(row) == "IvAF 2 Projekte Verbund 0Verbund 1"
    (link,) = row.xpath("./p/a/@href")
    assert len(page(Client().get(link)).xpath("//tbody/tr")) == 2


def test_a_programme_shows_its_texts_themes_and_länder(people: Cast) -> None:
    structure(people)
    tagged(people, title="Für IvAF").programmes.add(people.ivaf)
    shown = page(Client().get(reverse("programmes:programme", args=["ivaf"])))
    assert [words(one) for one in shown.xpath("//ul[@class='n-working']/li")] == ["DE-NI 1 Projekt Verbund 0"]
    assert "Für IvAF" in words(shown)
    assert [words(a) for a in shown.xpath("//section[@aria-labelledby='themes']//th/a")] == ["th-pflege"]


def test_the_page_of_a_programme_counts_nothing_that_is_not_public(people: Cast) -> None:
    output = tagged(people, title="Innen")
    output.programmes.add(people.ivaf)
    before = words(page(Client().get(reverse("programmes:programme", args=["ivaf"]))))
    Output.objects.filter(pk=output.pk).update(audience="staff")
    after = words(page(Client().get(reverse("programmes:programme", args=["ivaf"]))))
    assert ("Innen" in before, "Innen" in after, "th-pflege" in after) == (True, False, False)


# --- effort ----------------------------------------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow(people: Cast, django_assert_max_num_queries: Any) -> None:
    law = shelf(provisions=6)
    structure(people, number=6)
    for index in range(8):
        output = tagged(people, of="out-faq" if index % 2 else "out-guidance")
        output.programmes.add(people.ivaf)
        output.concepts.add(concept("DE-NI", "region"))
        cite(output, law.provisions[index % 6])
    for provision in range(6):
        law.change(provision)
    with django_assert_max_num_queries(32):
        topic("DE-NI", "land")
    with django_assert_max_num_queries(8):
        Client().get(reverse("topics:topics"))
    with django_assert_max_num_queries(32):
        Client().get(reverse("programmes:programme", args=["ivaf"]))
