"""An import that is taken back: whatever its readings had set in motion, or made needless, is as it was before."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.register.duties.models import Duty
from nahtstelle.rooms.law import acts, undoing
from nahtstelle.rooms.law.models import Act, Announcement, Import, Law, PlannedChange, Provision, Reading
from nahtstelle.rooms.outputs.models import Citation, Impact, Output, Wave
from tests.cast import come_in
from tests.rooms.outputs.making import BY, NOW, Cast, act_as, published, take_in

pytestmark = pytest.mark.django_db
JANUARY, JUNE = date(2026, 1, 7), date(2026, 6, 3)
HOUR = timedelta(hours=1)
OLD = ["(1) Wer eine Ausbildung beginnt, darf für ihre Dauer bleiben.", "(2) Die Frist beträgt drei Monate."]
NEW = ["(1) Wer eine Ausbildung beginnt, darf für ihre Dauer bleiben.", "(2) Die Frist beträgt neun Monate."]
STABLE = ["Das Bundesministerium erlässt die Vorschriften über Gebühren und Auslagen."]
FRESH = ["Wer die Prüfung besteht, erhält eine Aufenthaltserlaubnis für zwei Jahre."]
COMING = "Änderung durch Art. 2 G v. 1.3.2026 I Nr. 70 mWv 1.6.2026 noch nicht berücksichtigt"
NEXT = "Änderung durch Art. 5 G v. 1.5.2026 I Nr. 99 mWv 1.1.2027 noch nicht berücksichtigt"


def promulgate(cast: Cast, *citations: str, at: datetime = NOW) -> Act:
    """An act that amends these provisions of the law from 1 June 2026, recorded and announced."""
    common: dict[str, Any] = act_as(cast.jana, at=at)
    act = acts.record_act(title="Erstes Gesetz", stage=Act.Stage.PROMULGATED, promulgated=date(2026, 3, 2), **common)
    for citation in citations:
        acts.plan_change(
            act, revision=act.revision, law=Law.objects.get(), old_citation=citation, kind="amended",
            in_force=date(2026, 6, 1), **common,
        )  # fmt: skip
        act.refresh_from_db()
    announce(act, cast, at=at)
    return act


def announce(act: Act, cast: Cast, *, at: datetime = NOW) -> None:
    acts.announce(act, revision=act.revision, **act_as(cast.jana, at=at))
    deliver_all(at=at)


def second_reading() -> Import:
    take_in("BspG", {"§ 1": NEW, "§ 2": STABLE, "§ 3": FRESH}, on=JUNE, at=NOW + HOUR, remarks=[NEXT])
    return Import.objects.latest("pk")


def undo(batch: Import, *, at: datetime = NOW + 2 * HOUR) -> None:
    undoing.undo(batch, why="Falsches Datum.", by=BY, at=at)
    deliver_all(at=at)


def everything() -> dict[str, list[Any]]:
    """What readers, owners and staff have before them, row by row; what was dropped for good is no part of it."""
    kept = [Law, Reading, Provision, Announcement, PlannedChange, Wave, Impact, Citation, Output]
    rows = {model.__name__: sorted(model.objects.values_list(), key=str) for model in kept}
    rows["Duty"] = sorted(Duty.objects.exclude(state=Duty.State.DROPPED).values_list(), key=str)
    return rows


@pytest.fixture
def texts(cast: Cast) -> list[Output]:
    """The law as first seen, two published texts that cite it, and one that cites what it does not have yet."""
    take_in("BspG", {"§ 1": OLD, "§ 2": STABLE}, on=JANUARY, remarks=[COMING])
    bodies = ["Siehe § 1 Absatz 2 BspG.", "Siehe § 1 BspG und § 2 BspG.", "Bald auch § 3 BspG."]
    return [published(cast, title=f"Hilfe {number}", body=body) for number, body in enumerate(bodies)]


def test_everything_is_as_it_was_before_the_import(cast: Cast, texts: list[Output]) -> None:
    promulgate(cast, "§ 1 Absatz 2")
    before = everything()
    batch = second_reading()
    after = everything()
    changed = {name for name in before if before[name] != after[name]}
    assert changed >= {"Announcement", "Impact", "Duty", "Wave", "PlannedChange", "Output", "Citation"}
    undo(batch)
    assert everything() == before


def test_what_was_announced_and_had_come_is_to_come_again(cast: Cast, texts: list[Output]) -> None:
    promulgate(cast, "§ 1")
    batch = second_reading()
    assert set(Impact.objects.filter(wave__act__isnull=False).values_list("outcome", flat=True)) == {"dropped"}
    undo(batch)
    assert set(Impact.objects.values_list("verdict", "outcome")) == {("announced", "")}
    assert set(Duty.objects.filter(state="open").values_list("subject_title", flat=True)) == {"Hilfe 0", "Hilfe 1"}


def test_a_duty_dropped_by_hand_stays_dropped(cast: Cast, texts: list[Output]) -> None:
    promulgate(cast, "§ 1")
    Duty.objects.filter(subject_id=texts[0].pk).update(state="dropped", settled_at=NOW)
    batch = second_reading()
    undo(batch)
    assert list(Duty.objects.filter(state="open").values_list("subject_title", flat=True)) == ["Hilfe 1"]


def test_a_text_withdrawn_meanwhile_is_not_asked_about_again(cast: Cast, texts: list[Output]) -> None:
    promulgate(cast, "§ 1")
    batch = second_reading()
    Output.objects.filter(pk=texts[0].pk).update(state=Output.State.WITHDRAWN)
    undo(batch)
    assert list(Impact.objects.filter(settled_at=None).values_list("output", flat=True)) == [texts[1].pk]


def test_a_law_that_leaves_altogether_leaves_its_citations_in_words(cast: Cast, texts: list[Output]) -> None:
    undo(Import.objects.get())
    assert (Law.objects.count(), Delivery.objects.exclude(state="done").count()) == (0, 0)
    assert set(Citation.objects.values_list("law", "provision", "reading")) == {(None, None, None)}
    assert "§ 3 BspG" in set(Citation.objects.values_list("words", flat=True))


# --- what an act rests on ------------------------------------------------------------------------------------------------

RESTS = "§ 3 BspG is known only from this import, and texts are checked because “Erstes Gesetz” changes it."


@pytest.fixture
def rested_on(cast: Cast, texts: list[Output]) -> Import:
    """An import that alone knows § 3, which an announced act changes and a text cites."""
    batch = second_reading()
    promulgate(cast, "§ 3", at=NOW + HOUR)
    return batch


def test_an_import_that_alone_knows_what_an_act_changes_cannot_be_taken_back(rested_on: Import) -> None:
    with pytest.raises(Refusal, match=RESTS):
        undoing.undo(rested_on, why="Falsches Datum.", by=BY, at=NOW + 2 * HOUR)
    rested_on.refresh_from_db()
    assert (rested_on.state, Reading.objects.count()) == (Import.State.DONE, 2)


def test_its_page_says_so_beforehand_and_offers_no_button(cast: Cast, rested_on: Import, client: Client) -> None:
    come_in(client, cast.jana)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.get(f"/recht/importe/{rested_on.pk}/").content.decode()
    assert RESTS in page
    assert 'name="undo"' not in page


def test_the_page_of_one_that_can_be_taken_back_offers_the_button(
    cast: Cast, texts: list[Output], client: Client
) -> None:
    come_in(client, cast.jana)
    page = client.get(f"/recht/importe/{Import.objects.get().pk}/").content.decode()
    assert 'name="undo"' in page


def test_the_removal_itself_refuses_with_the_same_sentence(
    cast: Cast, texts: list[Output], caplog: pytest.LogCaptureFixture
) -> None:
    """The act came between the order and the worker."""
    caplog.set_level(logging.CRITICAL, logger="nahtstelle.plumbing.ledger.delivery")
    batch = second_reading()
    undoing.undo(batch, why="Falsches Datum.", by=BY, at=NOW + 2 * HOUR)
    promulgate(cast, "§ 3", at=NOW + HOUR)
    deliver_all(at=NOW + 2 * HOUR)
    left = Delivery.objects.exclude(state="done").order_by("pk")
    assert [one.reaction.rpartition(".")[2] for one in left] == ["let_go", "remove_reading", "law_changed"]
    assert RESTS in left[0].error  # the others wait for their turn
    assert Reading.objects.count() == 2


def test_with_the_line_out_of_the_act_the_import_can_be_taken_back(cast: Cast, rested_on: Import) -> None:
    act, line = Act.objects.get(), PlannedChange.objects.get()
    acts.drop_change(line, revision=act.revision, why="Doch nicht.", **act_as(cast.jana, at=NOW + HOUR))
    act.refresh_from_db()
    announce(act, cast, at=NOW + HOUR)
    undo(rested_on)
    assert Delivery.objects.exclude(state="done").count() == 0
    assert list(Provision.objects.order_by("position").values_list("designation", flat=True)) == ["§ 1", "§ 2"]


def test_asking_whether_an_import_can_be_taken_back_takes_as_many_statements_for_many_laws(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(6):
        take_in(f"Bsp{number}G", {"§ 1": OLD}, on=JANUARY)
    batch = Import.objects.latest("pk")
    for other in Import.objects.exclude(pk=batch.pk):
        other.items.update(batch=batch)
    assert undoing.brought_by(batch).count() == 6
    with django_assert_max_num_queries(5):
        undoing.check_can_be_undone(batch)
