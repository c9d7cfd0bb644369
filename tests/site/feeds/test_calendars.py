"""Calendars: whole days with a lasting UID, and a private address that is really private."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import FundingPeriod, Programme
from nahtstelle.rooms.law.models import Act, Announcement, PlannedChange
from nahtstelle.site.feeds import calendar_keys
from nahtstelle.site.feeds.models import CalendarKey
from tests.rooms.outputs.making import BY, NOW, TODAY, shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
SOON = TODAY + timedelta(days=40)


def events(address: str, **how: str) -> dict[str, Any]:
    answer = Client(**how).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(answer.content)
    assert (calendar["VERSION"], calendar.errors) == ("2.0", [])
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def plan(law: Any, *, stage: str = "promulgated", **more: Any) -> PlannedChange:
    act = Act.objects.create(
        slug=f"gesetz-{Act.objects.count()}", title="Probegesetz", stage=stage, promulgated=TODAY, created_at=NOW
    )
    values = {"kind": "amended", "old_citation": "§ 2", "new_citation": "§ 2", "in_force": SOON, "summary": "Kürzer."}
    return PlannedChange.objects.create(act=act, law=law, **values | more)


def test_a_planned_change_is_a_whole_day() -> None:
    line = plan(shelf("BspG").law, until=SOON + timedelta(days=365), transition="Altfälle bleiben.")
    found = events(reverse("feeds:law-calendar"))
    event = found[f"plan-{line.pk}-in-force"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (SOON, SOON + timedelta(days=1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["SUMMARY"]) == "BspG § 2: geändert"
    assert "Altfälle bleiben." in event["DESCRIPTION"]
    assert found[f"plan-{line.pk}-until"]["DTSTART"].dt == SOON + timedelta(days=365)


def test_an_event_keeps_its_uid_when_its_day_moves() -> None:
    line = plan(shelf("BspG").law)
    before = set(events(reverse("feeds:law-calendar")))
    PlannedChange.objects.filter(pk=line.pk).update(in_force=SOON + timedelta(days=9))
    after = events(reverse("feeds:law-calendar"))
    assert set(after) == before
    assert after[f"plan-{line.pk}-in-force"]["DTSTART"].dt == SOON + timedelta(days=9)


@pytest.mark.parametrize(
    ("stage", "reversed_on", "status"),
    [("promulgated", None, "CONFIRMED"), ("bundestag", None, "TENTATIVE"), ("promulgated", TODAY, "CANCELLED")],
)
def test_it_says_how_sure_the_day_is(stage: str, reversed_on: date | None, status: str) -> None:
    line = plan(shelf("BspG").law, stage=stage, reversed_on=reversed_on)
    assert events(reverse("feeds:law-calendar"))[f"plan-{line.pk}-in-force"]["STATUS"] == status


def test_an_act_that_failed_is_not_in_it() -> None:
    plan(shelf("BspG").law, stage="failed")
    assert events(reverse("feeds:law-calendar")) == {}


def test_what_the_official_file_announces_is_in_it() -> None:
    law = shelf("BspG").law
    one = Announcement.objects.create(
        law=law, text="Änderung durch Art. 1", digest="x", in_force=SOON, first_seen=TODAY, last_seen=TODAY
    )
    event = events(reverse("feeds:law-calendar"))[f"announcement-{one.pk}"]
    assert (event["DTSTART"].dt, str(event["DESCRIPTION"])) == (SOON, "Änderung durch Art. 1")


def test_what_a_newer_remark_says_anew_stands_in_it_once() -> None:
    law = shelf("BspG").law
    values = {"law": law, "in_force": SOON, "pending": True}
    day = timedelta(days=1)
    old = Announcement.objects.create(
        text="Änderung durch Art. 1", digest="x", first_seen=TODAY - 9 * day, last_seen=TODAY - 5 * day, **values
    )
    assert set(events(reverse("feeds:law-calendar"))) == {f"announcement-{old.pk}"}  # it could be there twice
    new = Announcement.objects.create(
        text="Änderung durch Art. 1 G v. 1.10.2026", digest="y", first_seen=TODAY - 4 * day, last_seen=TODAY, **values
    )
    assert set(events(reverse("feeds:law-calendar"))) == {f"announcement-{new.pk}"}


def test_what_the_text_held_already_when_it_was_first_read_is_no_date() -> None:
    Announcement.objects.create(
        law=shelf("BspG").law, text="Änderung durch Art. 1", digest="x", pending=False, in_force=TODAY - timedelta(days=3),
        first_seen=TODAY, last_seen=TODAY,
    )  # fmt: skip
    assert events(reverse("feeds:law-calendar")) == {}


def test_it_can_be_had_for_one_law_and_in_english() -> None:
    mine, other = plan(shelf("BspG").law), plan(shelf("AndG").law)
    assert len(events(reverse("feeds:law-calendar"))) == 2
    found = events(reverse("feeds:law-calendar") + "?gesetz=bspg", headers={"accept-language": "en"})
    assert set(found) == {f"plan-{mine.pk}-in-force"}
    assert str(found[f"plan-{mine.pk}-in-force"]["SUMMARY"]) == "BspG § 2: amended"
    assert other.law.slug == "andg"


@pytest.mark.parametrize("query", ["?gesetz=gibtesnicht", "?gesetz=a%00b"])
def test_a_law_we_do_not_have_has_none(query: str) -> None:
    assert Client().get(reverse("feeds:law-calendar") + query).status_code == 404


def test_a_period_has_its_first_and_its_last_day() -> None:
    iq = Programme.objects.create(key="iq", short_name="IQ", name_de="IQ")
    FundingPeriod.objects.create(
        key="iq-26", programme=iq, name_de="Runde 2026", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
    )
    found = events(reverse("feeds:programme-calendar"))
    days = {uid: (event["DTSTART"].dt, str(event["SUMMARY"])) for uid, event in found.items()}
    assert days == {
        "period-iq-26-begins": (date(2026, 1, 1), "IQ: Runde 2026 beginnt"),
        "period-iq-26-ends": (date(2026, 12, 31), "IQ: Runde 2026 endet"),
    }


# --- one's own duties ------------------------------------------------------------------------------------------------


def owe(account: Account, title: str, **more: Any) -> Duty:
    values = {"kind": "probe", "subject_kind": "x", "subject_id": 1, "link": "/", "due": SOON, "opened_at": NOW}
    return Duty.objects.create(owner=account.person, subject_title=title, cause=title, **values | more)


def address(account: Account) -> str:
    key = calendar_keys.make_address(account, by=BY, at=NOW)
    return calendar_keys.address_of(key).removeprefix("http://localhost:8000")


def test_it_shows_what_its_owner_owes_and_nothing_of_others(jana: Account, emre: Account) -> None:
    mine, other = owe(jana, "Jana prüft"), owe(emre, "Emre prüft")
    owe(jana, "Erledigt", state="settled", settled_at=NOW)
    assert set(events(address(jana))) == {f"duty-{mine.pk}"}
    assert set(events(address(emre))) == {f"duty-{other.pk}"}  # it could have been there


@pytest.mark.parametrize("given", ["why_de", "why_en"])
def test_a_reason_that_is_given_in_one_language_is_said_in_the_other_too(given: str, jana: Account) -> None:
    owed = owe(jana, "Jana prüft", **{given: "§ 60c"})
    where = address(jana)
    for language in ("de", "en"):
        Person.objects.filter(pk=jana.person_id).update(language=language)
        assert str(events(where)[f"duty-{owed.pk}"].get("DESCRIPTION", "")) == "§ 60c"


def test_it_is_kept_by_nobody_on_the_way(jana: Account) -> None:
    answer = Client().get(address(jana))
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")


def test_a_guessed_or_damaged_address_opens_nothing(jana: Account) -> None:
    good = address(jana)
    key = CalendarKey.objects.get()
    wrong = [
        good.replace(".ics", "x.ics"),
        reverse("feeds:duty-calendar", args=[key.secret]),
        "/kalender/pflichten/1.ics",
    ]
    assert [Client().get(one).status_code for one in [good, *wrong]] == [200, 404, 404, 404]


def test_an_address_taken_back_or_replaced_leads_nowhere(jana: Account) -> None:
    first = address(jana)
    second = address(jana)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    calendar_keys.take_address_back(jana, by=BY, at=NOW)
    assert Client().get(second).status_code == 404


def test_it_ends_with_the_account(jana: Account) -> None:
    one = address(jana)
    assert Client().get(one).status_code == 200
    Account.objects.update(is_active=False)
    assert Client().get(one).status_code == 404


def test_the_page_makes_replaces_and_takes_back_the_address(jana: Account, as_: Callable[..., Client]) -> None:
    client, page = as_(jana), reverse("feeds:my-calendar")
    assert b"/kalender/pflichten/" not in client.get(page).content
    assert client.post(page, {"make": "1"}).status_code == 302
    first = CalendarKey.objects.get().secret
    assert first in client.get(page).content.decode()
    client.post(page, {"make": "1"})
    assert CalendarKey.objects.get().secret != first
    client.post(page, {"take-back": "1"})
    assert not CalendarKey.objects.exists()


def test_nobody_sees_the_address_of_another(jana: Account, stranger: Account, as_: Callable[..., Client]) -> None:
    address(jana)
    secret = CalendarKey.objects.get().secret
    page = reverse("feeds:my-calendar")
    assert secret in as_(jana).get(page).content.decode()
    assert secret not in as_(stranger).get(page).content.decode()
    assert Client().get(page).status_code == 302


def test_questions_do_not_grow_with_the_days(django_assert_max_num_queries: Any) -> None:
    law = shelf("BspG").law
    for _number in range(20):
        plan(law)
    with django_assert_max_num_queries(4):
        assert len(events(reverse("feeds:law-calendar"))) == 20
