"""Taking an import back restores the state before it, or is refused."""

from datetime import date
from typing import Any

import pytest

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import actions, acts, questions, undoing
from nahtstelle.rooms.law.models import (
    Act,
    Announcement,
    Change,
    Import,
    Law,
    LawName,
    PlannedChange,
    Provision,
    Reading,
    Sighting,
    TouchedPart,
    Wording,
)
from tests.rooms.law.making import BY, NOW, OTHER, Section, bring, drain, law_xml, probe, section, the_law

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY = date(2024, 3, 6), date(2024, 6, 5), date(2024, 7, 3)
LATER = "20240601000000"
WHY = "Falsches Datum."
KEPT = [Law, LawName, Reading, Provision, Wording, Sighting, Change, TouchedPart, Announcement]


def stock() -> dict[str, list[Any]]:
    """Everything this room knows, row by row."""
    return {model.__name__: sorted(model.objects.values_list(), key=str) for model in KEPT}


def undo(batch: Import) -> None:
    undoing.undo(batch, why=WHY, by=BY, at=NOW)
    drain()


def test_undoing_the_first_import_leaves_nothing_but_the_file() -> None:
    undo(bring(probe(), MARCH))
    assert stock() == {model.__name__: [] for model in KEPT}
    assert KeptFile.objects.count() == 1


def test_undoing_a_newer_reading_restores_everything_as_it_was() -> None:
    bring(probe(stand=[("Hinweis", "Änderung mWv 1.9.2024 noch nicht berücksichtigt")]), MARCH)
    before = stock()
    newer = probe(
        Section("§ 3", OTHER, "Anders"),
        Section("§ 4", "Neues Recht, das sonst nirgends steht und niemandem gehört.", "Neu"),
        build=LATER, name="UmbenanntG", stand=[("Hinweis", "Änderung mWv 1.12.2024 noch nicht berücksichtigt")],
    )  # fmt: skip
    batch = bring(newer, JUNE)
    assert stock() != before
    undo(batch)
    assert stock() == before


def test_undoing_a_renumbering_restores_the_number() -> None:
    bring(probe(), MARCH)
    before = stock()
    moved = probe(build=LATER).replace(b"<enbez>\xc2\xa7 3</enbez>", b"<enbez>\xc2\xa7 3b</enbez>")
    undo(bring(moved, JUNE))
    assert stock() == before


def test_undoing_a_reading_that_was_only_seen_again_narrows_its_span() -> None:
    bring(probe(), MARCH)
    bring(probe(), JUNE)
    before = stock()
    undo(bring(probe(), JULY))
    assert stock() == before


def test_undoing_a_late_reading_restores_everything_as_it_was() -> None:
    bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build=LATER), JULY)
    before = stock()
    undo(bring(probe(Section("§ 4", "Etwas ganz anderes.", "Neu"), build="20240501000000"), JUNE))
    assert stock() == before


def test_undoing_a_complete_delivery_finds_the_missing_laws_again() -> None:
    bring({"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}, MARCH)
    batch = bring({"a.xml": probe()}, JUNE, complete=True)
    undo(batch)
    assert the_law("AnderG").missing_since is None


def test_a_law_stays_missing_where_another_complete_delivery_lacked_it_too() -> None:
    bring({"a.xml": probe(), "b.xml": law_xml(Section("§ 1", OTHER), name="AnderG", number="BJNR2")}, MARCH)
    batch = bring({"a.xml": probe()}, JUNE, complete=True)
    bring({"a.xml": probe()}, JULY, complete=True)
    undo(batch)
    assert the_law("AnderG").missing_since == JULY


def test_undoing_is_refused_when_a_later_reading_builds_on_it() -> None:
    batch = bring(probe(), MARCH)
    bring(probe(Section("§ 3", OTHER), build=LATER), JUNE)
    with pytest.raises(Refusal, match="A later reading of ProbeG builds on this one"):
        undoing.undo(batch, why=WHY, by=BY, at=NOW)
    assert Reading.objects.count() == 2


def test_undoing_is_refused_when_a_room_above_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring(probe(), MARCH)
    monkeypatch.setattr(questions, "leaving", [lambda readings: [f"{readings.get().law} was worked on."]])
    with pytest.raises(Refusal, match="ProbeG was worked on"):
        undoing.undo(batch, why=WHY, by=BY, at=NOW)
    batch.refresh_from_db()
    assert batch.state == Import.State.DONE


def test_undoing_is_refused_when_an_act_names_a_law_that_would_vanish(jana: Account) -> None:
    batch = bring(probe(), MARCH)
    act = acts.record_act(title="Ein Gesetz", stage=Act.Stage.CABINET, account=jana, by=jana.actor, at=NOW)
    acts.plan_change(
        act, revision=1, law=the_law(), old_citation="§ 3", kind="amended", account=jana, by=jana.actor, at=NOW
    )
    with pytest.raises(Refusal, match="Acts of amendment name ProbeG"):
        undoing.undo(batch, why=WHY, by=BY, at=NOW)


def test_a_plan_for_a_provision_that_vanishes_loses_only_its_link(jana: Account) -> None:
    bring(probe(), MARCH)
    batch = bring(probe(Section("§ 4", "Neues Recht, das sonst nirgends steht.", "Neu"), build=LATER), JUNE)
    act = acts.record_act(title="Ein Gesetz", stage=Act.Stage.CABINET, account=jana, by=jana.actor, at=NOW)
    plan = acts.plan_change(
        act, revision=1, law=the_law(), old_citation="§ 4", kind="amended", account=jana, by=jana.actor, at=NOW
    )
    assert plan.provision == section("§ 4")
    undo(batch)
    assert PlannedChange.objects.get().provision is None


def test_a_plan_that_the_reading_had_shown_is_waiting_again(jana: Account) -> None:
    bring(probe(), MARCH)
    common: dict[str, Any] = {"account": jana, "by": jana.actor, "at": NOW}
    act = acts.record_act(title="Ein Gesetz", stage=Act.Stage.PROMULGATED, promulgated=MARCH, **common)
    day = date(2024, 6, 1)
    acts.plan_change(act, revision=1, law=the_law(), new_citation="§ 4 ProbeG", kind="new", in_force=day, **common)
    acts.plan_change(act, revision=2, law=the_law(), old_citation="§ 3", kind="amended", in_force=day, **common)
    before = sorted(PlannedChange.objects.values_list())
    fresh = Section("§ 4", "Neues Recht, das sonst nirgends steht und niemandem gehört.", "Neu")
    batch = bring(probe(Section("§ 3", OTHER), fresh, build=LATER), JUNE)
    assert PlannedChange.objects.exclude(seen_in=None).count() == 2
    undo(batch)
    assert sorted(PlannedChange.objects.values_list()) == before


def test_a_name_that_staff_added_survives(jana: Account) -> None:
    bring(probe(), MARCH)
    actions.add_name(the_law(), "Probe-Gesetz", account=jana, by=jana.actor, at=NOW)
    undo(bring(probe(build=LATER, name="NeuG"), JUNE))
    assert LawName.objects.filter(name="Probe-Gesetz").exists()


def test_undoing_needs_a_reason() -> None:
    batch = bring(probe(), MARCH)
    with pytest.raises(Refusal, match="Please say why"):
        undoing.undo(batch, why="  ", by=BY, at=NOW)


def test_undoing_twice_is_refused() -> None:
    batch = bring(probe(), MARCH)
    undo(batch)
    with pytest.raises(NotNow, match="Only an import that was carried out"):
        undoing.undo(batch, why=WHY, by=BY, at=NOW)


def test_the_reason_is_kept_in_the_trail() -> None:
    undo(bring(probe(), MARCH))
    assert set(
        Entry.objects.filter(fact__in=["law.ReadingLeaving", "law.ImportEnded"]).values_list("why", flat=True)
    ) == {WHY}


def test_the_same_file_can_be_imported_again_after_it_was_taken_back() -> None:
    undo(bring(probe(), MARCH))
    bring(probe(), JUNE)
    assert list(the_law().readings.values_list("first_seen", flat=True)) == [JUNE]
