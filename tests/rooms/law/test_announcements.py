"""What became of announced amendments: judged in one place, and never taken for cancelled because the remark has gone."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import queries
from nahtstelle.rooms.law.models import Announcement
from tests.rooms.law.asking import As, number_of_queries, page, said, texts
from tests.rooms.law.making import OTHER, Section, bring, law_xml, probe, real, real_days, the_law

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY, AUTUMN = date(2024, 3, 6), date(2024, 6, 5), date(2024, 7, 3), date(2024, 10, 2)
ACT = "Änderung durch Art. 2 G v. 16.2.2024 I Nr. 54 "


def remark(days: str, words: str = "noch nicht berücksichtigt", act: str = ACT) -> list[tuple[str, str]]:
    return [("Hinweis", f"{act}{days}{words}")]


def outlooks(day: date) -> dict[str, str]:
    """Each announced day (or "open") and how it stands."""
    rows = queries.announcements(day=day).order_by("id")
    return {str(row.in_force or "open"): row.outlook for row in rows}


def changed(text: str = OTHER, *, build: str, stand: list[tuple[str, str]] | None = None) -> bytes:
    return probe(Section("§ 3", text, "Gebühren"), build=build, stand=stand or [])


def test_what_the_newest_file_announces_is_ahead() -> None:
    bring(probe(stand=remark("mWv 1.9.2024 ")), MARCH)
    assert outlooks(JUNE) == {"2024-09-01": "ahead"}


def test_a_remark_that_has_gone_before_its_day_is_shown_as_no_longer_announced_and_not_hidden() -> None:
    bring(probe(stand=remark("mWv 1.9.2024 ")), MARCH)
    bring(probe(build="20240601000000"), JUNE)
    assert outlooks(JULY) == {"2024-09-01": "vanished"}
    assert [row.in_force for row in queries.announcements_ahead(day=JULY)] == [date(2024, 9, 1)]


def test_it_stays_when_its_day_has_passed_and_the_law_was_not_seen_since() -> None:
    bring(probe(stand=remark("mWv 1.9.2024 ")), MARCH)
    bring(probe(build="20240601000000"), JUNE)
    assert outlooks(AUTUMN) == {"2024-09-01": "vanished"}


def test_a_text_changed_about_the_day_lets_it_come_true() -> None:
    bring(probe(stand=remark("mWv 1.6.2024 ")), MARCH)
    bring(changed(build="20240601000000"), JUNE)
    assert outlooks(JULY) == {"2024-06-01": "came"}
    assert not queries.announcements_ahead(day=JULY).exists()
    assert [row.came_on for row in queries.announcements_past(day=JULY)] == [JUNE]


@pytest.mark.parametrize(
    ("seen", "outlook"),
    [(date(2024, 5, 24), "vanished"), (date(2024, 5, 25), "came"), (date(2024, 6, 15), "came")],
)
def test_a_text_may_change_a_week_before_the_day(seen: date, outlook: str) -> None:
    bring(probe(stand=remark("mWv 1.6.2024 ")), MARCH)
    bring(changed(build="20240501000000"), seen)
    assert outlooks(date(2024, 6, 20)) == {"2024-06-01": outlook}


@pytest.mark.parametrize(("last", "outlook"), [(date(2024, 6, 15), "came"), (date(2024, 6, 16), "passed")])
def test_a_text_may_change_two_weeks_after_the_day(last: date, outlook: str) -> None:
    bring(probe(stand=remark("mWv 1.6.2024 ")), MARCH)
    bring(probe(build="20240601000000"), last)
    bring(changed(build="20240620000000"), JULY)
    assert outlooks(AUTUMN) == {"2024-06-01": outlook}


def test_a_day_that_passed_with_the_law_seen_and_unchanged_is_past() -> None:
    bring(probe(stand=remark("mWv 1.4.2024 ")), MARCH)
    bring(probe(build="20240601000000"), JUNE)
    assert outlooks(JULY) == {"2024-04-01": "passed"}


def test_a_heading_that_changed_about_the_day_is_no_amendment() -> None:
    bring(probe(stand=remark("mWv 1.6.2024 ")), MARCH)
    bring(probe(Section("§ 1", probe_text(), "Anders"), build="20240601000000"), JUNE)
    assert outlooks(JULY) == {"2024-06-01": "passed"}


def probe_text() -> str:
    return the_law().provisions.get(designation="§ 1").sightings.get().wording.text


def test_a_file_that_still_lags_behind_its_remark_is_ahead_of_us() -> None:
    bring(probe(stand=remark("mWv 1.6.2024 ")), MARCH)
    bring(probe(stand=remark("mWv 1.6.2024 ")), JUNE)
    assert outlooks(JULY) == {"2024-06-01": "lagging"}


def test_a_day_that_passed_since_the_law_was_last_seen_is_ahead_of_us() -> None:
    bring(probe(stand=remark("mWv 1.6.2024 ")), MARCH)
    assert outlooks(JULY) == {"2024-06-01": "unseen"}


def test_a_remark_reworded_for_the_same_act_and_day_is_one_announcement() -> None:
    bring(probe(stand=remark("mWv 1.9.2024 ")), MARCH)
    recorded = remark("mWv 1.9.2024 ", "textlich nachgewiesen, dokumentarisch noch nicht abschließend bearbeitet")
    bring(probe(build="20240601000000", stand=recorded), JUNE)
    assert Announcement.objects.count() == 2
    ahead = queries.announcements_ahead(day=JULY)
    assert [(row.outlook, row.pending) for row in ahead] == [("ahead", False)]


def test_two_acts_for_one_day_are_two_announcements() -> None:
    other = "Änderung durch Art. 7 G v. 3.3.2024 I Nr. 80 "
    bring(probe(stand=remark("mWv 1.9.2024 ") + remark("mWv 1.9.2024 ", act=other)), MARCH)
    bring(probe(stand=remark("mWv 1.9.2024 ", act=other), build="20240601000000"), JUNE)
    assert sorted(row.outlook for row in queries.announcements_ahead(day=JULY)) == ["ahead", "vanished"]


def test_an_open_day_that_was_named_later_is_one_announcement() -> None:
    bring(probe(stand=remark("")), MARCH)
    assert outlooks(MARCH) == {"open": "ahead"}
    bring(probe(stand=remark("mWv 1.9.2024 "), build="20240601000000"), JUNE)
    assert outlooks(JULY) == {"open": "replaced", "2024-09-01": "ahead"}


def test_an_open_day_whose_remark_has_gone_stays_until_the_text_changes() -> None:
    bring(probe(stand=remark("")), MARCH)
    bring(probe(build="20240601000000"), JUNE)
    assert outlooks(JULY) == {"open": "vanished"}
    bring(changed(build="20240620000000"), JULY)
    assert outlooks(AUTUMN) == {"open": "came"}


def test_what_was_in_the_text_when_first_read_announced_nothing() -> None:
    bring(probe(stand=[("Hinweis", "Änderung durch Art. 1 G v. 1.2.2020 mWv 1.3.2020 textlich nachgewiesen")]), MARCH)
    assert outlooks(JULY) == {"2020-03-01": "recorded"}
    assert not queries.announcements_past(day=JULY).exists()


# --- the pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def stock() -> None:
    """One law with an amendment the newest file no longer announces and one that came true."""
    bring(probe(stand=remark("mWv 1.6.2024 u. 1.9.2030 ")), MARCH)
    bring(changed(build="20240601000000"), JUNE)


@pytest.mark.usefixtures("stock", "that_day")
def test_the_list_and_the_page_of_the_law_say_the_same(as_: As) -> None:
    client = as_(None)
    for address in (reverse("law:announcements"), reverse("law:law", args=[the_law().slug])):
        answer = client.get(address)
        assert "no longer announced in the newest file" in said(answer), address
        assert "1 Sep 2030" in said(answer), address


@pytest.mark.usefixtures("stock", "that_day")
def test_what_became_of_the_others_has_a_list_of_its_own(as_: As) -> None:
    answer = as_(None).get(reverse("law:announcements") + "?stand=vorbei")
    assert "the text changed, first seen on 5 Jun 2024" in said(answer)
    assert "1 Sep 2030" not in " ".join(texts(page(answer), "td"))
    assert "the text changed, first seen on 5 Jun 2024" in said(
        as_(None).get(reverse("law:law", args=[the_law().slug]))
    )


@pytest.mark.usefixtures("that_day")
def test_both_lists_say_what_will_stand_there_while_they_are_empty(as_: As) -> None:
    assert "Nothing is announced at present" in said(as_(None).get(reverse("law:announcements")))
    assert "No announced day has come yet" in said(as_(None).get(reverse("law:announcements") + "?stand=vorbei"))


@pytest.mark.usefixtures("that_day")
def test_the_list_takes_as_many_queries_for_many_announcements(as_: As, jana: Account) -> None:
    address = reverse("law:announcements")
    numbers = []
    for name in ("AG", "BG", "CG", "DG"):
        bring(
            law_xml(Section("§ 1", OTHER), name=name, number=f"BJNR{name}", stand=remark("mWv 1.9.2030 u. 1.10.2030 ")),
            MARCH, name=f"{name}.xml",
        )  # fmt: skip
        numbers.append(number_of_queries(as_(None), address))
    assert numbers[0] == numbers[-1]


def test_in_the_archive_what_was_announced_and_vanished_is_still_shown(shared_data: Path) -> None:
    """AufenthG, announced in 2023 for 1 March and 1 June 2024; the remark had gone by 15 November 2023."""
    days = [day for day in real_days(shared_data) if "2023-01-04" <= day <= "2024-03-06"]
    for day in days:
        bring(real(shared_data, day, "aufenthg_2004"), date.fromisoformat(day), name="aufenthg_2004.xml")
    assert note_of_august().outlook == "vanished"
    bring(real(shared_data, "2024-06-05", "aufenthg_2004"), JUNE, name="aufenthg_2004.xml")
    assert (note_of_august().outlook, note_of_august().came_on) == ("came", JUNE)


def note_of_august() -> Any:
    """The remark of a file between two of the archive, as the announcement it makes."""
    row, _new = Announcement.objects.get_or_create(
        law=the_law("AufenthG"), digest="x", in_force=date(2024, 6, 2), act_date=date(2023, 8, 16),
        first_seen=date(2023, 8, 23), last_seen=date(2023, 8, 23),
        text="Änderung durch Art. 2 G v. 16.8.2023 I Nr. 217 mWv 1.3.2024 bzw. 2.6.2024 noch nicht berücksichtigt",
    )  # fmt: skip
    return queries.announcements(day=date(2024, 6, 10)).get(pk=row.pk)
