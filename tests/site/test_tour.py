"""The tour: its steps, what counts as done, and the letters one can read without a mail server."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Import
from nahtstelle.rooms.outputs import bulletins
from nahtstelle.rooms.outputs.models import Output, Wave
from nahtstelle.rooms.outputs.settling import confirm_valid
from nahtstelle.site.demo import views
from nahtstelle.site.demo.letters import with_links
from nahtstelle.site.demo.touring import steps
from tests.site.demo_centre import _no_files_left, centre  # noqa: F401 - fixtures
from tests.site.reading_pages import heading, page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("centre")]
TOUR, BRING, LETTERS = "/demo/rundgang/", "/demo/rundgang/lesung/", "/demo/briefe/"


@pytest.fixture
def visitor() -> Client:
    return Client()


def done() -> list[bool]:
    return [step.done for step in steps()]


def following() -> list[int]:
    return [number for number, step in enumerate(steps(), start=1) if step.next]


def who(client: Client) -> str:
    return Account.objects.get(pk=client.session["_auth_user_id"]).person.slug


def bring(client: Client) -> Import:
    """Bring in the readings, as the button does, and let the worker check them."""
    answer = client.post(BRING)
    batch = Import.objects.order_by("-pk")[0]
    assert (answer.status_code, answer["Location"]) == (302, reverse("law:import", args=[batch.pk]))
    deliver_all(at=timezone.now())
    assert list(Delivery.objects.exclude(error="").values_list("reaction", "error")) == []
    batch.refresh_from_db()
    return batch


def confirm(client: Client) -> Wave:
    batch = bring(client)
    importing.confirm(batch, by=Account.objects.get(person__slug="jana-wolters").actor, at=timezone.now())
    deliver_all(at=timezone.now())
    return Wave.objects.get(reading__law__slug="bspbpg", reading__first_seen=batch.seen_on)


def test_at_the_beginning_nothing_is_done_and_the_first_step_is_next() -> None:
    assert (done(), following()) == ([False] * 7, [1])


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_shows_seven_steps(language: str, visitor: Client) -> None:
    shown = page(visitor.get(TOUR, headers={"accept-language": language}))
    assert len(shown.xpath("//ol[@class='n-tour']/li")) == 7


def test_every_step_leads_to_a_page_that_opens_for_its_persona(visitor: Client) -> None:
    for step in steps():
        visitor.post(reverse("demo:enter"), {"person": step.persona})
        assert (step.title, visitor.get(step.url).status_code) == (step.title, 200)


def test_bringing_the_readings_makes_a_visitor_the_legal_officer(visitor: Client) -> None:
    batch = bring(visitor)
    assert (who(visitor), batch.state, batch.items.count()) == ("jana-wolters", "preview", 2)
    assert batch.seen_on == timezone.localdate()


def test_who_may_import_stays_who_they_are(visitor: Client) -> None:
    visitor.post(reverse("demo:enter"), {"person": "ruth-sommerfeld"})
    bring(visitor)
    assert who(visitor) == "ruth-sommerfeld"


def test_brought_twice_the_same_import_is_shown_again(visitor: Client) -> None:
    first = bring(visitor)
    assert visitor.post(BRING)["Location"] == reverse("law:import", args=[first.pk])
    assert Import.objects.filter(seen_on=first.seen_on).count() == 1


def test_an_abandoned_import_can_be_brought_anew(visitor: Client) -> None:
    first = bring(visitor)
    importing.abandon(first, by=Account.objects.get(person__slug="jana-wolters").actor, at=timezone.now())
    assert bring(visitor).pk != first.pk


def test_the_files_of_the_tour_can_be_downloaded(visitor: Client) -> None:
    answers = {name: visitor.get(f"{TOUR}{name}") for name in ("bspbpg.xml", "bspbzv.xml", "../../settings.py")}
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "bspbpg.xml": 200, "bspbzv.xml": 200, "../../settings.py": 404,
    }  # fmt: skip
    assert answers["bspbpg.xml"].content.startswith(b"<?xml")


def test_a_confirmed_import_does_the_first_two_steps(visitor: Client) -> None:
    confirm(visitor)
    assert (done(), following()) == ([True, True, False, False, False, False, False], [3])


def test_the_wave_of_the_tour_is_the_one_of_the_story(visitor: Client) -> None:
    """As in content/laws/STORY.md, without the two texts that cite these provisions and are not published."""
    wave = confirm(visitor)

    def concerned(designation: str, *verdicts: str) -> int:
        found = wave.impacts.filter(provision__designation=designation, verdict__in=verdicts)
        return found.values("output").distinct().count()

    assert {
        "§ 14": concerned("§ 14", "touched"), "§ 17": concerned("§ 17", "touched"),
        "§ 17, other parts": concerned("§ 17", "elsewhere"), "§ 8": concerned("§ 8", "repealed"),
    } == {"§ 14": 16, "§ 17": 3, "§ 17, other parts": 4, "§ 8": 2}  # fmt: skip


def test_an_answer_does_the_third_step(visitor: Client) -> None:
    wave = confirm(visitor)
    output = Output.objects.filter(impacts__wave=wave, owner__slug="jana-wolters").first()
    assert output is not None
    jana = Account.objects.get(person__slug="jana-wolters")
    confirm_valid(wave, output, reason="Stimmt weiter.", account=jana, by=jana.actor, at=timezone.now())
    assert (done(), following()) == ([True, True, True, False, False, False, False], [4])


def test_a_drafted_bulletin_is_a_step_once_it_was_submitted(visitor: Client) -> None:
    wave = confirm(visitor)
    emre = Account.objects.get(person__slug="emre-aydin")
    assert wave.reading is not None
    bulletins.draft_from_reading(wave.reading, wave=wave, account=emre, by=emre.actor, at=timezone.now())
    assert done()[3] is False
    Output.objects.filter(drafted_for=wave).update(progress=Output.Progress.IN_REVIEW)
    assert done()[3] is True


def test_before_its_day_the_tour_says_so_and_brings_nothing(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "TOUR_DAY", timezone.localdate() + timedelta(days=3))
    before = Import.objects.count()
    assert "Die Uhr dieses Rechners geht der Geschichte nach" in words(page(visitor.get(TOUR)))
    answer = visitor.post(BRING)
    assert (answer.status_code, Import.objects.count()) == (409, before)


def test_a_year_later_the_tour_still_works(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now().replace(year=date.today().year + 1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    batch = bring(visitor)
    assert (batch.state, batch.seen_on) == ("preview", timezone.localdate(later))
    assert sorted(batch.items.values_list("state", flat=True)) == ["newer", "newer"]


# --- letters ---


def test_all_letters_are_listed_a_page_at_a_time(visitor: Client) -> None:
    number = Letter.objects.count()
    listed = [len(page(visitor.get(LETTERS, {"page": n})).xpath("//ul[@class='n-inbox']/li")) for n in (1, 2)]
    assert (number, listed) == (21, [20, 1])


def test_letters_are_found_by_name(visitor: Client) -> None:
    rows = page(visitor.get(LETTERS, {"q": "tariq"})).xpath("//ul[@class='n-inbox']//a")
    assert [words(row) for row in rows] == ["Tariq Haddad"]


@pytest.mark.usefixtures("that_day")
def test_the_link_in_a_letter_takes_an_answer_without_an_account(visitor: Client) -> None:
    letter = Letter.objects.get(person__slug="tariq-haddad")
    shown = page(visitor.get(reverse("demo:letter", args=[letter.pk])))
    (link,) = [a.get("href") for a in shown.xpath("//div[@class='n-letter']//a") if "/antwort/" in a.get("href")]
    answer = visitor.post(link, {"answer": "used", "words": "Sofort gebraucht."})
    assert (answer.status_code, heading(answer)) == (200, "Vielen Dank")
    recipient = letter.person.received.get()
    assert (recipient.answer, recipient.words) == ("used", "Sofort gebraucht.")


def test_links_work_at_another_address_than_the_letter_was_written_at() -> None:
    text = "Hier: https://alt.example:8443/veroeffentlichungen/a-b/\nund https://andere.example/weg?x=1"
    assert with_links(text) == (
        'Hier: <a href="/veroeffentlichungen/a-b/">https://alt.example:8443/veroeffentlichungen/a-b/</a>\n'
        "und https://andere.example/weg?x=1"
    )


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', 'http://x/demo/briefe/"onclick=1'])
def test_a_letter_is_text_whatever_it_says(hostile: str) -> None:
    shown: Any = with_links(hostile)
    assert "<script" not in shown and "<img" not in shown and '"onclick' not in shown
