"""The feeds: valid Atom, only what everybody may read, and banners travel with the text."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from nahtstelle.rooms.outputs.models import Impact, Output, Wave
from tests.cast import come_in
from tests.rooms.outputs.making import Cast, cite, draft, make_cast, published, ready, shelf, take_in
from tests.site.reading_pages import page, words

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["feeds:publications", "feeds:law"]
OLD, NEW = "(1) Die Frist beträgt drei Monate.", "(1) Die Frist beträgt zwei Monate."


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast()


def feed(name: str = "feeds:publications", language: str = "de", client: Client | None = None) -> Any:
    answer = (client or Client()).get(reverse(name), headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return etree.fromstring(answer.content)


def titles(found: Any) -> list[str]:
    return found.xpath("a:entry/a:title/text()", namespaces=ATOM)


def entry(found: Any, part: str) -> str:
    (text,) = found.xpath(f"a:entry/a:{part}/text()", namespaces=ATOM)
    return str(text)


def changed_law(at: datetime) -> None:
    """A law and a later reading that changes its § 1."""
    for number, said in enumerate((OLD, NEW)):
        day = timezone.localdate(at) - timedelta(days=1 - number)
        take_in("ProbeG", {"§ 1": [said], "§ 2": ["(1) Sonst nichts."]}, on=day, at=at)


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_what_atom_demands(name: str, people: Cast) -> None:
    changed_law(timezone.now())
    published(people, title="Handreichung", body="Nach § 1 ProbeG.")
    found = feed(name)
    assert found.tag == "{http://www.w3.org/2005/Atom}feed"
    parts = {
        part: len(found.xpath(f"a:{part}", namespaces=ATOM)) for part in ("id", "title", "updated", "author", "entry")
    }
    assert parts == {"id": 1, "title": 1, "updated": 1, "author": 1, "entry": 1}
    each = {
        part: len(found.xpath(f"a:entry/a:{part}", namespaces=ATOM)) for part in ("id", "title", "updated", "summary")
    }
    assert each == {"id": 1, "title": 1, "updated": 1, "summary": 1}
    moments = [datetime.fromisoformat(text) for text in found.xpath("//a:updated/text()", namespaces=ATOM)]
    assert all(moment.tzinfo is not None for moment in moments)


@pytest.mark.parametrize("name", FEEDS)
def test_every_entry_leads_to_a_page_that_opens(name: str, people: Cast) -> None:
    changed_law(timezone.now())
    published(people, title="Handreichung")
    addresses = feed(name).xpath("a:entry/a:link/@href", namespaces=ATOM)
    assert [Client().get(address).status_code for address in addresses] == [200]


@pytest.mark.parametrize(("audience", "in_it"), [("public", ["Handreichung"]), ("network", []), ("staff", [])])
def test_only_what_everybody_may_read_is_in_it(audience: str, in_it: list[str], people: Cast) -> None:
    """The first case proves that the text would be there: only its audience keeps it out."""
    published(people, title="Handreichung")
    Output.objects.update(audience=audience)
    assert titles(feed()) == in_it


def test_somebody_who_may_read_more_gets_the_same_feed(people: Cast) -> None:
    published(people, title="Handreichung")
    Output.objects.update(audience="staff")
    client = Client()
    come_in(client, people.ruth)
    assert client.get(reverse("outputs:output", args=[Output.objects.get().slug])).status_code == 200
    assert titles(feed(client=client)) == []


def test_what_was_withdrawn_is_not_in_it(people: Cast) -> None:
    published(people, title="Handreichung")
    Output.objects.update(state=Output.State.WITHDRAWN)
    assert titles(feed()) == []


def test_a_draft_is_not_in_it(people: Cast) -> None:
    draft(people.emre, title="Handreichung")
    assert titles(feed()) == []


def test_the_working_text_does_not_leak(people: Cast) -> None:
    published(people, title="Handreichung")
    Output.objects.update(title="Entwurf, geheim", summary="geheim")
    assert b"geheim" not in Client().get(reverse("feeds:publications")).content
    assert titles(feed()) == ["Handreichung"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_of_the_banner_travel_in_the_summary(language: str, people: Cast) -> None:
    now = timezone.now()
    take_in("ProbeG", {"§ 1": [OLD]}, on=timezone.localdate(now) - timedelta(days=2), at=now)
    output = published(people, title="Handreichung", body="Nach § 1 ProbeG.", summary="Kurz gesagt.")
    before = entry(feed(language=language), "summary")
    take_in("ProbeG", {"§ 1": [NEW]}, on=timezone.localdate(now), at=now)
    after = entry(feed(language=language), "summary")
    shown = Client().get(reverse("outputs:output", args=[output.slug]), headers={"accept-language": language})
    (banner,) = page(shown).xpath("//*[contains(@class, 'n-banner__title')]")
    assert before.startswith("Kurz gesagt.")
    assert after.endswith(before)
    assert words(banner).startswith(after.split(":")[0])


def test_updated_moves_when_a_wave_opens(people: Cast) -> None:
    now = timezone.now().replace(microsecond=0)
    law = shelf(at=now)
    output = ready(owner=people.jana.person)
    Output.objects.update(published_at=now - timedelta(days=9))
    cite(output, law.provisions[0])
    before = entry(feed(), "updated")
    wave = Wave.objects.create(law=law.law, reading=law.readings[-1], opened_at=now, due=timezone.localdate(now))
    Impact.objects.create(wave=wave, output=output, provision=law.provisions[0], verdict=Impact.Verdict.TOUCHED)
    after = entry(feed(), "updated")
    assert (datetime.fromisoformat(before), datetime.fromisoformat(after)) == (now - timedelta(days=9), now)


def test_updated_never_goes_back_when_the_review_is_answered(people: Cast) -> None:
    now = timezone.now().replace(microsecond=0)
    law = shelf(at=now)
    output = ready(owner=people.jana.person)
    Output.objects.update(published_at=now - timedelta(days=9))
    wave = Wave.objects.create(
        law=law.law, reading=law.readings[-1], opened_at=now - timedelta(days=3), due=timezone.localdate(now)
    )
    Impact.objects.create(
        wave=wave, output=output, provision=law.provisions[0], verdict=Impact.Verdict.TOUCHED,
        outcome=Impact.Outcome.VALID, settled_at=now,
    )  # fmt: skip
    assert datetime.fromisoformat(entry(feed(), "updated")) == now


def test_changed_law_names_law_provision_and_kind(people: Cast) -> None:
    changed_law(timezone.now())
    assert titles(feed("feeds:law")) == ["ProbeG: § 1 (geändert)"]


def test_questions_do_not_grow_with_the_texts(people: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(1, 21):
        ready(number=number, owner=people.jana.person)
    with django_assert_max_num_queries(8):
        assert len(titles(feed())) == 20
