"""The desk: what each of the cast finds on it, duties first, and that many duties cost no more questions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.duties import kinds
from nahtstelle.register.duties.actions import escalate_overdue
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs.models import Output
from tests.register.duties.making import SYSTEM, make_duty
from tests.rooms.outputs.making import Cast, act_as, draft, make_cast, published, take_in
from tests.site.reading_pages import page, words

pytestmark = pytest.mark.django_db
DESK = "/schreibtisch/"
OLD, NEW = ["(1) Die Frist beträgt drei Monate."], ["(1) Die Frist beträgt zwei Monate."]
kinds.declare("tests.look", label="Ansehen", sentence="„%(title)s“ ansehen")


@pytest.fixture
def people(db: None) -> Cast:
    return make_cast()


def desk(as_: Callable[..., Client], who: Account) -> Any:
    answer = as_(who).get(DESK)
    assert answer.status_code == 200
    return page(answer)


def sections(shown: Any) -> list[str]:
    return [section.get("aria-labelledby") for section in shown.xpath("//main/section")]


def duties(shown: Any) -> list[str]:
    return [words(link) for link in shown.xpath("//section[@aria-labelledby='duties']//h3/a")]


def decisions(shown: Any) -> list[str]:
    return [words(row) for row in shown.xpath("//section[@aria-labelledby='decide']//li")]


def owed(who: Account, *, subject: int, days: int, title: str = "Text") -> Any:
    due = timezone.localdate() + timedelta(days=days)
    return make_duty(who.person, kind="tests.look", subject_id=subject, subject_title=title, due=due, at=timezone.now())


def test_a_reader_is_led_to_the_door(as_: Callable[..., Client]) -> None:
    answer = as_().get(DESK)
    assert (answer.status_code, answer["Location"]) == (302, "/schreibtisch/anmelden/?next=%2Fschreibtisch%2F")


@pytest.mark.parametrize("name", ["jana", "emre", "ruth", "sam"])
def test_staff_see_duties_and_waves(name: str, people: Cast, as_: Callable[..., Client]) -> None:
    assert sections(desk(as_, getattr(people, name))) == ["duties", "waves"]


@pytest.mark.parametrize("name", ["konrad", "tariq", "stranger"])
def test_others_see_their_duties_only(name: str, people: Cast, as_: Callable[..., Client]) -> None:
    assert sections(desk(as_, getattr(people, name))) == ["duties"]


def test_duties_stand_first_and_the_most_urgent_first(people: Cast, as_: Callable[..., Client]) -> None:
    for number, days in enumerate((5, -3, 30)):
        owed(people.emre, subject=number, days=days, title=f"in {days} Tagen")
    owed(people.jana, subject=9, days=1, title="fremd")
    shown = desk(as_, people.emre)
    assert sections(shown)[0] == "duties"
    assert duties(shown) == ["„in -3 Tagen“ ansehen", "„in 5 Tagen“ ansehen", "„in 30 Tagen“ ansehen"]
    assert "1 überfällig" in words(shown.xpath("//h2[@id='duties']")[0])


def test_more_duties_than_fit_are_counted(people: Cast, as_: Callable[..., Client]) -> None:
    for number in range(11):
        owed(people.emre, subject=number, days=number)
    shown = desk(as_, people.emre)
    assert (len(duties(shown)), "Alle 11 Pflichten" in words(shown)) == (8, True)


def test_what_a_wave_makes_an_owner_owe_is_on_the_desk_and_drawn(people: Cast, as_: Callable[..., Client]) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    take_in("ProbeG", {"§ 1": OLD}, on=today - timedelta(days=2), at=now)
    published(people, title="Handreichung", body="Nach § 1 ProbeG.", owner=people.jana.person)
    take_in("ProbeG", {"§ 1": NEW}, on=today, at=now)
    shown = desk(as_, people.jana)
    (duty,) = shown.xpath("//section[@aria-labelledby='duties']//h3/a")
    assert as_(people.jana).get(duty.get("href")).status_code == 200
    (wave,) = shown.xpath("//figure[@class='n-wave']")
    due = today + timedelta(days=14)
    label = f"ProbeG: Lesung vom {today:%d.%m.%Y} fällig bis {due:%d.%m.%Y} 0 von 1 erledigt 1 offen"
    assert words(wave) == label


def test_an_answered_wave_is_off_the_desk(people: Cast, as_: Callable[..., Client]) -> None:
    assert "Jede Welle ist beantwortet." in words(desk(as_, people.jana))


def submitted(people: Cast, title: str = "Konzept", **more: Any) -> Output:
    output = draft(people.emre, title=title, body="Ein Satz.", **more)
    return outputs.submit(output, **act_as(people.emre))


def test_a_text_in_review_waits_for_whoever_may_sign_it_off(people: Cast, as_: Callable[..., Client]) -> None:
    submitted(people)
    seen = {
        name: decisions(desk(as_, getattr(people, name))) for name in ("ruth", "jana", "ines", "emre", "rita", "tariq")
    }
    yes = ["Konzept Abzeichnen"]
    assert seen == {"ruth": yes, "jana": yes, "ines": yes, "emre": [], "rita": [], "tariq": []}


def test_a_signed_off_text_waits_for_its_funder(people: Cast, as_: Callable[..., Client]) -> None:
    output = draft(people.emre, title="Konzept")
    output.programmes.add(people.ivaf)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    output = outputs.submit(output, **act_as(people.emre))
    outputs.sign_off(output, revision=output.revision, **act_as(people.ruth))
    assert decisions(desk(as_, people.konrad)) == ["Konzept Freigeben"]
    assert decisions(desk(as_, people.ruth)) == []


def test_ones_own_text_on_the_way_is_on_the_desk(people: Cast, as_: Callable[..., Client]) -> None:
    draft(people.emre, title="Angefangen")
    published(people, title="Fertig")
    rows = desk(as_, people.emre).xpath("//section[@aria-labelledby='mine']//li/a")
    assert [words(row) for row in rows] == ["Angefangen"]


def test_a_published_text_that_is_in_review_again_is_on_the_way(people: Cast, as_: Callable[..., Client]) -> None:
    published(people, title="Fertig")
    Output.objects.update(progress=Output.Progress.IN_REVIEW)
    rows = desk(as_, people.emre).xpath("//section[@aria-labelledby='mine']//li/a")
    assert [words(row) for row in rows] == ["Fertig"]


def test_what_others_are_late_with_is_brought_to_the_head(
    people: Cast, as_: Callable[..., Client], now: datetime
) -> None:
    owed(people.emre, subject=1, days=-20, title="Liegen geblieben")
    escalate_overdue(by=SYSTEM, at=timezone.now())
    shown = desk(as_, people.ruth)
    rows = shown.xpath("//section[@aria-labelledby='brought']//li")
    assert len(rows) == 1
    assert words(rows[0].xpath(".//h3")[0]) == "„Liegen geblieben“ ansehen"
    assert words(rows[0].xpath(".//h3/following-sibling::p")[0]) == "Emre"


def questions(as_: Callable[..., Client], who: Account) -> int:
    client = as_(who)
    client.get(reverse("about"))
    with CaptureQueriesContext(connection) as asked:
        client.get(DESK)
    return len(asked)


@pytest.mark.parametrize("name", ["emre", "tariq"])
def test_many_duties_cost_no_more_questions(name: str, people: Cast, as_: Callable[..., Client]) -> None:
    who = getattr(people, name)
    owed(who, subject=1, days=3)
    few = questions(as_, who)
    for number in range(2, 60):
        owed(who, subject=number, days=number - 20)
    assert questions(as_, who) == few
