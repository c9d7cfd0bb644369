"""Imports: given, checked, previewed, confirmed, taken in; in parts, twice, late, abandoned."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger import delivery
from nahtstelle.plumbing.ledger.models import Delivery, Entry
from nahtstelle.rooms.law import importing, reading_in
from nahtstelle.rooms.law.models import Change, Import, ImportItem, Law, Provision, Reading, Sighting, Wording
from tests.rooms.law.making import (
    BY,
    NOW,
    OTHER,
    Section,
    bring,
    drain,
    give,
    law_xml,
    probe,
    reading_of,
    section,
    the_item,
    the_law,
    today,
)

pytestmark = pytest.mark.django_db
State = ImportItem.State
MARCH, JUNE, JULY = date(2024, 3, 6), date(2024, 6, 5), date(2024, 7, 3)


def facts() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("fact", flat=True))


def test_a_checked_import_has_changed_nothing() -> None:
    batch = give(probe(), MARCH)
    assert (batch.state, Law.objects.count(), Reading.objects.count()) == (Import.State.PREVIEW, 0, 0)


def test_the_preview_of_an_unknown_law_counts_its_provisions() -> None:
    item = the_item(give(probe(), MARCH))
    assert (item.state, item.law_name, item.preview) == (State.NEW_LAW, "ProbeG", {"provisions": 3})


def test_the_preview_of_a_newer_reading_names_what_changes() -> None:
    bring(probe(), MARCH)
    item = the_item(give(probe(Section("§ 3", OTHER, "Gebühren"), build="20240601000000"), JUNE))
    assert (item.state, item.preview) == (
        State.NEWER,
        {"changed": 1, "names": ["§ 3"], "since": "2024-03-06"},
    )


def test_a_confirmed_import_brings_the_law_with_its_provisions() -> None:
    bring(probe(), MARCH)
    law = the_law()
    assert (law.slug, law.portal_name, law.long_title) == ("probeg", "ProbeG 2020", "Gesetz zur Probe")
    assert list(law.provisions.values_list("designation", "title", "gone")) == [
        ("§ 1", "Grundsatz", False),
        ("§ 2", "Verfahren", False),
        ("§ 3", "Gebühren", False),
    ]


def test_a_new_law_is_told_as_arrived_and_not_as_amended() -> None:
    bring(probe(), MARCH)
    assert [name for name in facts() if name in ("law.LawArrived", "law.ReadingTaken", "law.ProvisionsAmended")] == [
        "law.LawArrived"
    ]


def test_a_newer_reading_records_one_amendment_for_all_its_provisions() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), Section("§ 1", OTHER, "Grundsatz"), build="20240601000000"), JUNE)
    amended = Entry.objects.get(fact="law.ProvisionsAmended")
    assert amended.payload["provisions"] == 2


def test_an_unchanged_file_widens_the_span_and_records_nothing() -> None:
    first = reading_of(bring(probe(), MARCH))
    before = facts()
    batch = bring(probe(), JUNE)
    first.refresh_from_db()
    assert (first.first_seen, first.last_seen, the_item(batch).state) == (MARCH, JUNE, State.SAME)
    assert (Reading.objects.count(), Change.objects.count()) == (1, 0)
    new = [name for name in facts()[len(before) :] if name not in ("law.LawFileArrived", "law.LawFileConfirmed")]
    assert new == ["law.ImportConfirmed"]


def test_a_rebuilt_file_makes_a_reading_without_changes() -> None:
    bring(probe(), MARCH)
    bring(probe(build="20240601000000"), JUNE)
    assert (Reading.objects.count(), Change.objects.count(), Wording.objects.count()) == (2, 0, 3)
    assert "law.ProvisionsAmended" not in facts()


def test_an_older_reading_takes_its_place_among_the_others() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build="20240601000000"), JULY)
    late = reading_of(bring(probe(Section("§ 2", OTHER, "Verfahren"), build="20240501000000"), JUNE))
    assert late.filed_late
    assert list(the_law().readings.values_list("first_seen", "filed_late")) == [
        (MARCH, False), (JUNE, True), (JULY, False),
    ]  # fmt: skip


def test_an_older_reading_alters_neither_changes_nor_how_provisions_look() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build="20240601000000"), JULY)
    before = list(Change.objects.values()), list(Provision.objects.values())
    late = probe(Section("§ 2", OTHER, "Anders"), Section("§ 4", "Etwas.", "Kurz"), build="20240501000000")
    bring(late, JUNE)
    assert list(Change.objects.values()) == before[0]
    assert list(Provision.objects.filter(gone=False).values()) == before[1]
    assert "law.ProvisionsAmended" not in facts()[-3:]


def test_a_late_reading_knows_provisions_that_came_after_the_one_before_it() -> None:
    new = Section(
        "§ 4", "Dieses Gesetz tritt am Tag nach der Verkündung in Kraft; bis dahin gilt das alte.", "Inkrafttreten"
    )
    bring(probe(), MARCH)
    bring(probe(new, build="20240601000000"), JULY)
    bring(probe(new, build="20240501000000"), JUNE)
    assert Provision.objects.filter(designation="§ 4").count() == 1
    assert section("§ 4").sightings.count() == 2


def test_the_same_file_twice_in_one_import_is_one_reading() -> None:
    batch = bring({"a/probeg.xml": probe(), "b/probeg.xml": probe()}, MARCH)
    assert Reading.objects.count() == 1
    assert sorted(batch.items.values_list("state", flat=True)) == [State.NEW_LAW, State.SAME]


def test_two_members_of_one_name_are_both_listed() -> None:
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr("probeg.xml", probe())
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("probeg.xml", probe(build="20200202000000"))
    batch = importing.give_package(name="a.zip", content=package.getvalue(), seen_on=MARCH, by=BY, at=NOW)
    drain()
    names = list(batch.items.order_by("id").values_list("name", flat=True))
    assert names == ["a.zip/probeg.xml", "a.zip/probeg.xml (2)"]


def test_another_text_for_a_known_day_is_refused_with_its_reason() -> None:
    bring(probe(), MARCH)
    item = the_item(give(probe(Section("§ 3", OTHER)), MARCH))
    assert (item.state, item.trouble) == (
        State.REFUSED,
        "For 6 March 2024 another text of ProbeG is already known; which of the two is right must be settled first.",
    )


def test_a_law_keeps_its_identity_when_the_portal_renames_it() -> None:
    bring(probe(), MARCH, name="alt.xml")
    bring(probe(build="20240601000000", name="NeuG"), JUNE, name="neu.xml")
    assert list(Law.objects.values_list("slug", "citation")) == [("alt", "NeuG")]
    assert set(Law.objects.get().names.values_list("name", flat=True)) >= {"ProbeG", "NeuG"}


def test_another_law_under_a_known_file_name_is_another_law() -> None:
    bring(probe(), MARCH, name="download.xml")
    other = law_xml(Section("§ 1", OTHER), name="AnderG", long_title="Ein anderes Gesetz", number="BJNR999990021")
    bring(other, MARCH, name="download.xml")
    assert list(Law.objects.order_by("id").values_list("slug", "citation")) == [
        ("download", "ProbeG"), ("anderg-2020", "AnderG"),
    ]  # fmt: skip


def test_a_law_with_a_new_document_number_is_the_same_when_it_bears_the_same_name() -> None:
    bring(probe(), MARCH)
    bring(probe(number="BJNR777770024", build="20240601000000"), JUNE)
    assert list(Law.objects.values_list("document_number", flat=True)) == ["BJNR777770024"]
    assert Reading.objects.count() == 2


def test_a_day_ahead_is_refused() -> None:
    with pytest.raises(Refusal, match="lies in the future"):
        importing.give_package(name="x", content=b"x", seen_on=today() + timedelta(days=1), by=BY, at=NOW)
    assert Import.objects.count() == 0


def test_a_file_built_after_its_day_is_refused() -> None:
    item = the_item(give(probe(build="20240307000000"), MARCH))
    assert item.trouble == "The file was built on 7 March 2024, after the day it is said to show (6 March 2024)."


def test_confirming_twice_is_refused_the_second_time() -> None:
    batch = bring(probe(), MARCH)
    with pytest.raises(NotNow, match="no longer waiting"):
        importing.confirm(batch, by=BY, at=NOW)
    assert Reading.objects.count() == 1


def test_an_import_that_is_still_checked_cannot_be_confirmed() -> None:
    batch = importing.give_files(source="x", files=[("a.xml", probe())], seen_on=MARCH, complete=False, by=BY, at=NOW)
    with pytest.raises(NotNow, match="still being checked"):
        importing.confirm(batch, by=BY, at=NOW)


def test_an_import_whose_files_are_still_listed_is_not_ready_however_many_are_checked() -> None:
    batch = importing.open_listing(source="x", seen_on=MARCH, complete=False, by=BY, at=NOW)
    importing.list_file(batch, "a.xml", probe(), by=BY, at=NOW)
    drain()
    batch.refresh_from_db()
    assert batch.state == Import.State.CHECKING
    importing.close_listing(batch)
    batch.refresh_from_db()
    assert batch.state == Import.State.PREVIEW


def test_an_import_without_a_readable_file_cannot_be_confirmed() -> None:
    batch = give(b"nothing of the kind", MARCH)
    with pytest.raises(NotNow, match="No file of this import"):
        importing.confirm(batch, by=BY, at=NOW)


def test_an_abandoned_import_changes_nothing_and_cannot_be_confirmed() -> None:
    batch = give(probe(), MARCH)
    importing.abandon(batch, by=BY, at=NOW)
    batch.refresh_from_db()
    with pytest.raises(NotNow):
        importing.confirm(batch, by=BY, at=NOW)
    assert (batch.state, Law.objects.count()) == (Import.State.ABANDONED, 0)


def test_a_carried_out_import_cannot_be_abandoned() -> None:
    batch = bring(probe(), MARCH)
    with pytest.raises(NotNow, match="no longer be abandoned"):
        importing.abandon(batch, by=BY, at=NOW)


def test_a_file_that_is_left_out_is_not_taken_in() -> None:
    batch = give({"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}, MARCH)
    importing.leave_out(batch.items.get(name="a.xml"), leave=True, by=BY, at=NOW)
    importing.confirm(batch, by=BY, at=NOW)
    drain()
    assert list(Law.objects.values_list("citation", flat=True)) == ["AnderG"]


def test_a_file_that_is_taken_back_in_is_checked_anew() -> None:
    batch = give(probe(), MARCH)
    item = the_item(batch)
    importing.leave_out(item, leave=True, by=BY, at=NOW)
    importing.leave_out(item, leave=False, by=BY, at=NOW)
    item.refresh_from_db()
    assert (item.state, item.preview) == (State.NEW_LAW, {"provisions": 3})


def test_a_file_cannot_be_left_out_after_the_confirmation() -> None:
    batch = bring(probe(), MARCH)
    with pytest.raises(NotNow, match="only while the import waits"):
        importing.leave_out(the_item(batch), leave=True, by=BY, at=NOW)


def test_a_killed_worker_leaves_the_file_to_be_taken_in_again(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = give({"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}, MARCH)
    importing.confirm(batch, by=BY, at=NOW)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    # Everything of the first file is written but its sightings: then the process ends.
    monkeypatch.setattr(reading_in, "_write_sightings", killed)
    with pytest.raises(KeyboardInterrupt):
        delivery.deliver_all(at=NOW)
    monkeypatch.undo()
    assert (Law.objects.count(), Provision.objects.count()) == (0, 0)
    drain()
    batch.refresh_from_db()
    assert (batch.state, Law.objects.count(), Reading.objects.count()) == (Import.State.DONE, 2, 2)
    assert set(batch.items.values_list("state", flat=True)) == {State.NEW_LAW}


def test_a_delivery_that_is_brought_twice_takes_its_file_in_once() -> None:
    batch = bring(probe(), MARCH)
    importing.take_file(the_item(batch), by=BY, at=NOW)
    assert (Reading.objects.count(), Sighting.objects.count()) == (1, 3)


def test_a_large_package_is_listed_in_several_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "LISTED_AT_ONCE", 2)
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        for number in range(5):
            archive.writestr(
                f"g{number}.xml", law_xml(Section("§ 1", OTHER), name=f"G{number}", number=f"BJNR{number}")
            )
    batch = importing.give_package(name="p.zip", content=package.getvalue(), seen_on=MARCH, by=BY, at=NOW)
    drain()
    batch.refresh_from_db()
    assert (batch.items.count(), batch.state) == (5, Import.State.PREVIEW)
    assert Delivery.objects.filter(entry__fact="law.ImportArrived").count() == 3


def test_a_law_that_a_complete_delivery_misses_is_missing_and_not_repealed() -> None:
    bring({"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}, MARCH)
    bring({"a.xml": probe()}, JUNE, complete=True)
    other = the_law("AnderG")
    assert (other.missing_since, section("§ 1", other).repealed, section("§ 1", other).gone) == (JUNE, False, False)
    assert the_law().missing_since is None


def test_a_missing_law_is_found_when_it_is_seen_again() -> None:
    files = {"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}
    bring(files, MARCH)
    bring({"a.xml": probe()}, JUNE, complete=True)
    bring(files, JULY, complete=True)
    assert the_law("AnderG").missing_since is None


def test_a_law_whose_file_is_broken_is_not_missing() -> None:
    files = {"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}
    bring(files, MARCH)
    bring({"a.xml": probe(), "b.xml": b"<dokumente"}, JUNE, complete=True)
    assert the_law("AnderG").missing_since is None


def test_an_archive_that_breaks_off_makes_no_law_missing() -> None:
    files = {"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}
    bring(files, MARCH)
    batch = importing.open_listing(source="x", seen_on=JUNE, complete=True, by=BY, at=NOW)
    importing.list_file(batch, "a.xml", probe(), by=BY, at=NOW)
    broken = importing.LawTextError("Broken.", code="archive_broken", details={"reason": "EOF"})
    importing.list_file(batch, "x", broken, by=BY, at=NOW)
    importing.close_listing(batch)
    drain()
    importing.confirm(batch, by=BY, at=NOW)
    drain()
    assert the_law("AnderG").missing_since is None


def test_an_older_complete_delivery_makes_no_later_law_missing() -> None:
    bring(probe(), JUNE)
    other = law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")
    bring({"b.xml": other}, MARCH, complete=True)
    assert the_law().missing_since is None


def test_just_after_midnight_a_file_seen_today_is_taken() -> None:
    """The day is that of the centre, not of Greenwich, where it is still yesterday."""
    after_midnight = datetime(2026, 11, 27, 23, 30, tzinfo=UTC)
    batch = importing.give_files(
        source="x", files=[("a.xml", probe())], seen_on=date(2026, 11, 28), complete=False, by=BY, at=after_midnight
    )
    assert batch.seen_on == date(2026, 11, 28)
