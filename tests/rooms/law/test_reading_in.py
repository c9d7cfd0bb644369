"""Readings become rows: a provision stays itself when its text or its number changes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.rooms.law.models import Announcement, Change, Provision, Sighting, Wording
from nahtstelle.rooms.law.wordings import norm_from
from tests.rooms.law.making import OTHER, SENTENCE, THIRD, Section, bring, law_xml, probe, section, the_law

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY = date(2024, 3, 6), date(2024, 6, 5), date(2024, 7, 3)
LATER = "20240601000000"


def kinds() -> list[tuple[str, str, str, bool]]:
    rows = Change.objects.order_by("provision__position", "id")
    return [(c.kind, c.old_designation, c.new_designation, c.substance) for c in rows]


def touched(designation: str) -> dict[str, bool]:
    change = Change.objects.get(provision__designation=designation)
    return dict(change.parts.values_list("path", "grown"))


def test_a_renumbered_provision_stays_itself() -> None:
    bring(probe(), MARCH)
    before = section("§ 3").pk
    moved = law_xml(
        Section("§ 1", SENTENCE, "Grundsatz"),
        Section("§ 2", [f"(1) {OTHER}", "(2) Die Frist kann einmal verlängert werden."], "Verfahren"),
        Section("§ 3b", THIRD, "Gebühren"),
        build=LATER,
    )
    bring(moved, JUNE)
    assert section("§ 3b").pk == before
    assert kinds() == [("renumbered", "§ 3", "§ 3b", True)]


def test_a_number_given_to_another_text_names_another_provision() -> None:
    bring(probe(), MARCH)
    before = section("§ 3").pk
    fresh = "Verstöße gegen dieses Gesetz werden mit einer Geldbuße bis zu fünftausend Euro geahndet, soweit sie vorsätzlich sind."
    moved = law_xml(
        Section("§ 1", SENTENCE, "Grundsatz"),
        Section("§ 2", [f"(1) {OTHER}", "(2) Die Frist kann einmal verlängert werden."], "Verfahren"),
        Section("§ 3", fresh, "Bußgeld"),
        Section("§ 4", THIRD, "Gebühren"),
        build=LATER,
    )
    bring(moved, JUNE)
    assert section("§ 4").pk == before
    assert section("§ 3").pk != before
    assert kinds() == [("added", "", "§ 3", True), ("renumbered", "§ 3", "§ 4", True)]


def test_a_repealed_number_stays_the_same_provision() -> None:
    bring(probe(), MARCH)
    before = section("§ 3").pk
    bring(probe(Section("§ 3", "", "(weggefallen)"), build=LATER), JUNE)
    shown = section("§ 3")
    assert (shown.pk, shown.repealed) == (before, True)
    assert kinds() == [("repealed", "§ 3", "§ 3", True)]


def test_three_repealed_sections_behind_one_line_are_three_changes() -> None:
    bring(probe(), MARCH)
    before = {p.designation: p.pk for p in Provision.objects.all()}
    gone = law_xml(
        Section("§ 1", SENTENCE, "Grundsatz"), Section("(XXXX) §§ 2 und 3", "", "(weggefallen)"), build=LATER
    )
    bring(gone, JUNE)
    changed = Change.objects.filter(kind="repealed").values_list("provision", "old_designation")
    assert set(changed) == {(before["§ 2"], "§ 2"), (before["§ 3"], "§ 3")}
    assert set(Provision.objects.filter(gone=True).values_list("pk", flat=True)) == {before["§ 2"], before["§ 3"]}


def test_a_provision_that_is_back_under_its_number_and_title_is_the_same() -> None:
    bring(probe(), MARCH)
    before = section("§ 3").pk
    without = law_xml(
        Section("§ 1", SENTENCE, "Grundsatz"),
        Section("§ 2", [f"(1) {OTHER}", "(2) Die Frist kann einmal verlängert werden."], "Verfahren"),
        build=LATER,
    )
    bring(without, JUNE)
    assert Provision.objects.get(pk=before).gone
    bring(probe(build="20240701000000"), JULY)
    assert section("§ 3").pk == before


def test_a_change_touches_the_sentence_it_changes_and_no_other() -> None:
    bring(probe(), MARCH)
    bring(
        probe(
            Section("§ 2", [f"(1) {OTHER}", "(2) Die Frist kann zweimal verlängert werden."], "Verfahren"), build=LATER
        ),
        JUNE,
    )
    assert touched("§ 2") == {"/A2/S1/": False}


def test_a_new_absatz_makes_the_provision_grow() -> None:
    bring(probe(), MARCH)
    old = [f"(1) {OTHER}", "(2) Die Frist kann einmal verlängert werden."]
    bring(probe(Section("§ 2", [*old, "(3) Eine Beschwerde findet nicht statt."], "Verfahren"), build=LATER), JUNE)
    assert touched("§ 2") == {"/": True}


def test_a_new_heading_is_no_change_of_substance() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", THIRD, "Gebühren und Auslagen"), build=LATER), JUNE)
    change = Change.objects.get()
    assert (change.substance, change.classes, change.parts.count()) == (False, ["heading"], 0)
    assert section("§ 3").title == "Gebühren und Auslagen"


def test_an_editors_note_is_no_change_of_substance() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", THIRD, "Gebühren", notes="(+++ § 3: Gilt ab 2025 +++)"), build=LATER), JUNE)
    change = Change.objects.get()
    assert (change.substance, change.classes) == (False, ["notes"])


def test_the_same_wording_is_kept_once_however_often_it_is_sighted() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build=LATER), JUNE)
    assert (Sighting.objects.count(), Wording.objects.count()) == (6, 4)


def test_a_kept_wording_has_the_anatomy_of_the_file() -> None:
    bring(probe(), MARCH)
    norm = norm_from(section("§ 2").sightings.get().wording)
    assert [part.path for part in norm.parts] == [("A1",), ("A1", "S1"), ("A2",), ("A2", "S1")]


def test_two_provisions_of_one_name_are_two() -> None:
    bring(law_xml(Section("§ 1", SENTENCE), Section("Anlage", OTHER), Section("Anlage", THIRD)), MARCH)
    assert list(Provision.objects.values_list("key", flat=True)) == ["§ 1", "Anlage", "Anlage#2"]


def test_a_key_longer_than_the_database_keeps_stays_unique() -> None:
    long = "Anlage " + "sehr lang " * 20
    bring(law_xml(Section(f"{long}a", SENTENCE), Section(f"{long}b", OTHER)), MARCH)
    keys = list(Provision.objects.values_list("key", flat=True))
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 150


PENDING = "Änderung durch Art. 2 G v. 16.8.2023 I Nr. 217 mWv 1.3.2024 bzw. 2.6.2024 noch nicht berücksichtigt"


def test_a_pending_remark_is_kept_once_for_each_announced_day() -> None:
    bring(probe(stand=[("Hinweis", PENDING)]), date(2023, 11, 15))
    rows = Announcement.objects.order_by("in_force").values_list("in_force", "act_date", "pending")
    assert list(rows) == [
        (date(2024, 3, 1), date(2023, 8, 16), True),
        (date(2024, 6, 2), date(2023, 8, 16), True),
    ]


def test_a_remark_that_vanished_from_the_file_stays_with_the_days_it_was_seen() -> None:
    bring(probe(stand=[("Hinweis", PENDING)]), date(2023, 11, 15))
    bring(probe(stand=[("Hinweis", PENDING)]), date(2023, 11, 22))
    bring(probe(build=LATER), JUNE)
    assert set(Announcement.objects.values_list("first_seen", "last_seen")) == {
        (date(2023, 11, 15), date(2023, 11, 22))
    }


def test_statements_do_not_grow_with_the_provisions() -> None:
    def statements(number: int, name: str) -> int:
        sections = [Section(f"§ {n}", f"{SENTENCE} {name} {n}.") for n in range(1, number + 1)]
        bring(law_xml(*sections, name=name, number=f"BJNR{name}"), MARCH, name=f"{name}.xml")
        changed = [Section(f"§ {n}", f"{OTHER} {name} {n}.") for n in range(1, number + 1)]
        with CaptureQueriesContext(connection) as seen:
            bring(law_xml(*changed, name=name, number=f"BJNR{name}", build=LATER), JUNE, name=f"{name}.xml")
        return len(seen)

    assert statements(40, "GrossG") == statements(4, "KleinG")


def test_the_citation_of_a_social_code_has_its_roman_number() -> None:
    bring(law_xml(Section("§ 1", SENTENCE), name="SGB 2", long_title="Sozialgesetzbuch Zweites Buch"), MARCH)
    assert the_law("SGB II").portal_name == "SGB 2 2020"
