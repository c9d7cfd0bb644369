"""Acts of amendment: staged days, changed before they take effect, taken back, announced."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import acts
from nahtstelle.rooms.law.acts import Stale
from nahtstelle.rooms.law.models import Act, Change, Law, PlannedChange
from tests.cast import status
from tests.rooms.law.making import NOW, OTHER, Section, bring, law_xml, probe, section, the_law

pytestmark = pytest.mark.django_db
Stage, Kind = Act.Stage, PlannedChange.Kind
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)


@pytest.fixture(autouse=True)
def _stock() -> None:
    bring(probe(), date(2023, 11, 22))


class Desk:
    """Jana's desk: records acts and lines with as few words as a story needs."""

    def __init__(self, account: Account) -> None:
        self.account = account

    @property
    def common(self) -> dict[str, Any]:
        return {"account": self.account, "by": self.account.actor, "at": NOW}

    def act(
        self, title: str = "Ein Gesetz", stage: str = Stage.PROMULGATED, day: date | None = None, **more: Any
    ) -> Act:
        if stage in (Stage.PROMULGATED, Stage.IN_FORCE):
            more["promulgated"] = day or date(2023, 8, 18)
        return acts.record_act(title=title, stage=stage, **more, **self.common)

    def plan(self, act: Act, **values: Any) -> PlannedChange:
        act.refresh_from_db()
        values = {"law": the_law(), "kind": Kind.AMENDED, "old_citation": "§ 3", **values}
        return acts.plan_change(act, revision=act.revision, **values, **self.common)

    def drop(self, line: PlannedChange, why: str = "Versehen.") -> None:
        line.act.refresh_from_db()
        acts.drop_change(line, revision=line.act.revision, why=why, **self.common)

    def change(self, act: Act, **values: Any) -> Act:
        act.refresh_from_db()
        return acts.change_act(act, revision=act.revision, **values, **self.common)


@pytest.fixture
def desk(jana: Account) -> Desk:
    return Desk(jana)


def test_one_act_has_a_day_of_its_own_for_each_provision(desk: Desk) -> None:
    act = desk.act()
    desk.plan(act, old_citation="§ 1", in_force=date(2023, 11, 18))
    desk.plan(act, old_citation="§ 2 Absatz 2", in_force=date(2024, 3, 1), until=date(2025, 12, 31))
    desk.plan(act, old_citation="", new_citation="§ 3a", kind=Kind.NEW, in_force=date(2026, 1, 1))
    rows = list(act.changes.values_list("in_force", "provision__designation", "path"))
    assert rows == [
        (date(2023, 11, 18), "§ 1", "/"), (date(2024, 3, 1), "§ 2", "/A2/"), (date(2026, 1, 1), None, "/"),
    ]  # fmt: skip


def test_a_promulgated_act_needs_its_day(desk: Desk) -> None:
    with pytest.raises(ValidationError, match="needs the day of promulgation"):
        acts.record_act(title="Ein Gesetz", stage=Stage.PROMULGATED, **desk.common)


def test_a_sunset_before_the_day_it_takes_effect_is_refused(desk: Desk) -> None:
    with pytest.raises(ValidationError, match="sunset lies before"):
        desk.plan(desk.act(), in_force=date(2024, 3, 1), until=date(2024, 2, 1))
    assert not PlannedChange.objects.exists()


def test_a_citation_that_is_none_is_refused_with_an_example(desk: Desk) -> None:
    with pytest.raises(Refusal, match="is not understood as a citation"):
        desk.plan(desk.act(), old_citation="irgendwas")


def test_a_line_without_any_citation_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="Name the provision"):
        desk.plan(desk.act(), old_citation="", new_citation="")


def test_a_form_that_grew_old_is_refused(desk: Desk) -> None:
    act = desk.act()
    desk.change(act, note="Neu.")
    with pytest.raises(Stale, match="Somebody changed this act"):
        acts.change_act(act, revision=1, note="Auch neu.", **desk.common)
    act.refresh_from_db()
    assert (act.note, act.revision) == ("Neu.", 2)


def test_a_change_that_changes_nothing_is_no_new_revision(desk: Desk) -> None:
    act = desk.act()
    before = Entry.objects.count()
    assert desk.change(act, title="Ein Gesetz").revision == 1
    assert Entry.objects.count() == before


def test_each_stage_is_kept_with_its_day(desk: Desk) -> None:
    act = desk.act(stage=Stage.DRAFT, stage_on=date(2023, 2, 17))
    desk.change(act, stage=Stage.CABINET, stage_on=date(2023, 3, 29))
    desk.change(act, stage=Stage.PROMULGATED, promulgated=date(2023, 8, 18))
    assert list(act.stages.values_list("stage", "on")) == [
        ("draft", date(2023, 2, 17)), ("cabinet", date(2023, 3, 29)), ("promulgated", date(2023, 8, 18)),
    ]  # fmt: skip


def test_who_is_affected_is_kept_with_the_line(desk: Desk) -> None:
    group = status("st-ausbduldung", "Ausbildungsduldung", "Suspension of removal for training")
    line = desk.plan(desk.act(), status_groups=[group])
    assert list(line.status_groups.all()) == [group]


def test_the_trail_shows_what_was_changed_of_a_line(desk: Desk) -> None:
    act = desk.act()
    line = desk.plan(act, in_force=date(2024, 3, 1))
    desk.plan(act, change=line, in_force=date(2024, 6, 1), why="Bundesrat")
    touch = Touch.objects.filter(kind="law.act").latest("id")
    assert (touch.changes, touch.entry.why) == ({"in_force": ["2024-03-01", "2024-06-01"]}, "Bundesrat")


# --- Taken back before it takes effect: the case of February 2024 ---


def replacement_and_reversal(desk: Desk, *, stage: str = Stage.PROMULGATED) -> tuple[PlannedChange, Act]:
    """§ 3 is to be replaced by § 3a on 1 March 2024; an act of 26 February keeps it."""
    earlier = desk.plan(
        desk.act("Ersetzungsgesetz"), new_citation="§ 3a", kind=Kind.REPLACED, in_force=date(2024, 3, 1)
    )
    later = desk.act("Rettungsgesetz", stage, date(2024, 2, 26))
    desk.plan(
        later, new_citation="§ 3", kind=Kind.KEPT, in_force=date(2024, 2, 27), reverses=earlier,
        summary="§ 3 bleibt neben § 3a.",
    )  # fmt: skip
    earlier.refresh_from_db()
    return earlier, later


def test_a_later_act_takes_a_planned_change_back_and_says_why(desk: Desk) -> None:
    earlier, _later = replacement_and_reversal(desk)
    assert (earlier.reversed_on, earlier.reversal_reason) == (date(2024, 2, 26), "§ 3 bleibt neben § 3a.")


def test_what_was_taken_back_stays_readable(desk: Desk) -> None:
    earlier, _later = replacement_and_reversal(desk)
    assert (earlier.old_citation, earlier.new_citation, earlier.in_force) == ("§ 3", "§ 3a", date(2024, 3, 1))


def test_a_bill_takes_nothing_back_before_it_is_promulgated(desk: Desk) -> None:
    earlier, later = replacement_and_reversal(desk, stage=Stage.BUNDESTAG)
    assert earlier.reversed_on is None
    desk.change(later, stage=Stage.PROMULGATED, promulgated=date(2024, 2, 26))
    earlier.refresh_from_db()
    assert earlier.reversed_on == date(2024, 2, 26)


def test_an_act_that_fails_after_all_gives_free_what_it_had_taken_back(desk: Desk) -> None:
    earlier, later = replacement_and_reversal(desk)
    desk.change(later, stage=Stage.FAILED, promulgated=None)
    earlier.refresh_from_db()
    assert (earlier.reversed_on, earlier.reversal_reason) == (None, "")


def test_a_reversing_line_that_is_dropped_gives_free_what_it_had_taken_back(desk: Desk) -> None:
    earlier, later = replacement_and_reversal(desk)
    desk.drop(later.changes.get())
    earlier.refresh_from_db()
    assert earlier.reversed_on is None


def test_a_reversing_line_that_points_elsewhere_gives_the_first_one_free(desk: Desk) -> None:
    earlier, later = replacement_and_reversal(desk)
    another = desk.plan(earlier.act, old_citation="§ 1", in_force=date(2024, 3, 1))
    desk.plan(later, change=later.changes.get(), reverses=another, new_citation="§ 1", old_citation="§ 1")
    earlier.refresh_from_db()
    another.refresh_from_db()
    assert (earlier.reversed_on, another.reversed_on) == (None, date(2024, 2, 26))


def test_what_two_acts_take_back_stays_so_when_one_lets_go(desk: Desk) -> None:
    earlier, later = replacement_and_reversal(desk)
    second = desk.act("Zweites Rettungsgesetz", Stage.PROMULGATED, date(2024, 2, 28))
    desk.plan(second, kind=Kind.KEPT, reverses=earlier)
    desk.drop(later.changes.get())
    earlier.refresh_from_db()
    assert earlier.reversed_on == date(2024, 2, 26)


def test_what_took_effect_cannot_be_taken_back(desk: Desk) -> None:
    earlier = desk.plan(desk.act(), in_force=date(2024, 3, 1))
    later = desk.act("Zu spät", Stage.PROMULGATED, date(2024, 3, 2))
    with pytest.raises(Refusal, match="has already taken effect"):
        desk.plan(later, kind=Kind.KEPT, reverses=earlier)
    earlier.refresh_from_db()
    assert (earlier.reversed_on, later.changes.count()) == (None, 0)


def test_a_line_that_was_taken_back_cannot_be_changed(desk: Desk) -> None:
    earlier, _later = replacement_and_reversal(desk)
    with pytest.raises(NotNow, match="was taken back"):
        desk.plan(earlier.act, change=earlier, in_force=date(2024, 4, 1))


def test_a_line_is_dropped_with_a_reason_and_stays_readable(desk: Desk) -> None:
    line = desk.plan(desk.act())
    desk.drop(line, "Vom Bundestag gestrichen.")
    line.refresh_from_db()
    assert (line.reversed_on, line.reversal_reason) == (NOW.date(), "Vom Bundestag gestrichen.")


def test_dropping_needs_a_reason(desk: Desk) -> None:
    line = desk.plan(desk.act())
    with pytest.raises(Refusal, match="Please say why"):
        desk.drop(line, "  ")


def test_dropping_twice_is_refused(desk: Desk) -> None:
    line = desk.plan(desk.act())
    desk.drop(line)
    with pytest.raises(NotNow, match="was taken back"):
        desk.drop(line)


# --- What became of it ---


def test_a_planned_change_is_tied_to_the_reading_that_shows_it(desk: Desk) -> None:
    line = desk.plan(desk.act(), in_force=date(2024, 3, 1))
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build="20240301000000"), MARCH)
    line.refresh_from_db()
    assert line.seen_in == Change.objects.get()


def test_a_planned_new_provision_finds_its_provision_in_the_reading(desk: Desk) -> None:
    line = desk.plan(desk.act(), old_citation="", new_citation="§ 3a", kind=Kind.NEW, in_force=date(2024, 3, 1))
    bring(
        probe(Section("§ 3a", "Ganz neues Recht ohne Vorbild, das niemand kennt.", "Neu"), build="20240301000000"),
        MARCH,
    )
    line.refresh_from_db()
    assert (line.provision, line.seen_in) == (section("§ 3a"), Change.objects.get())


def test_a_plan_recorded_late_is_tied_to_what_the_text_showed_already(desk: Desk) -> None:
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build="20240301000000"), MARCH)
    assert desk.plan(desk.act(), in_force=date(2024, 3, 1)).seen_in == Change.objects.get()


def test_a_change_long_before_its_day_is_another_one(desk: Desk) -> None:
    line = desk.plan(desk.act(), in_force=JUNE + timedelta(days=60))
    bring(probe(Section("§ 3", OTHER, "Gebühren"), build="20240301000000"), MARCH)
    line.refresh_from_db()
    assert line.seen_in is None


# --- Which law a line is about ---


@pytest.fixture
def other_law() -> Law:
    content = law_xml(Section("§ 3", OTHER), Section("Art. 5", OTHER), name="AnderG", number="BJNR2")
    bring(content, date(2023, 11, 22), name="anderg.xml")
    return the_law("AnderG")


@pytest.mark.parametrize(
    "words", ["§ 2", "§2", "2", "§ 2 Absatz 2", "2 Abs. 2", "§ 2 ProbeG", "2 probeg", "ProbeG § 2"]
)
def test_a_provision_is_understood_as_of_the_law_the_line_names(desk: Desk, other_law: Law, words: str) -> None:
    assert desk.plan(desk.act(), old_citation=words).provision == section("§ 2", the_law())


@pytest.mark.parametrize("words", ["§ 2", "2", "§ 2 Absatz 1"])
def test_a_bare_provision_is_of_the_one_law_the_other_lines_concern(desk: Desk, other_law: Law, words: str) -> None:
    act = desk.act()
    desk.plan(act)
    line = desk.plan(act, law=None, old_citation=words)
    assert (line.law, line.provision) == (the_law(), section("§ 2", the_law()))


def test_a_bare_article_is_of_the_one_law_the_other_lines_concern(desk: Desk, other_law: Law) -> None:
    act = desk.act()
    desk.plan(act, law=other_law)
    line = desk.plan(act, law=None, old_citation="Art. 5")
    assert (line.law, line.provision.designation) == (other_law, "Art. 5")


def test_the_citation_itself_names_the_law_before_the_other_lines_do(desk: Desk, other_law: Law) -> None:
    act = desk.act()
    desk.plan(act)
    assert desk.plan(act, law=None, old_citation="§ 3 AnderG").law == other_law
    assert desk.plan(act, law=None, old_citation="", new_citation="§ 7 AnderG", kind=Kind.NEW).law == other_law


@pytest.mark.parametrize("laws", [0, 2])
def test_a_bare_provision_of_none_or_several_laws_is_refused_with_what_to_type(
    desk: Desk, other_law: Law, laws: int
) -> None:
    act = desk.act()
    for law in [the_law(), other_law][:laws]:
        desk.plan(act, law=law)
    with pytest.raises(
        Refusal, match="Of which law\\? Fill in the law, or write it behind the provision: “§ 2 AufenthG”"
    ):
        desk.plan(act, law=None, old_citation="§ 2")
    assert act.changes.count() == laws


def test_a_line_without_a_law_that_is_not_in_stock_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="AufenthG is not in our stock; import it first"):
        desk.plan(desk.act(), law=None, old_citation="§ 2 AufenthG")


def test_a_citation_of_another_law_than_the_line_is_about_is_refused(desk: Desk, other_law: Law) -> None:
    with pytest.raises(Refusal, match="“§ 3 AnderG” belongs to AnderG, but this line is about ProbeG"):
        desk.plan(desk.act(), old_citation="§ 3 AnderG")


def test_altering_a_line_without_naming_the_law_keeps_it(desk: Desk, other_law: Law) -> None:
    act = desk.act()
    line = desk.plan(act, law=other_law)
    desk.plan(act)
    act.refresh_from_db()
    altered = acts.plan_change(act, change=line, revision=act.revision, summary="Anders.", **desk.common)
    assert altered.law == other_law


# --- Announcing ---


def test_announcing_names_every_law_once(desk: Desk) -> None:
    act = desk.act()
    desk.plan(act, old_citation="§ 1")
    desk.plan(act, old_citation="§ 2")
    act.refresh_from_db()
    acts.announce(act, revision=act.revision, **desk.common)
    fact = Entry.objects.get(fact="law.ActAnnounced")
    assert fact.payload == {"act_id": act.pk, "revision": act.revision, "law_ids": [the_law().pk]}


def test_an_act_without_a_provision_cannot_be_announced(desk: Desk) -> None:
    with pytest.raises(NotNow, match="names no provision yet"):
        acts.announce(desk.act(), revision=1, **desk.common)


def test_a_failed_act_cannot_be_announced(desk: Desk) -> None:
    act = desk.act(stage=Stage.FAILED)
    desk.plan(act)
    act.refresh_from_db()
    with pytest.raises(NotNow, match="has failed"):
        acts.announce(act, revision=act.revision, **desk.common)


def test_announcing_from_an_old_page_is_refused(desk: Desk) -> None:
    act = desk.act()
    desk.plan(act)
    with pytest.raises(Stale):
        acts.announce(act, revision=1, **desk.common)


@pytest.mark.parametrize("who", ["emre", "sam", "tariq", "marlene", "konrad", "stranger"])
def test_only_legal_officers_and_the_head_record_acts(who: str, request: pytest.FixtureRequest, ruth: Account) -> None:
    Desk(ruth).act()  # it could be done
    with pytest.raises(NotYours):
        Desk(request.getfixturevalue(who)).act()
    assert Act.objects.count() == 1
