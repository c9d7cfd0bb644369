"""Real law: federal files as they were seen from 2022 to 2026."""

from datetime import date
from pathlib import Path

import pytest

from nahtstelle.engines.lawtext.citations import find_citations
from nahtstelle.rooms.law import queries
from nahtstelle.rooms.law.models import Change, Law, Provision, Reading
from nahtstelle.rooms.law.queries import Certainty
from nahtstelle.rooms.law.referring import references
from nahtstelle.rooms.law.resolving import resolve_all
from tests.rooms.law.making import bring, real, real_days, section, the_law

pytestmark = pytest.mark.django_db


def bring_real(shared_data: Path, day: str, slug: str) -> None:
    bring(real(shared_data, day, slug), date.fromisoformat(day), name=f"{slug}.xml")


def substance(day: str) -> dict[str, str]:
    """Designation and kind of what the reading first seen on a day changes in substance."""
    changes = Change.objects.filter(reading__first_seen=day, substance=True)
    return {change.new_designation or change.old_designation: change.kind for change in changes}


def test_the_training_permit_came_beside_the_suspension_and_did_not_replace_it(shared_data: Path) -> None:
    """An act of August 2023 was to replace § 60c by § 16g on 1 March 2024; an act of 26 February 2024 kept it."""
    bring_real(shared_data, "2023-11-15", "aufenthg_2004")
    before = section("§ 60c").pk
    assert not Provision.objects.filter(designation="§ 16g").exists()
    bring_real(shared_data, "2024-03-06", "aufenthg_2004")
    changes = substance("2024-03-06")
    assert changes["§ 16g"] == "added"
    assert "§ 60c" not in changes
    assert (section("§ 60c").pk, section("§ 60c").repealed) == (before, False)


def test_the_suspension_for_training_read_the_same_on_all_nine_days(shared_data: Path) -> None:
    for day in real_days(shared_data):
        bring_real(shared_data, day, "aufenthg_2004")
    shown = section("§ 60c")
    spans = queries.timeline(shown)
    assert [(span.first_seen, span.last_seen) for span in spans] == [(date(2022, 1, 26), date(2026, 4, 29))]
    assert shown.sightings.count() == the_law("AufenthG").readings.count()
    answer = queries.as_at(shown, date(2024, 3, 1))
    assert (answer.certainty, answer.last_seen, answer.next_seen) == (
        Certainty.SEEN, date(2023, 11, 22), date(2024, 3, 6),
    )  # fmt: skip


def test_a_day_between_two_readings_is_not_certain_where_the_text_changed(shared_data: Path) -> None:
    for day in ("2023-11-22", "2024-03-06"):
        bring_real(shared_data, day, "aufenthg_2004")
    answer = queries.as_at(section("§ 60d"), date(2024, 2, 28))
    assert (answer.certainty, answer.last_seen, answer.next_seen) == (
        Certainty.UNKNOWN, date(2023, 11, 22), date(2024, 3, 6),
    )  # fmt: skip


def test_an_announced_day_that_has_passed_since_the_last_sighting_makes_today_doubtful(shared_data: Path) -> None:
    bring_real(shared_data, "2026-04-29", "aufenthg_2004")
    answer = queries.as_at(section("§ 60c"), date(2026, 11, 23))
    assert (answer.certainty, answer.last_seen, answer.announced) == (
        Certainty.LATEST, date(2026, 4, 29), (date(2026, 6, 12),),
    )  # fmt: skip


def test_both_appendices_of_the_employment_ordinance_keep_their_identity(shared_data: Path) -> None:
    bring_real(shared_data, "2024-07-03", "beschv_2013")
    before = dict(the_law("BeschV").provisions.filter(designation="Anlage").values_list("key", "pk"))
    bring_real(shared_data, "2026-04-29", "beschv_2013")
    after = dict(the_law("BeschV").provisions.filter(designation="Anlage", gone=False).values_list("key", "pk"))
    assert set(before) == {"Anlage", "Anlage#2"}
    assert after == before


def test_a_re_promulgation_changes_no_identity(shared_data: Path) -> None:
    bring_real(shared_data, "2025-04-02", "bbig_2005")
    before = dict(the_law("BBiG").provisions.filter(kind="provision").values_list("designation", "pk"))
    bring_real(shared_data, "2026-04-29", "bbig_2005")
    after = dict(the_law("BBiG").provisions.filter(kind="provision", gone=False).values_list("designation", "pk"))
    assert after == before
    assert set(substance("2026-04-29")) == {"§ 30", "§ 34", "§ 35", "§ 36", "§ 90", "§ 106"}


def test_a_law_that_did_not_change_records_nothing(shared_data: Path) -> None:
    for day in ("2023-11-15", "2023-11-22"):
        bring_real(shared_data, day, "agg")
    assert (Reading.objects.count(), Change.objects.count()) == (1, 0)
    reading = Reading.objects.get()
    assert (reading.first_seen, reading.last_seen) == (date(2023, 11, 15), date(2023, 11, 22))


def test_a_rebuilt_file_of_the_same_law_changes_nothing_in_substance(shared_data: Path) -> None:
    for day in ("2025-04-02", "2026-04-29"):
        bring_real(shared_data, day, "intv")
    assert Reading.objects.count() == 2
    assert substance("2026-04-29") == {}


def test_what_people_write_finds_the_laws_of_the_portal(shared_data: Path) -> None:
    for slug in ("asylvfg_1992", "sgb_2", "freiz_gg_eu_2004", "deuf_v"):
        bring_real(shared_data, "2025-04-02", slug)
    text = "§ 61 Absatz 1 AsylG, § 7 Abs. 1 S. 2 SGB II, § 3 FreizügG/EU und § 4 DeuFöV"
    found = resolve_all(find_citations(text))
    assert [(t.law and t.law.slug, t.provision and t.provision.designation, t.path) for t in found] == [
        ("asylvfg_1992", "§ 61", "/A1/"), ("sgb_2", "§ 7", "/A1/S2/"), ("freiz_gg_eu_2004", "§ 3", "/"),
        ("deuf_v", "§ 4", "/"),
    ]  # fmt: skip


def test_a_provisions_own_references_lead_to_its_neighbours(shared_data: Path) -> None:
    bring_real(shared_data, "2025-04-02", "aufenthg_2004")
    law = the_law("AufenthG")
    text = section("§ 60c").sightings.get().wording.text
    found = references(text, law=law)
    led = {text[one.start : one.end]: one.provision and one.provision.designation for one in found}
    assert led["§ 60a Absatz 2 Satz 3"] == "§ 60a"
    assert led["§ 19d Absatz 1 Nummer 6"] == "§ 19d"
    assert all(one.start < one.end for one in found)


def test_every_law_of_a_day_is_taken_in(shared_data: Path) -> None:
    """Thirty laws of migration and labour market, with everything odd that is in them."""
    folder = shared_data / "laws" / "2025-04-02"
    files = {
        path.name: real(shared_data, "2025-04-02", path.name.removesuffix(".xml.gz")) for path in folder.glob("*.gz")
    }
    batch = bring(files, date(2025, 4, 2))
    assert batch.items.exclude(state="new_law").count() == 0
    assert Law.objects.count() == len(files)
