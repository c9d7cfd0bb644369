"""Editorial pages: a text in its place, what readers find there, and who keeps it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs import queries as output_queries
from nahtstelle.rooms.outputs.checking import note_check
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.pages import actions
from nahtstelle.site.pages.models import Placement
from nahtstelle.site.pages.places import Place, all_places, fixed_places, place_called
from tests.rooms.outputs.making import (
    NOW,
    TODAY,
    Cast,
    act_as,
    bring_out,
    concept,
    draft,
    kind,
    make_cast,
    published,
    write,
)  # fmt: skip
from tests.site.reading_pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
As = Callable[..., Client]


@pytest.fixture
def people(people: Cast) -> Cast:
    kind("out-page")
    return people


def place(key: str = "about") -> Place:
    found = place_called(key)
    assert found is not None
    return found


def written(people: Cast, key: str = "about", *, body: str = "Das schreiben wir.", **more: Any) -> Output:
    """A text written for a place, signed off by Ruth and published."""
    output = actions.write(place(key), **act_as(people.emre))
    write(output, people.emre, body=body, **more)
    bring_out(output, people)
    output.refresh_from_db()
    return output


def english_of(base: Output, people: Cast, *, title: str = "We write this") -> Output:
    output = draft(people.emre, title=title, body="In English.", language="en", base=base, of="out-page")
    bring_out(output, people)
    output.refresh_from_db()
    return output


# --- what readers find -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", ["about", "imprint", "privacy", "accessibility", "home"])
def test_what_comes_with_the_software_stands_until_somebody_writes(one: str) -> None:
    shown = page(Client().get(reverse(one)))
    assert len(shown.xpath("//h1")) == 1
    assert shown.xpath("//*[contains(@class, 'n-keep')]") == []


def test_a_draft_changes_nothing_for_readers(people: Cast) -> None:
    before = words(page(Client().get(reverse("about"))).xpath("//main")[0])
    actions.write(place(), **act_as(people.emre))
    assert words(page(Client().get(reverse("about"))).xpath("//main")[0]) == before


def test_writing_starts_from_what_stands_there(people: Cast) -> None:
    output = actions.write(place(), **act_as(people.emre))
    assert (output.title, output.kind.key, output.language) == ("Über diese Website", "out-page", "de")
    assert "## Für wen sie da ist" in output.body
    shown = words(page(Client().get(reverse("about"))))
    assert all(line.strip("-# ") in shown for line in output.body.split("\n") if line.strip())


def test_the_published_text_stands_in_its_place(people: Cast) -> None:
    written(people)
    shown = words(page(Client().get(reverse("about"))))
    assert ("Das schreiben wir." in shown, "Für wen sie da ist" in shown, "Stand:" in shown) == (True, False, True)


def test_the_imprint_names_the_operator_whatever_its_text_says(people: Cast, settings: Any) -> None:
    settings.OPERATOR = ["Fachstelle", "Straße 1"]
    written(people, "imprint")
    shown = words(page(Client().get(reverse("imprint"))))
    assert ("Das schreiben wir." in shown, "Straße 1" in shown) == (True, True)


def test_the_headline_of_the_start_page_can_be_written(people: Cast) -> None:
    output = actions.write(place("home.intro"), **act_as(people.emre))
    text = {"title": "Willkommen", "summary": "", "body": "Neu bei uns."}
    outputs.save(output, started_from=1, text=text, **act_as(people.emre))
    bring_out(output, people)
    shown = page(Client().get("/"))
    assert (words(shown.xpath("//h1")[0]), "Neu bei uns." in words(shown)) == ("Willkommen", True)


def test_the_address_among_publications_leads_to_the_place(people: Cast) -> None:
    output = written(people)
    answer = Client().get(reverse("outputs:output", args=[output.slug]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("about"))


def test_an_editorial_page_is_in_no_list_of_publications(people: Cast) -> None:
    output = written(people)
    listed = output_queries.published(people.ruth, on=TODAY)
    assert list(listed) == []
    Output.objects.filter(pk=output.pk).update(kind=kind("out-faq"))
    assert list(listed.all()) == [output]  # any other kind would be
    Output.objects.filter(pk=output.pk).update(kind=kind("out-page"))
    for name in ("outputs:outputs", "feeds:publications", "home"):
        shown = page(Client().get(reverse(name)))
        for navigation in shown.xpath("//footer"):
            navigation.drop_tree()
        assert output.title not in words(shown)


def test_a_text_for_staff_leaves_readers_the_built_in_one(people: Cast, as_: As) -> None:
    output = written(people)
    seen = [words(page(Client().get(reverse("about"))))]
    Output.objects.filter(pk=output.pk).update(audience="staff")
    seen.append(words(page(Client().get(reverse("about")))))
    assert ["Das schreiben wir." in one for one in seen] == [True, False]
    assert "Das schreiben wir." in words(page(as_(people.rita).get(reverse("about"))))


def test_a_withdrawn_text_leaves_the_built_in_one(people: Cast) -> None:
    output = written(people)
    outputs.withdraw(output, why="falsch", **act_as(people.ruth))
    assert "Für wen sie da ist" in words(page(Client().get(reverse("about"))))


def test_a_scheduled_text_appears_when_its_moment_has_come(people: Cast) -> None:
    output = actions.write(place(), **act_as(people.emre))
    write(output, people.emre, body="Ab morgen.")
    output.refresh_from_db()
    output = outputs.submit(output, **act_as(people.emre))
    output = outputs.sign_off(output, revision=output.revision, **act_as(people.ruth))
    outputs.schedule(output, publish_at=NOW + timedelta(days=1), **act_as(people.ruth))
    before = words(page(Client().get(reverse("about"))))
    outputs.publish_due(by=people.ruth.actor, at=NOW + timedelta(days=1))
    after = words(page(Client().get(reverse("about"))))
    assert ("Ab morgen." in before, "Ab morgen." in after) == (False, True)


# --- languages -------------------------------------------------------------------------------------------------------


def test_each_language_gets_its_own_text(people: Cast) -> None:
    english_of(written(people), people)
    german, english = (
        words(page(Client().get(reverse("about"), headers={"accept-language": one}))) for one in ("de", "en")
    )
    assert ("Das schreiben wir." in german, "In English." in english) == (True, True)


def test_where_a_language_is_missing_the_original_stands_and_says_so(people: Cast) -> None:
    written(people)
    shown = page(Client().get(reverse("about"), headers={"accept-language": "en"}))
    (text,) = shown.xpath("//div[@class='n-prose' and contains(., 'Das schreiben wir.')]")
    assert text.get("lang") == "de"
    assert "does not exist in English yet" in words(shown)


def test_a_stale_translation_says_which_edition_it_follows(people: Cast) -> None:
    base = written(people)
    english_of(base, people)
    write(base, people.emre, body="Neu geschrieben.")
    bring_out(base, people, at=NOW + timedelta(hours=1))
    shown = words(page(Client().get(reverse("about"), headers={"accept-language": "en"})))
    assert "It follows edition 1 of its original; meanwhile there is edition 2." in shown


def test_leichte_sprache_is_a_link_in_the_same_place_with_its_check_state(people: Cast) -> None:
    base = written(people)
    easy = draft(people.emre, title="Leicht", body="Kurz.", language="de-x-leicht", base=base, of="out-page")
    bring_out(easy, people)
    shown = page(Client().get(reverse("about")))
    (link,) = shown.xpath("//main//a[@hreflang='de-x-leicht']")
    there = words(page(Client().get(link.get("href"))))
    assert ("Kurz." in there, "noch nicht von Prüfleser*innen geprüft" in there) == (True, True)
    answer = Client().get(reverse("outputs:output", args=[easy.slug]))
    assert answer["Location"] == f"{reverse('about')}?text=de-x-leicht"


def test_the_switch_of_languages_leaves_a_variant_behind_and_keeps_the_rest(people: Cast) -> None:
    written(people)
    (kept,) = page(Client().get(f"{reverse('about')}?a=1&text=de-x-leicht")).xpath(
        "//form[@class='n-languages']//input/@value"
    )
    (whole,) = page(Client().get(f"{reverse('about')}?a=1&b=2")).xpath("//form[@class='n-languages']//input/@value")
    assert (kept, whole) == (f"{reverse('about')}?a=1", f"{reverse('about')}?a=1&b=2")


# --- preview and keeping ---------------------------------------------------------------------------------------------


def test_the_working_text_is_seen_in_its_place_by_staff_only(people: Cast, as_: As) -> None:
    output = written(people)
    write(output, people.emre, body="Noch nicht fertig.")
    address = f"{reverse('about')}?arbeitsstand"
    seen = {name: words(page(as_(account).get(address))) for name, account in people.everybody().items()}
    seen["nobody"] = words(page(Client().get(address)))
    assert {name for name, text in seen.items() if "Noch nicht fertig." in text} == {
        "jana", "emre", "ines", "ruth", "rita", "sam",
    }  # fmt: skip
    assert "Das schreiben wir." in seen["nobody"]


def test_those_who_keep_the_pages_are_told_how_to_write_one(people: Cast, as_: As) -> None:
    told = {
        name: bool(page(as_(account).get(reverse("about"))).xpath("//p[contains(@class, 'n-keep')]//a"))
        for name, account in people.everybody().items()
    }
    assert {name for name, one in told.items() if one} == {"emre", "ines", "ruth"}


@pytest.mark.parametrize("name", ["pages", "place", "write", "put", "take-out"])
def test_keeping_pages_is_closed_to_others(people: Cast, as_: As, name: str) -> None:
    url = reverse(f"pages:{name}", args=[] if name == "pages" else ["about"])
    for who in ("jana", "rita", "sam", "konrad", "tariq", "stranger"):
        client = as_(getattr(people, who))
        answer = client.get(url) if name in ("pages", "place") else client.post(url)
        assert (who, answer.status_code) == (who, 403)
    answer = Client().get(url) if name in ("pages", "place") else Client().post(url)
    assert answer.status_code == 302 and "anmelden" in answer["Location"]
    assert not Placement.objects.exists()


def test_all_places_are_listed_with_the_state_of_each_language(people: Cast, as_: As) -> None:
    english_of(written(people), people)
    actions.write(place("imprint"), **act_as(people.emre))
    shown = page(as_(people.emre).get(reverse("pages:pages")))
    rows = {
        words(row.xpath("./th/a")[0]): [words(cell) for cell in row.xpath("./td")] for row in shown.xpath("//tbody/tr")
    }
    assert rows["Über diese Website"] == ["veröffentlicht", "veröffentlicht", "–", "–"]
    assert rows["Impressum"] == ["Entwurf, nicht veröffentlicht", "mitgeliefert", "–", "–"]
    assert rows["Datenschutz"] == ["mitgeliefert", "mitgeliefert", "–", "–"]


def test_what_comes_with_the_software_is_listed_only_where_readers_find_it(people: Cast, as_: As) -> None:
    def cells() -> list[str]:
        row = page(as_(people.emre).get(reverse("pages:pages"), {"q": "Website"})).xpath("//tbody/tr")[0]
        return [words(cell) for cell in row.xpath("./td")][:2]

    english = {"accept-language": "en"}
    output = written(people)
    assert (cells(), "Das schreiben wir." in words(page(Client().get(reverse("about"), headers=english)))) == (
        ["veröffentlicht", "–"], True,
    )  # fmt: skip
    outputs.withdraw(output, why="falsch", **act_as(people.ruth))
    assert (cells(), "For whom it is" in words(page(Client().get(reverse("about"), headers=english)))) == (
        ["zurückgezogen", "mitgeliefert"], True,
    )  # fmt: skip


def test_a_translation_stands_for_no_original_that_readers_do_not_have(people: Cast) -> None:
    base = written(people)
    english_of(base, people)
    Output.objects.filter(pk=base.pk).update(audience="staff")
    german, english = (
        words(page(Client().get(reverse("about"), headers={"accept-language": one}))) for one in ("de", "en")
    )
    assert ("In English." in english, "In English." in german, "Für wen sie da ist" in german) == (True, False, True)


def test_a_stale_variant_is_marked_in_the_list(people: Cast, as_: As) -> None:
    base = written(people)
    english_of(base, people)
    write(base, people.emre, body="Neu geschrieben.")
    bring_out(base, people, at=NOW + timedelta(hours=1))
    shown = words(page(as_(people.ruth).get(reverse("pages:pages"), {"q": "Website"})))
    assert "hinter dem Original zurück" in shown


def test_what_test_readers_have_not_checked_is_marked_in_the_list(people: Cast, as_: As) -> None:
    easy = draft(people.emre, title="Leicht", language="de-x-leicht", base=written(people), of="out-page")
    bring_out(easy, people)
    said = "veröffentlicht, nicht von Prüfleser*innen geprüft"
    before = words(page(as_(people.ruth).get(reverse("pages:pages"))))
    note_check(easy, digest=easy.digest, who="Prüfgruppe", on=TODAY, **act_as(people.emre))
    after = words(page(as_(people.ruth).get(reverse("pages:pages"))))
    assert (said in before, said in after) == (True, False)


def test_a_text_on_a_concept_that_ended_is_still_found(people: Cast, as_: As) -> None:
    topic = concept("th-alt", "theme")
    written(people, "topic:th-alt")
    Concept.objects.filter(pk=topic.pk).update(valid_until=TODAY - timedelta(days=1))
    shown = page(as_(people.emre).get(reverse("pages:pages"), {"written": "yes"}))
    assert [words(link) for link in shown.xpath("//tbody//th/a")] == ["th-alt"]


@pytest.mark.parametrize(
    ("query", "number"),
    [({"group": "programme"}, 1), ({"written": "yes"}, 1), ({"q": "impress"}, 1), ({"q": "xyz"}, 0)],
)
def test_the_list_of_places_is_narrowed(people: Cast, as_: As, query: dict[str, str], number: int) -> None:
    written(people)
    shown = page(as_(people.emre).get(reverse("pages:pages"), query))
    assert len(shown.xpath("//tbody/tr")) == number


def test_the_list_asks_no_more_for_more_texts(people: Cast, as_: As, django_assert_max_num_queries: Any) -> None:
    for one in fixed_places():
        base = actions.write(one, **act_as(people.emre))
        draft(people.emre, title="E", language="en", base=base, of="out-page")
    client = as_(people.emre)
    with django_assert_max_num_queries(14):
        client.get(reverse("pages:pages"))


def test_the_button_writes_once_however_often_it_is_pressed(people: Cast, as_: As) -> None:
    client = as_(people.emre)
    shown = page(client.get(reverse("pages:place", args=["about"])))
    (key,) = shown.xpath("//form//input[@name='submission']/@value")
    answers = [client.post(reverse("pages:write", args=["about"]), {"submission": key}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Output.objects.count() == 1


def test_a_text_that_exists_is_put_in_and_taken_out(people: Cast, as_: As) -> None:
    output = draft(people.emre, title="Schon da", of="out-page")
    client = as_(people.ruth)
    assert client.post(reverse("pages:put", args=["about"]), {"output": output.pk}).status_code == 302
    assert Placement.objects.get().place == "about"
    assert client.post(reverse("pages:take-out", args=["about"])).status_code == 302
    assert not Placement.objects.exists()
    facts = [touch.entry.fact for touch in trail_of(output)]
    assert facts[:2] == ["pages.PageTakenOut", "pages.PagePlaced"]


def test_an_unknown_place_is_not_there(people: Cast, as_: As) -> None:
    for key in ("nichts", "topic:nichts", "programme:nichts", "topic:"):
        assert as_(people.emre).get(reverse("pages:place", args=[key])).status_code == 404


# --- rules -----------------------------------------------------------------------------------------------------------


def test_two_texts_do_not_stand_in_one_place(people: Cast) -> None:
    actions.write(place(), **act_as(people.emre))
    with pytest.raises(NotNow, match="steht schon"):
        actions.write(place(), **act_as(people.emre))
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(place="about", output=draft(people.emre, of="out-page"), placed_at=NOW)


def test_only_originals_of_the_kind_stand_in_a_place(people: Cast) -> None:
    page_ = draft(people.emre, of="out-page")
    wrong = [draft(people.emre), draft(people.emre, language="en", base=page_, of="out-page")]
    for output in wrong:
        with pytest.raises(Refusal):
            actions.put_in_place(place(), output=output, **act_as(people.emre))
    actions.put_in_place(place(), output=page_, **act_as(people.emre))
    with pytest.raises(NotNow):
        actions.put_in_place(place("imprint"), output=page_, **act_as(people.emre))


def test_others_put_nothing_in_place(people: Cast) -> None:
    for account in (people.jana, people.sam, people.tariq):
        with pytest.raises(NotYours):
            actions.write(place(), **act_as(account))


def test_the_kind_is_made_where_the_vocabulary_lacks_it(db: None) -> None:
    people = make_cast()
    output = actions.write(place(), **act_as(people.emre))
    assert (output.kind.key, output.kind.facet.key, str(output.kind)) == ("out-page", "output", "Redaktionelle Seite")


def test_every_place_is_found_by_its_key(people: Cast) -> None:
    published(people)
    places = list(all_places(on=TODAY))
    assert [place_called(one.key) for one in places] == places
