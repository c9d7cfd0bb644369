"""The pages: for whom, with what on them, and that neither size nor nonsense breaks them."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.questions import offers_for
from nahtstelle.rooms.outreach import actions
from nahtstelle.rooms.outreach.models import Dispatch
from tests.rooms.outreach.making import (
    AT,
    WORDS,
    Room,
    acting,
    answer,
    approve,
    bar,
    crowd,
    engage,
    person,
    prepare,
    say_no,
    send,
    signed_in,
    submit,
)

pytestmark = pytest.mark.django_db
PREPARERS = ["emre", "ruth", "jana", "dilan"]


def page_of(dispatch: Dispatch, query: str = "") -> str:
    return reverse("outreach:dispatch", args=[dispatch.pk]) + query


def act(who: Client, dispatch: Dispatch, step: str, **more: Any) -> Any:
    return who.post(reverse("outreach:act", args=[dispatch.pk]), {"step": step, **more})


def say_yes(who: Client, dispatch: Dispatch, **more: Any) -> Any:
    """Approve as the page offers it: with what stands in its hidden fields, and the tick."""
    form = who.get(page_of(dispatch)).context["approve_form"]
    return act(who, dispatch, "approve", **{**form.initial, "seen": "on", **more})


def tree(response: Any) -> Any:
    return lxml.html.fromstring(response.content.decode())


def listed(response: Any) -> list[str]:
    """The names in the list of recipients."""
    return [row[0]["text"] for row in response.context["table"]["rows"]]


def spoken(response: Any) -> str:
    return " ".join(tree(response).get_element_by_id("main").text_content().split())


# --- who sees what ---

PAGES: dict[str, Callable[[Room, Dispatch], str]] = {
    "list": lambda place, dispatch: reverse("outreach:dispatches"),
    "new": lambda place, dispatch: reverse("outreach:new", args=[place.bulletin.slug]),
    "dispatch": lambda place, dispatch: page_of(dispatch),
    "edit": lambda place, dispatch: reverse("outreach:edit", args=[dispatch.pk]),
    "letter": lambda place, dispatch: reverse("outreach:letter", args=[dispatch.pk, "de"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_those_who_prepare_and_nobody_else(place: Room, mia: Person, name: str) -> None:
    dispatch = prepare(place)
    address = PAGES[name](place, dispatch)
    for who in PREPARERS:
        response = signed_in(getattr(place, who)).get(address)
        assert response.status_code == 200
        if name != "list":
            # It could leak: what others must not learn stands on it.
            assert place.bulletin.edition.title in response.content.decode()
    for who in ("vera", "nora"):
        response = signed_in(getattr(place, who)).get(address)
        assert (response.status_code, place.bulletin.edition.title in response.content.decode()) == (403, False)
    door = Client().get(address)
    assert (door.status_code, door.url.startswith(reverse("desk:sign-in"))) == (302, True)


def test_names_and_addresses_are_on_the_page_of_the_list_for_those_who_may(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    seen = {
        who: "mia@example.org" in signed_in(getattr(place, who)).get(page_of(dispatch)).content.decode()
        for who in ("ruth", "vera", "nora")
    }
    assert seen == {"ruth": True, "vera": False, "nora": False}


@pytest.mark.parametrize("step", ["submit", "approve", "send-back", "cancel"])
def test_a_step_of_somebody_without_the_right_changes_nothing(place: Room, mia: Person, step: str) -> None:
    dispatch = prepare(place) if step == "submit" else submit(place)
    before = Dispatch.objects.values().get()
    for who in ("vera", "nora"):
        assert act(signed_in(getattr(place, who)), dispatch, step, words="x", seen="on").status_code == 403
    assert act(Client(), dispatch, step, words="x").status_code == 302
    assert Dispatch.objects.values().get() == before


@pytest.mark.parametrize(
    "address",
    [
        "/versand/999/", "/versand/999/bearbeiten/", "/versand/999/brief/de/", "/versand/neu/gibt-es-nicht/",
        "/versand/{}/brief/fr/", "/versand/{}/brief/de/?an=999", "/versand/{}/brief/de/?an=x", "/versand/{}/brief/en/?an={}",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(place: Room, mia: Person, address: str) -> None:
    dispatch = submit(place)
    response = signed_in(place.ruth).get(address.format(dispatch.pk, dispatch.recipients.get().pk))
    assert response.status_code == 404


def test_steps_are_only_taken_by_sending(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    assert signed_in(place.ruth).get(reverse("outreach:act", args=[dispatch.pk])).status_code == 405


# --- the whole way ---


def test_the_whole_way_from_a_text_to_an_answer(place: Room, mia: Person) -> None:
    emre, ruth = signed_in(place.emre), signed_in(place.ruth)
    form = emre.get(reverse("outreach:new", args=[place.bulletin.slug])).context["form"]
    key = form["submission"].value()
    sent = {**WORDS, "programmes": [place.iq.pk], "roles": ["adviser"], "submission": key}
    made = emre.post(reverse("outreach:new", args=[place.bulletin.slug]), sent)
    dispatch = Dispatch.objects.get()
    assert (made.status_code, made.url) == (302, page_of(dispatch))
    assert listed(emre.get(made.url)) == ["Mia"]

    assert act(emre, dispatch, "submit").url == made.url
    assert say_yes(ruth, dispatch).url == made.url
    assert Letter.objects.count() == 0
    dispatch.refresh_from_db()
    deliver_all(at=dispatch.approved_at)

    letter = Letter.objects.get()
    (path,) = re.findall(r"https?://[^/\s]+(/versand/antwort/[^\s\"?]+)", letter.text)
    assert Client().post(path, {"answer": "used", "words": "Drei Fälle."}).status_code == 200
    page = ruth.get(made.url)
    assert page.context["said"][0]["words"] == "Drei Fälle."
    assert [(tile["value"]) for tile in page.context["tiles"]] == [1, 0, 0, 1]


def test_the_form_sent_twice_makes_one_dispatch(place: Room) -> None:
    emre = signed_in(place.emre)
    address = reverse("outreach:new", args=[place.bulletin.slug])
    sent = {**WORDS, "submission": emre.get(address).context["form"]["submission"].value()}
    first, second = emre.post(address, sent), emre.post(address, sent)
    assert first.url == second.url == page_of(Dispatch.objects.get())


def test_what_the_text_is_about_is_suggested(place: Room) -> None:
    place.bulletin.concepts.set([place.saxony, place.training])
    place.bulletin.programmes.set([place.ivaf])
    initial = signed_in(place.emre).get(reverse("outreach:new", args=[place.bulletin.slug])).context["form"].initial
    assert (list(initial["programmes"]), initial["regions"], initial["themes"]) == (
        [place.ivaf], [place.saxony], [place.training],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("subject_en", ""),
        ("subject_de", "x" * 201),
        ("roles", ["king"]),
        ("programmes", ["999999"]),
        ("ask_until", "nie"),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_it(place: Room, field: str, value: Any) -> None:
    emre = signed_in(place.emre)
    address = reverse("outreach:new", args=[place.bulletin.slug])
    response = emre.post(address, {**WORDS, field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Dispatch.objects.count() == 0


def test_a_form_filled_before_somebody_else_saved_comes_back(place: Room) -> None:
    dispatch = prepare(place)
    emre = signed_in(place.emre)
    address = reverse("outreach:edit", args=[dispatch.pk])
    form = emre.get(address).context["form"]
    sent = {**WORDS, "intro_de": "Von Emre.", "revision": form["revision"].value()}
    assert emre.post(address, sent).status_code == 302
    late = emre.post(address, {**sent, "intro_de": "Zu spät."})
    assert (late.status_code, len(late.context["form"].non_field_errors())) == (422, 1)
    dispatch.refresh_from_db()
    assert (dispatch.intro_de, dispatch.revision) == ("Von Emre.", 2)


def test_the_form_shows_what_was_chosen(place: Room) -> None:
    dispatch = prepare(place, programmes=[place.iq], regions=[place.saxony], roles=["pr"], themes=[place.housing])
    response = signed_in(place.emre).get(reverse("outreach:edit", args=[dispatch.pk]))
    ticked = {box.get("name"): box.get("value") for box in tree(response).xpath("//input[@checked]")}
    assert ticked == {
        "programmes": str(place.iq.pk), "regions": str(place.saxony.pk), "roles": "pr", "themes": str(place.housing.pk),
    }  # fmt: skip


# --- deciding ---


def test_the_second_person_sees_each_recipient_with_reason_and_address_and_both_letters(
    place: Room, mia: Person
) -> None:
    noah = person("Noah", language="en")
    engage(noah, place.ivaf, place.bavaria)
    page = signed_in(place.ruth).get(page_of(submit(place)))
    assert [(row[0]["text"], row[0]["note"], row[1], row[2]) for row in page.context["table"]["rows"]] == [
        ("Mia", "mia@example.org", "IQ · Niedersachsen · Berater*in", "Deutsch"),
        ("Noah", "noah@example.org", "IvAF · Bayern · Berater*in", "Englisch"),
    ]
    assert [(one["language"], one["to"], one["text"].split("\n")[0]) for one in page.context["letters"]] == [
        ("de", "Mia", "Guten Tag Mia,"), ("en", "Noah", "Hello Noah,"),
    ]  # fmt: skip
    assert {group["label"]: [(row["label"], row["number"], row["percent"]) for row in group["rows"]] for group in page.context["bars"]} == {
        "Nach Programm": [("IQ", 1, 50), ("IvAF", 1, 50)],
        "Nach Land": [("Bayern", 1, 50), ("Niedersachsen", 1, 50)],
        "Nach Rolle": [("Berater*in", 2, 100)],
        "Nach Sprache": [("Deutsch", 1, 50), ("Englisch", 1, 50)],
    }  # fmt: skip


def test_the_bars_are_as_long_as_the_numbers_say(place: Room) -> None:
    crowd(place, 40)
    page = tree(signed_in(place.ruth).get(page_of(submit(place))))
    for row in page.xpath("//tr[.//rect]"):
        number = int(row.xpath("string(td)"))
        assert row.xpath(".//rect/@width")[1] == f"{round(100 * number / 40)}%"


def test_nothing_is_approved_without_saying_that_one_looked(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    ruth = signed_in(place.ruth)
    response = say_yes(ruth, dispatch, seen="")
    dispatch.refresh_from_db()
    assert (response.status_code, dispatch.state) == (422, "submitted")
    assert list(response.context["approve_form"].errors) == ["seen"]
    say_yes(ruth, dispatch)
    dispatch.refresh_from_db()
    assert dispatch.state == "approved"


@pytest.mark.parametrize("more", [{"recipients": 7}, {"revision": 7}])
def test_what_the_page_did_not_show_is_not_approved(place: Room, mia: Person, more: dict[str, int]) -> None:
    dispatch = submit(place)
    assert say_yes(signed_in(place.ruth), dispatch, **more).status_code == 409
    dispatch.refresh_from_db()
    assert dispatch.state == "submitted"


def test_who_prepared_it_sees_the_reason_instead_of_the_button(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    button = "//button[@value='approve']"
    assert len(tree(signed_in(place.ruth).get(page_of(dispatch))).xpath(button)) == 1
    page = signed_in(place.emre).get(page_of(dispatch))
    assert (tree(page).xpath(button), "eine zweite Person gibt ihn frei" in spoken(page)) == ([], True)
    assert act(signed_in(place.emre), dispatch, "approve", revision=1, recipients=1, seen="on").status_code == 403


def test_who_may_not_approve_is_told_so_also_without_the_tick(place: Room, mia: Person) -> None:
    assert act(signed_in(place.emre), submit(place), "approve").status_code == 403


def test_sent_back_with_words_that_who_prepared_it_reads(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    ruth = signed_in(place.ruth)
    without = act(ruth, dispatch, "send-back", words="")
    assert (without.status_code, list(without.context["back_form"].errors)) == (422, ["words"])
    act(ruth, dispatch, "send-back", words="Bitte auch Bayern.")
    page = signed_in(place.emre).get(page_of(dispatch))
    assert (page.context["dispatch"].state, "Bitte auch Bayern." in spoken(page)) == ("draft", True)


def test_given_up(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    act(signed_in(place.emre), dispatch, "cancel", words="Überholt.\x00")
    page = signed_in(place.emre).get(page_of(dispatch))
    assert (page.status_code, page.context["dispatch"].state) == (200, "cancelled")
    assert tree(page).xpath("//button[@name='step']") == []


def test_an_unknown_step_is_refused(place: Room, mia: Person) -> None:
    assert act(signed_in(place.ruth), submit(place), "explode").status_code == 422


def test_a_careful_person_is_warned(place: Room, mia: Person) -> None:
    send(place)
    Output.objects.update(audience=Output.Audience.NETWORK)
    for dispatch in (prepare(place), submit(place)):
        page = signed_in(place.ruth).get(page_of(dispatch))
        assert page.context["warnings"] == [
            "1 Person auf dieser Liste hat schon einen Brief bekommen, der zu diesem Text führt.",
            "Der Text ist nur für angemeldete Personen aus den Programmen; 1 Person auf dieser Liste hat kein Konto.",
        ]


def test_who_gets_no_letter_is_shown_with_the_reason(place: Room, mia: Person) -> None:
    for name, no in (("Anna", say_no), ("Bert", bar)):
        one = person(name)
        engage(one, place.iq)
        no(one)
    for dispatch in (prepare(place), submit(place)):
        page = signed_in(place.ruth).get(page_of(dispatch, "?brief=left-out"))
        assert [(row[0]["text"], row[3]["note"]) for row in page.context["table"]["rows"]] == [
            ("Anna", "möchte keine Briefe zu Rechtsänderungen"), ("Bert", "Post an die Adresse kam endgültig zurück"),
        ]  # fmt: skip
        assert page.context["counts"].total == 1


# --- after it was sent ---


def test_a_lost_letter_is_found(place: Room, mia: Person) -> None:
    engage(person("Noah"), place.iq)
    dispatch = send(place)
    Letter.objects.filter(to="noah@example.org").update(state=Letter.State.BOUNCED)
    ruth = signed_in(place.ruth)
    page = ruth.get(page_of(dispatch))
    assert [tile["value"] for tile in page.context["tiles"]] == [2, 0, 1, 0]
    assert listed(ruth.get(page_of(dispatch) + page.context["lost_url"].partition("#")[0])) == ["Noah"]


def test_the_list_by_answer(place: Room, mia: Person) -> None:
    engage(person("Noah"), place.iq)
    dispatch = send(place)
    answer(dispatch.recipients.get(person=mia), "passed_on")
    ruth = signed_in(place.ruth)
    assert listed(ruth.get(page_of(dispatch, "?antwort=passed_on"))) == ["Mia"]
    assert listed(ruth.get(page_of(dispatch, "?antwort=none"))) == ["Noah"]
    assert {row["label"]: row["number"] for row in ruth.get(page_of(dispatch)).context["answer_bars"]["rows"]} == {
        "gelesen": 0, "in meiner Arbeit verwendet": 0, "an Kolleg*innen weitergegeben": 1, "betrifft mich nicht": 0,
        "noch keine Antwort": 1,
    }  # fmt: skip


def test_what_somebody_wrote_is_shown_as_words_and_not_as_markup(place: Room, mia: Person) -> None:
    dispatch = send(place)
    answer(dispatch.recipients.get(), "used", "<script>alert(1)</script>")
    page = signed_in(place.ruth).get(page_of(dispatch))
    assert "<script>alert(1)</script>" in tree(page).get_element_by_id("main").text_content()
    assert "<script>alert" not in page.content.decode()


def test_the_letter_of_one_person_is_shown_without_their_links(place: Room, mia: Person) -> None:
    dispatch = send(place)
    recipient = dispatch.recipients.get()
    page = signed_in(place.ruth).get(reverse("outreach:letter", args=[dispatch.pk, "de"]) + f"?an={recipient.pk}")
    assert page.context["letter"]["to"] == "Mia"
    token = re.search(r"/versand/antwort/([^/]+)/", recipient.letter.text).group(1)
    assert token not in page.content.decode()
    assert "/versand/antwort/…/" in page.content.decode()


# --- size and nonsense ---


@pytest.mark.parametrize("state", ["draft", "submitted", "sent"])
def test_three_thousand_recipients_are_paged(place: Room, state: str) -> None:
    crowd(place, 3000)
    dispatch = {"draft": prepare, "submitted": submit, "sent": send}[state](place)
    ruth = signed_in(place.ruth)
    first, last = ruth.get(page_of(dispatch)), ruth.get(page_of(dispatch, "?page=100"))
    assert (listed(first)[0], len(listed(first))) == ("Person 00000", 30)
    assert (listed(last)[-1], len(listed(last))) == ("Person 02999", 30)


@pytest.mark.parametrize("state", ["draft", "submitted", "sent"])
def test_the_questions_of_the_page_do_not_grow_with_the_list(place: Room, state: str) -> None:
    spent = []
    for number in (60, 300):
        Dispatch.objects.all().delete()
        Person.objects.filter(slug__startswith="p").delete()
        crowd(place, number)
        dispatch = {"draft": prepare, "submitted": submit, "sent": send}[state](place)
        ruth = signed_in(place.ruth)
        ruth.get(page_of(dispatch))
        with CaptureQueriesContext(connection) as asked:
            assert ruth.get(page_of(dispatch)).status_code == 200
        spent.append(len(asked))
    assert spent[0] == spent[1]


def test_the_questions_of_the_list_of_dispatches_do_not_grow(place: Room, mia: Person) -> None:
    ruth = signed_in(place.ruth)
    spent = []
    for _more in range(2):
        for _each in range(5):
            submit(place)
        ruth.get(reverse("outreach:dispatches"))
        with CaptureQueriesContext(connection) as asked:
            assert len(ruth.get(reverse("outreach:dispatches")).context["table"]["rows"]) == Dispatch.objects.count()
        spent.append(len(asked))
    assert spent[0] == spent[1]


@pytest.mark.parametrize(
    "query",
    ["?page=0", "?page=x", "?programm=x", "?programm=99999999999999999", "?land=-1", "?rolle=king", "?sprache=%00", "?antwort=x",
     "?brief=x", "?programm=1&land=0&rolle=pr&sprache=en&antwort=none&brief=lost", "?land=²"],
)  # fmt: skip
@pytest.mark.parametrize("state", ["draft", "sent"])
def test_nonsense_in_the_address_is_no_error(place: Room, mia: Person, state: str, query: str) -> None:
    dispatch = {"draft": prepare, "sent": send}[state](place)
    assert signed_in(place.ruth).get(page_of(dispatch, query)).status_code == 200


def test_a_filter_can_be_dropped_again(place: Room) -> None:
    crowd(place, 10)
    dispatch = submit(place)
    ruth = signed_in(place.ruth)
    both = ruth.get(page_of(dispatch, f"?programm={place.iq.pk}&sprache=de"))
    assert [(chip["facet"], chip["label"], chip["url"]) for chip in both.context["chips"]] == [
        ("Programm", "IQ", "?sprache=de#liste"), ("Sprache", "Deutsch", f"?programm={place.iq.pk}#liste"),
    ]  # fmt: skip


def test_the_list_of_dispatches_by_state(place: Room, mia: Person) -> None:
    prepare(place, subject_de="Entwurf")
    submit(place, subject_de="Wartet")
    ruth = signed_in(place.ruth)
    every = ruth.get(reverse("outreach:dispatches"))
    assert listed(every) == ["Wartet", "Entwurf"]
    assert [(tab["label"], tab["count"]) for tab in every.context["tabs"]] == [
        ("Alle", 2), ("in Vorbereitung", 1), ("wartet auf Freigabe", 1),
    ]  # fmt: skip
    assert listed(ruth.get(reverse("outreach:dispatches") + "?stand=submitted")) == ["Wartet"]


def test_without_a_dispatch_the_list_says_where_one_begins(place: Room) -> None:
    assert "Noch kein Versand" in spoken(signed_in(place.ruth).get(reverse("outreach:dispatches")))


def test_a_published_text_offers_its_dispatches(place: Room, mia: Person) -> None:
    going = submit(place)
    actions.cancel(prepare(place), why="", **acting(place.emre))
    offered = [one.address for one in offers_for(place.bulletin, place.emre)]
    assert offered == [page_of(going), reverse("outreach:new", args=[place.bulletin.slug])]
    assert offers_for(place.bulletin, place.vera) == []


def test_an_approved_dispatch_says_that_letters_are_being_written(place: Room, mia: Person) -> None:
    dispatch = approve(place, submit(place))
    assert "Die Briefe werden geschrieben" in spoken(signed_in(place.ruth).get(page_of(dispatch)))
    deliver_all(at=AT)
    assert "Die Briefe werden geschrieben" not in spoken(signed_in(place.ruth).get(page_of(dispatch)))


def test_an_approved_dispatch_whose_text_was_withdrawn_says_so_and_can_be_given_up(place: Room, mia: Person) -> None:
    """Else its page would promise letters for ever."""
    dispatch = approve(place, submit(place))
    Output.objects.filter(pk=place.bulletin.pk).update(state=Output.State.WITHDRAWN)
    page = spoken(signed_in(place.ruth).get(page_of(dispatch)))
    assert "Es wird kein Brief geschrieben" in page and "Die Briefe werden geschrieben" not in page
    act(signed_in(place.ruth), dispatch, "cancel", words="Zurückgezogen")
    dispatch.refresh_from_db()
    assert dispatch.state == Dispatch.State.CANCELLED
    deliver_all(at=AT)
    assert Letter.objects.count() == 0


def test_an_approved_dispatch_on_its_way_cannot_be_given_up(place: Room, mia: Person) -> None:
    dispatch = approve(place, submit(place))
    assert act(signed_in(place.ruth), dispatch, "cancel", words="").status_code == 409
    dispatch.refresh_from_db()
    assert dispatch.state == Dispatch.State.APPROVED


def test_letters_that_wait_and_letters_that_are_gone_are_both_told(place: Room, mia: Person) -> None:
    engage(person("Udo"), place.iq)
    dispatch = send(place)
    dispatch.recipients.get(person=mia).letter.delete()
    page = spoken(signed_in(place.ruth).get(page_of(dispatch)))
    assert "1 wartet im Postausgang, 1 wird nicht mehr aufbewahrt, wegen des Alters oder einer Löschung" in page


def test_the_letter_nobody_reads_is_folded_and_names_a_reason_by_example(place: Room, mia: Person) -> None:
    page = spoken(signed_in(place.emre).get(page_of(prepare(place))))
    assert "You get this letter because of: programme · Land · role" in page


def test_nobody_who_gets_no_letter_has_one_to_look_at(place: Room, mia: Person) -> None:
    anna = person("Anna")
    engage(anna, place.iq)
    say_no(anna)
    dispatch = submit(place)
    found = {
        name: signed_in(place.ruth)
        .get(
            reverse("outreach:letter", args=[dispatch.pk, "de"])
            + f"?an={dispatch.recipients.get(person__name=name).pk}"
        )
        .status_code
        for name in ("Mia", "Anna")
    }
    assert found == {"Mia": 200, "Anna": 404}


def test_how_far_it_has_come(place: Room, mia: Person) -> None:
    ruth = signed_in(place.ruth)

    def way(dispatch: Dispatch) -> list[str]:
        return [step["state"] for step in ruth.get(page_of(dispatch)).context["steps"]]

    assert way(prepare(place)) == ["current", "open", "open", "open"]
    assert way(submit(place)) == ["done", "done", "current", "open"]
    assert way(approve(place, submit(place))) == ["done", "done", "done", "current"]
    assert way(send(place)) == ["done", "done", "done", "done"]
    assert way(actions.cancel(prepare(place), why="", **acting(place.emre))) == ["done", "open", "open", "open"]


def test_the_trail_beside_it_tells_the_steps_and_leaves_the_answers_out(place: Room, mia: Person) -> None:
    dispatch = send(place)
    answer(dispatch.recipients.get())
    page = signed_in(place.ruth).get(page_of(dispatch))
    assert [(line.sentence, line.who) for line in page.context["trail"]] == [
        ("Ein Brief eines Versands wurde geschrieben", "Nahtstelle (worker)"),
        ("Eine zweite Person hat einen Versand freigegeben", "Ruth"),
        ("Ein Versand an eine Person wurde zur Freigabe vorgelegt", "Emre"),
        ("Ein Versand wurde vorbereitet oder geändert", "Emre"),
    ]
