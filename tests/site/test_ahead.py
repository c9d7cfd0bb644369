"""What is on: the days ahead on the start page, nearest first, and what this week brought."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nahtstelle.register.programmes.models import FundingPeriod
from nahtstelle.rooms.law.models import Act, Announcement, PlannedChange
from nahtstelle.rooms.outputs import actions as outputs
from nahtstelle.rooms.outputs.models import Output
from tests.rooms.outputs.making import NOW, TODAY, Cast, act_as, draft, published, shelf, take_in
from tests.site.reading_pages import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
As = Callable[..., Client]
DAY = timedelta(days=1)


def ahead(client: Client | None = None) -> list[str]:
    shown = page((client or Client()).get("/"))
    return [words(line) for line in shown.xpath("//ol[@class='n-ahead']/li")]


def plan(act: Act, *, days: int, **more: Any) -> PlannedChange:
    law = more.pop("law")
    return PlannedChange.objects.create(
        act=act, law=law.law, provision=law.provisions[0], old_citation="§ 1", kind="amended", in_force=TODAY + days * DAY, **more
    )  # fmt: skip


def test_nothing_ahead_says_what_would_stand_there(people: Cast) -> None:
    assert ahead() == []
    assert "Es ist nichts geplant, wovon wir wissen" in words(page(Client().get("/")))


def test_an_act_stands_once_for_each_day_however_much_it_changes(people: Cast) -> None:
    law, act = shelf(), Act.objects.create(slug="g", title="Beispielgesetz", created_at=NOW)
    for days in (30, 30, 10):
        plan(act, days=days, law=law)
    plan(act, days=-5, law=law)
    plan(act, days=5, law=law, reversed_on=TODAY)
    assert ahead() == [
        "03.12.2026 Beispielgesetz tritt in Kraft", "23.12.2026 Beispielgesetz tritt in Kraft",
    ]  # fmt: skip


def test_an_act_that_failed_takes_no_effect(people: Cast) -> None:
    law, act = shelf(), Act.objects.create(slug="g", title="Beispielgesetz", created_at=NOW)
    plan(act, days=30, law=law)
    before = ahead()
    Act.objects.update(stage=Act.Stage.FAILED)
    assert (len(before), ahead()) == (1, [])


def test_what_files_announce_and_periods_that_end_stand_by_day_and_what_has_none_last(people: Cast) -> None:
    law = shelf().law
    for number, day in enumerate((None, TODAY + 40 * DAY)):
        Announcement.objects.create(
            law=law, text="x", digest=str(number), in_force=day, first_seen=TODAY, last_seen=TODAY
        )
    FundingPeriod.objects.create(
        key="p", programme=people.ivaf, name_de="Periode", valid_from=TODAY - DAY, valid_until=TODAY + 20 * DAY
    )
    FundingPeriod.objects.create(key="q", programme=people.ivaf, name_de="Später", valid_until=TODAY + 900 * DAY)
    assert [line.split(" ")[0] for line in ahead()] == ["13.12.2026", "02.01.2027", "Tag"]


def test_a_text_that_will_lose_its_validity_stands_there_for_those_who_may_read_it(people: Cast) -> None:
    output = published(people, title="Befristet")
    Output.objects.filter(pk=output.pk).update(valid_until=TODAY + 9 * DAY)
    before = ahead()
    Output.objects.filter(pk=output.pk).update(audience="staff")
    assert (before, ahead()) == (["02.12.2026 Befristet gilt bis dahin"], [])


def test_a_scheduled_publication_is_seen_by_staff_only(people: Cast, as_: As) -> None:
    output = draft(people.emre, title="Bald")
    output = outputs.submit(output, **act_as(people.emre))
    output = outputs.sign_off(output, revision=output.revision, **act_as(people.ruth))
    outputs.schedule(output, publish_at=NOW + 2 * DAY, **act_as(people.ruth))
    seen = {name for name, account in people.everybody().items() if any("Bald" in line for line in ahead(as_(account)))}
    assert seen == {"jana", "emre", "ines", "ruth", "rita", "sam"}
    assert ahead() == []


def test_the_week_is_told_in_two_sentences(people: Cast) -> None:
    take_in("ProbeG", {"§ 1": ["(1) Alt."]}, on=TODAY - 9 * DAY)
    take_in("ProbeG", {"§ 1": ["(1) Neu."]}, on=TODAY - 7 * DAY)  # a week ago: the eighth day
    published(people, title="Von letzter Woche", at=NOW - 7 * DAY)
    before = words(page(Client().get("/")))
    take_in("ProbeG", {"§ 1": ["(1) Ganz neu."]}, on=TODAY - 6 * DAY)
    published(people, at=NOW - 6 * DAY)
    after = words(page(Client().get("/")))
    assert "Diese Woche hat sich in dem Recht, das wir beobachten, nichts geändert." in before
    assert "Diese Woche ist kein Text erschienen" in before
    assert "Diese Woche hat sich eine Vorschrift geändert." in after
    assert "Diese Woche ist ein Text erschienen." in after
