"""What a letter says, to whom and in which language, and that its links lead where they should."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from nahtstelle.register.notices.models import Letter, Preference
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outreach.answer_links import GOOD_FOR, answer_token, recipient_of
from nahtstelle.rooms.outreach.letters import Writer, bulletin_in
from tests.rooms.outreach.making import AT, TODAY, Room, engage, person, prepare, publish, send

pytestmark = pytest.mark.django_db
ANSWER = "antwort"
NO_MORE = "abbestellen"


@pytest.fixture
def noah(place: Room) -> Person:
    made = person("Noah", language="en")
    engage(made, place.ivaf, place.bavaria)
    return made


@pytest.fixture
def no_demo(settings) -> None:
    reverse("home")  # the addresses of the demo are decided on when they are first asked for
    settings.DEMO = False


def letter_to(who: Person) -> Letter:
    return Letter.objects.get(person=who)


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def links(letter: Letter, word: str) -> set[str]:
    return {link for link in re.findall(r"https?://[^\s\"<>?]+", letter.text) if f"/{word}/" in link}


def test_the_german_letter_says_all_of_it_in_german(place: Room, mia: Person, settings, no_demo: None) -> None:
    send(place, ask_until=date(2026, 12, 4))
    letter = letter_to(mia)
    token = answer_token(place.bulletin.dispatches.get().recipients.get(), at=AT)
    assert (letter.subject, letter.language, letter.to) == ("Die Duldung bleibt", "de", "mia@example.org")
    (no_more,) = links(letter, NO_MORE)
    base = settings.BASE_URL
    assert paragraphs(letter.text) == [
        "Guten Tag Mia,",
        "Bitte prüfen Sie Ihre Merkblätter.",
        "Rechtsinfo zur Duldung Kurz: Rechtsinfo zur Duldung.",
        f"Hier lesen: {base}/veroeffentlichungen/rechtsinfo-zur-duldung/",
        "Haben Sie es gelesen, haben Sie es verwendet? Bitte sagen Sie es uns; ein Konto brauchen Sie dafür nicht: "
        f"{base}/versand/antwort/{token}/ Wir bitten um Ihre Antwort bis zum 4. Dezember 2026.",
        f"-- {settings.SITE_NAME} Sie bekommen diesen Brief wegen: IQ · Niedersachsen · Berater*in "
        f"Keine Briefe zu Rechtsänderungen mehr: {no_more} "
        "Dies ist eine Information für Multiplikator*innen, keine Rechtsberatung im Einzelfall.",
    ]


def test_the_english_letter_is_english_to_the_last_word_whoever_sends_it(
    place: Room, noah: Person, settings, no_demo: None
) -> None:
    with override("de"):
        send(place, ask_until=date(2026, 12, 4))
    letter = letter_to(noah)
    (answer,), (no_more,) = links(letter, ANSWER), links(letter, NO_MORE)
    assert letter.subject == "The suspension stays"
    assert paragraphs(letter.text) == [
        "Hello Noah,",
        "Please check your leaflets.",
        "Rechtsinfo zur Duldung Kurz: Rechtsinfo zur Duldung.",
        f"Read it here: {settings.BASE_URL}/veroeffentlichungen/rechtsinfo-zur-duldung/ "
        "(The text is available in German only.)",
        f"Did you read it, did you use it? Please tell us; you need no account for it: {answer} "
        "We ask for your answer by 4 December 2026.",
        f"-- {settings.SITE_NAME} You get this letter because of: IvAF · Bavaria · adviser "
        f"No more letters on changes of law: {no_more} "
        "This is information for multipliers, not legal advice in an individual case.",
    ]


def test_the_html_says_the_same_and_offers_each_answer(place: Room, mia: Person) -> None:
    send(place)
    letter = letter_to(mia)
    tree = lxml.html.fromstring(letter.html)
    assert tree.get("lang") == "de"
    assert [" ".join(h.text_content().split()) for h in tree.iter("h1", "h2")] == [
        "Rechtsinfo zur Duldung", "Was haben Sie damit gemacht?",
    ]  # fmt: skip
    (answer,) = links(letter, ANSWER)
    offered = [(a.get("href"), a.text_content()) for a in tree.iter("a") if a.get("href").startswith(answer)]
    assert offered == [
        (f"{answer}?a=read", "gelesen"), (f"{answer}?a=used", "in meiner Arbeit verwendet"),
        (f"{answer}?a=passed_on", "an Kolleg*innen weitergegeben"), (f"{answer}?a=not_for_me", "betrifft mich nicht"),
    ]  # fmt: skip
    assert "IQ · Niedersachsen · Berater*in" in tree.text_content()


def test_the_letter_calls_nobody_else(place: Room, mia: Person, settings) -> None:
    send(place)
    hosts = {urlsplit(link).netloc for link in re.findall(r"(?:src|href)=\"(http[^\"]+)\"", letter_to(mia).html)}
    assert hosts == {urlsplit(settings.BASE_URL).netloc}


def test_the_demo_says_that_it_is_one(place: Room, mia: Person) -> None:
    send(place)
    assert letter_to(mia).text.rstrip().endswith("Demonstration: Gesetze, Personen und Texte sind erfunden.")


def test_a_name_cannot_bring_markup_into_the_letter(place: Room) -> None:
    evil = person("Eve <b>x</b> & Co", mail="eve@example.org")
    engage(evil, place.iq)
    send(place)
    letter = letter_to(evil)
    assert "Guten Tag Eve <b>x</b> & Co," in letter.text
    assert "Guten Tag Eve &lt;b&gt;x&lt;/b&gt; &amp; Co," in letter.html


def test_an_introduction_keeps_its_lines_and_its_signs(place: Room, mia: Person) -> None:
    send(place, intro_de="Erstens: § 60c < § 16g.\nZweitens.")
    letter = letter_to(mia)
    assert "Erstens: § 60c < § 16g.\nZweitens." in letter.text
    assert "Erstens: § 60c &lt; § 16g.<br />Zweitens." in letter.html


# --- which text it leads to ---


def test_the_letter_quotes_what_is_published_and_not_the_working_text(place: Room, mia: Person) -> None:
    send(place)
    letter = letter_to(mia)
    assert "Arbeitsstand" not in letter.text + letter.html
    assert "Kurz: Rechtsinfo zur Duldung." in letter.text


def test_readers_of_english_get_the_english_variant(place: Room, mia: Person, noah: Person, settings) -> None:
    publish("Law bulletin on the suspension", place.emre.person, language="en", base=place.bulletin)
    send(place)
    english, german = letter_to(noah).text, letter_to(mia).text
    assert f"Read it here: {settings.BASE_URL}/veroeffentlichungen/law-bulletin-on-the-suspension/\n" in english
    assert "in German only" not in english
    assert f"Hier lesen: {settings.BASE_URL}/veroeffentlichungen/rechtsinfo-zur-duldung/\n" in german


def test_a_german_reader_is_led_from_an_english_text_to_its_german_base(place: Room) -> None:
    english = publish("Law bulletin on the suspension", place.emre.person, language="en", base=place.bulletin)
    assert bulletin_in(english, "de") == place.bulletin
    assert bulletin_in(english, "en") == english


@pytest.mark.parametrize("unusable", [{"state": Output.State.WITHDRAWN}, {"audience": Output.Audience.STAFF}])
def test_a_variant_that_readers_cannot_open_is_not_offered(place: Room, unusable: dict) -> None:
    variant = publish("Law bulletin on the suspension", place.emre.person, language="en", base=place.bulletin)
    assert bulletin_in(place.bulletin, "en") == variant
    Output.objects.filter(pk=variant.pk).update(**unusable)
    assert bulletin_in(place.bulletin, "en") == place.bulletin


def test_a_german_reader_of_an_english_text_is_told_so(place: Room, mia: Person) -> None:
    english = publish("Only English", place.emre.person, language="en")
    send(place, bulletin=english)
    assert "(Den Text gibt es nur auf Englisch.)" in letter_to(mia).text


def test_leichte_sprache_is_german(place: Room, mia: Person) -> None:
    easy = publish("Leicht", place.emre.person, language="de-x-leicht")
    send(place, bulletin=easy)
    assert "gibt es nur" not in letter_to(mia).text


# --- links ---


@pytest.mark.usefixtures("that_day")
def test_the_answer_link_opens_the_form_without_an_account(place: Room, mia: Person) -> None:
    send(place)
    (link,) = links(letter_to(mia), ANSWER)
    assert Client().get(urlsplit(link).path).status_code == 200


@pytest.mark.usefixtures("that_day")
def test_one_click_in_the_mail_program_ends_the_letters(place: Room, mia: Person) -> None:
    send(place)
    headers = letter_to(mia).headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert {address} == links(letter_to(mia), NO_MORE)
    Client().post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"})
    assert not Preference.objects.get(person=mia).law_letters


def test_each_letter_carries_its_own_links(place: Room, mia: Person, noah: Person) -> None:
    send(place)
    for word in (ANSWER, NO_MORE):
        assert len(links(letter_to(mia), word) | links(letter_to(noah), word)) == 2


def test_a_preview_is_the_letter_without_its_personal_links(place: Room, mia: Person) -> None:
    dispatch = send(place)
    recipient = dispatch.recipients.get()
    preview = Writer(dispatch, "de").preview("Mia", recipient.reasons.all())
    letter = letter_to(mia)
    text = letter.text
    for word in (ANSWER, NO_MORE):
        (link,) = links(letter, word)
        assert link not in preview.text
        text = re.sub(rf"(/{word}/)[^/]+/", r"\1…/", text)
    assert (preview.subject, preview.text, preview.headers) == (letter.subject, text, {})


def test_a_preview_of_a_text_not_published_yet_shows_its_working_text(place: Room) -> None:
    Output.objects.update(state=Output.State.DRAFT, edition=None)
    place.bulletin.refresh_from_db()
    preview = Writer(prepare(place), "de").preview("Mia", ())
    assert "Rechtsinfo zur Duldung (Arbeitsstand)" in preview.text


def test_links_are_good_on_the_day_answers_are_asked_for_at_the_latest(place: Room, mia: Person) -> None:
    dispatch = send(place, ask_until=TODAY + GOOD_FOR)
    token = answer_token(dispatch.recipients.get(), at=AT)
    assert recipient_of(token, on=TODAY + GOOD_FOR) == dispatch.recipients.get()
    assert recipient_of(token, on=TODAY + GOOD_FOR + timedelta(days=1)) is None
