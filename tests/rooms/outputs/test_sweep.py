"""The sweep: every verdict, compared with a slow reckoning; twice does nothing; as many statements for ten as for 300."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Notice
from nahtstelle.register.people.models import Account, Person
from nahtstelle.rooms.law.models import Act, Law, PlannedChange
from nahtstelle.rooms.outputs import actions, letting_go, opening, sweep
from nahtstelle.rooms.outputs.models import Impact, Output, Wave
from nahtstelle.rooms.outputs.words import NOTICE_KIND
from tests.rooms.outputs.making import BY, NOW, TODAY, Cast, Shelf, act_as, cite, draft, person, published, ready, shelf

Verdict, State, Outcome = Impact.Verdict, Output.State, Impact.Outcome


def run(law: Shelf, **more: Any) -> Wave | None:
    return sweep.sweep_reading(law.readings[-1], by=BY, at=more.get("at", NOW))


def verdicts(wave: Wave | None) -> dict[tuple[int, int], str]:
    impacts = wave.impacts.all() if wave else []
    return {(impact.output_id, impact.provision_id): impact.verdict for impact in impacts}


def states(*outputs: Output) -> list[str]:
    found = dict(Output.objects.values_list("pk", "state"))
    return [found[output.pk] for output in outputs]


# --- each verdict ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "parts", "cited", "verdict", "state"),
    [
        ("amended", [("/A1/", False)], "/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("amended", [("/A1/", False)], "/A1/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("amended", [("/A1/S2/", False)], "/A1/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("amended", [("/A1/", False)], "/A1/S2/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("amended", [("/A1/", False)], "/A2/", Verdict.ELSEWHERE, State.PUBLISHED),
        ("amended", [("/A1/", False)], "/A11/", Verdict.ELSEWHERE, State.PUBLISHED),
        ("amended", [("/A1/", True)], "/A1/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("amended", [("/A1/", True)], "/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("amended", [("/A1/", True)], "/A1/S1/", Verdict.ELSEWHERE, State.PUBLISHED),
        ("amended", [("/", False)], "/A7/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("renumbered", [], "/A1/", Verdict.RENUMBERED, State.PUBLISHED),
        ("renumbered", [("/A1/", False)], "/A1/", Verdict.TOUCHED, State.UNDER_REVIEW),
        ("renumbered", [("/A1/", False)], "/A2/", Verdict.RENUMBERED, State.PUBLISHED),
        ("repealed", [], "/A2/", Verdict.REPEALED, State.UNDER_REVIEW),
        ("removed", [], "/", Verdict.REPEALED, State.UNDER_REVIEW),
        ("merged", [], "/A2/", Verdict.REPEALED, State.UNDER_REVIEW),
    ],
)
def test_what_a_change_means_for_a_citation(
    cast: Cast, law: Shelf, kind: str, parts: list[tuple[str, bool]], cited: str, verdict: str, state: str
) -> None:
    output = ready()
    cite(output, law.provisions[0], path=cited)
    law.change(0, kind, parts=parts)
    assert verdicts(run(law)) == {(output.pk, law.provisions[0].pk): verdict}
    assert states(output) == [state]


def test_of_several_citations_the_strongest_counts(cast: Cast, law: Shelf) -> None:
    output = ready()
    for path in ("/A3/", "/A1/", "/A2/"):
        cite(output, law.provisions[0], path=path)
    law.change(0, parts=[("/A1/", False)])
    assert verdicts(run(law)) == {(output.pk, law.provisions[0].pk): Verdict.TOUCHED}


def test_a_change_without_substance_concerns_nobody(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0])
    law.change(0, parts=[("/", False)], substance=False)
    assert (run(law), Wave.objects.count()) == (None, 0)


def test_the_old_wording_is_touched_by_nothing_new(cast: Cast, law: Shelf) -> None:
    old, new = ready(), ready()
    cite(old, law.provisions[0], note="a.F.")
    cite(new, law.provisions[0], note="n.F.")
    law.change(0, parts=[("/", False)])
    assert verdicts(run(law)) == {(new.pk, law.provisions[0].pk): Verdict.TOUCHED}


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_what_readers_are_led_away_from_is_not_touched(cast: Cast, law: Shelf, state: str) -> None:
    cite(ready(state=state), law.provisions[0])
    law.change(0, parts=[("/", False)])
    assert run(law) is None


def test_what_is_cited_in_the_working_text_only_is_not_touched(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0], is_published=False)
    cite(draft(cast.emre), law.provisions[0], is_published=False)
    law.change(0, parts=[("/", False)])
    assert run(law) is None


def test_a_second_sweep_does_nothing(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0])
    law.change(0, parts=[("/", False)])
    first = run(law)
    before = (Impact.objects.count(), Duty.objects.count(), Notice.objects.count())
    assert first is not None and run(law) is None
    assert (Impact.objects.count(), Duty.objects.count(), Notice.objects.count()) == before


def test_each_text_is_a_duty_and_each_owner_told_once(cast: Cast, law: Shelf) -> None:
    mine = [ready(owner=cast.emre.person) for _ in range(3)]
    yours = ready(owner=cast.rita.person)
    for output in (*mine, yours):
        cite(output, law.provisions[0])
        cite(output, law.provisions[1])
    law.change(0, parts=[("/", False)])
    law.change(1, parts=[("/", False)])
    wave = run(law)
    assert wave is not None
    duties = Duty.objects.values_list("owner__name", "subject_title", "due", "link")
    due = TODAY + timedelta(days=14)
    assert sorted(duties) == sorted(
        (o.owner.name, o.title, due, f"/veroeffentlichungen/wellen/{wave.pk}/{o.pk}/") for o in (*mine, yours)
    )
    assert sorted(Notice.objects.values_list("person__name", flat=True)) == ["Emre", "Rita"]


def test_an_owner_without_an_account_is_on_the_coordinators_desk(cast: Cast, law: Shelf) -> None:
    cite(ready(owner=person("Ohne Konto", account=False)), law.provisions[0])
    law.change(0, parts=[("/", False)])
    run(law)
    duty = Duty.objects.get()
    assert (duty.escalated_because, duty.escalated_to) == ("no-account", None)


def test_a_variant_is_its_own_owners_duty(cast: Cast, law: Shelf) -> None:
    base = published(cast, owner=cast.emre.person)
    variant = published(cast, owner=cast.rita.person, base=base, language="en")
    for output in (base, variant):
        cite(output, law.provisions[0])
    law.change(0, parts=[("/", False)])
    run(law)
    assert sorted(Duty.objects.values_list("owner__name", flat=True)) == ["Emre", "Rita"]


def test_a_provision_renumbered_twice_carries_its_citation_along(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0], path="/A1/")
    law.change(0, "renumbered")
    first = run(law)
    law.next_reading()
    law.change(0, "renumbered")
    second = run(law)
    expected = {(output.pk, law.provisions[0].pk): Verdict.RENUMBERED}
    assert (verdicts(first), verdicts(second)) == (expected, expected)


# --- a reading that is taken back --------------------------------------------------------------------------------------


def test_a_reading_taken_back_leaves_no_trace(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0])
    law.change(0, parts=[("/", False)])
    run(law)
    letting_go.let_go(law.readings[-1], by=BY, at=NOW)
    assert (states(output), Wave.objects.count(), Impact.objects.count()) == ([State.PUBLISHED], 0, 0)
    assert list(Duty.objects.values_list("state", flat=True)) == ["dropped"]


def test_a_text_stays_under_review_where_another_wave_holds_it(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0])
    law.change(0, parts=[("/", False)])
    run(law)
    law.next_reading()
    law.change(0, parts=[("/", False)])
    run(law)
    letting_go.let_go(law.readings[-1], by=BY, at=NOW)
    assert (states(output), Wave.objects.count()) == ([State.UNDER_REVIEW], 1)


def test_provisions_that_leave_the_stock_leave_their_citations_in_words(cast: Cast, law: Shelf) -> None:
    output = ready()
    row = cite(output, law.provisions[0])
    letting_go.let_go(law.readings[-1], by=BY, at=NOW)
    row.refresh_from_db()
    assert (row.provision, row.words) == (None, "§ 1 BspG")


# --- acts ---------------------------------------------------------------------------------------------------------------


def act(slug: str = "g1", *, stage: str = "draft") -> Act:
    return Act.objects.create(slug=slug, title=f"Gesetz {slug}", stage=stage, created_at=NOW)


def plan(
    of: Act, law: Shelf, provision: int, *, path: str = "/", in_force: date | None = None, **more: Any
) -> PlannedChange:
    return PlannedChange.objects.create(
        act=of, law=law.law, provision=law.provisions[provision], kind="amended", path=path,
        in_force=in_force or date(2027, 3, 1), old_citation=law.provisions[provision].designation, **more,
    )  # fmt: skip


def announce(of: Act, law: Shelf, *, revision: int = 1) -> Wave | None:
    return sweep.sweep_act(of, law.law, revision=revision, by=BY, at=NOW)


def reverse(earlier: PlannedChange, of: Act, law: Shelf) -> None:
    """As the room law does: a line of a later act takes an earlier line back."""
    number = law.provisions.index(earlier.provision)
    PlannedChange.objects.create(
        act=of, law=law.law, provision=law.provisions[number], kind="kept", reverses=earlier, path=earlier.path
    )
    PlannedChange.objects.filter(pk=earlier.pk).update(reversed_on=TODAY)


def test_an_announced_change_warns_but_starts_no_review(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0], path="/A1/")
    coming = act()
    plan(coming, law, 0, path="/A1/S1/")
    wave = announce(coming, law)
    assert wave is not None
    impact = wave.impacts.get()
    assert (impact.verdict, impact.announced_for) == (Verdict.ANNOUNCED, date(2027, 3, 1))
    assert states(output) == [State.PUBLISHED]


def test_another_part_announced_is_elsewhere(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0], path="/A1/")
    coming = act()
    plan(coming, law, 0, path="/A2/")
    assert verdicts(announce(coming, law)) == {(output.pk, law.provisions[0].pk): Verdict.ELSEWHERE}


@pytest.mark.parametrize(
    ("in_force", "due"),
    [(TODAY + timedelta(days=5), TODAY + timedelta(days=5)), (TODAY + timedelta(days=90), TODAY + timedelta(days=14))],
)
def test_answers_are_due_before_it_takes_effect(cast: Cast, law: Shelf, in_force: date, due: date) -> None:
    cite(ready(), law.provisions[0])
    coming = act()
    plan(coming, law, 0, in_force=in_force)
    wave = announce(coming, law)
    assert wave is not None and wave.due == due


def test_the_same_announcement_again_does_nothing(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0])
    coming = act()
    plan(coming, law, 0)
    announce(coming, law)
    assert (announce(coming, law), Duty.objects.count()) == (None, 1)


def test_a_reversal_replaces_what_was_announced(cast: Cast, law: Shelf) -> None:
    """§ 60c AufenthG: to be replaced on 1 March 2024, kept by an act of 26 February."""
    output = ready()
    cite(output, law.provisions[0])
    first, second = act("g1"), act("g2")
    line = plan(first, law, 0)
    old = announce(first, law)
    reverse(line, second, law)
    new = announce(second, law)
    assert old is not None and new is not None
    assert old.impacts.get().outcome == Outcome.DROPPED
    assert verdicts(new) == {(output.pk, law.provisions[0].pk): Verdict.REVERSED}
    assert dict(Duty.objects.values_list("cause", "state")) == {f"wave:{old.pk}": "dropped", f"wave:{new.pk}": "open"}


def test_a_reversal_leaves_what_a_third_act_announced(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0])
    first, other, second = act("g1"), act("g2"), act("g3")
    line = plan(first, law, 0)
    plan(other, law, 0)
    announce(first, law)
    kept = announce(other, law)
    reverse(line, second, law)
    announce(second, law)
    assert kept is not None and kept.impacts.get().outcome == ""


def test_a_reversal_of_one_part_leaves_the_other_announced(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0])
    first, second = act("g1"), act("g2")
    line = plan(first, law, 0, path="/A1/")
    plan(first, law, 0, path="/A2/")
    old = announce(first, law)
    reverse(line, second, law)
    announce(second, law)
    assert old is not None and old.impacts.get().outcome == ""


def test_a_duty_stays_where_another_provision_of_its_wave_is_open(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0])
    cite(output, law.provisions[1])
    first, second = act("g1"), act("g2")
    line = plan(first, law, 0)
    plan(first, law, 1)
    old = announce(first, law)
    reverse(line, second, law)
    announce(second, law)
    assert old is not None
    assert dict(old.impacts.values_list("provision", "outcome")) == {
        law.provisions[0].pk: Outcome.DROPPED, law.provisions[1].pk: "",
    }  # fmt: skip
    assert Duty.objects.get(cause=f"wave:{old.pk}").state == "open"


def test_a_newer_state_of_an_act_takes_the_place_of_the_older(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0])
    coming = act()
    plan(coming, law, 0)
    old = announce(coming, law, revision=1)
    new = announce(coming, law, revision=2)
    assert old is not None and new is not None
    assert (old.impacts.get().outcome, new.impacts.get().outcome) == (Outcome.DROPPED, "")


def test_what_was_announced_is_judged_by_the_reading_that_brings_it(cast: Cast, law: Shelf) -> None:
    output = ready()
    cite(output, law.provisions[0])
    coming = act()
    line = plan(coming, law, 0)
    announced = announce(coming, law)
    change = law.change(0, parts=[("/", False)])
    PlannedChange.objects.filter(pk=line.pk).update(seen_in=change)
    wave = run(law)
    assert announced is not None and wave is not None
    assert announced.impacts.get().outcome == Outcome.DROPPED
    assert list(Duty.objects.filter(state="open").values_list("cause", flat=True)) == [f"wave:{wave.pk}"]


# --- what was published after the wave ----------------------------------------------------------------------------------


def test_a_text_submitted_before_the_change_and_published_after_it_joins_the_wave(cast: Cast, law: Shelf) -> None:
    output = draft(cast.emre, at=NOW)
    cite(output, law.provisions[0], is_published=False)
    output = actions.submit(output, **act_as(cast.emre, at=NOW))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth, at=NOW))
    law.next_reading(at=NOW + timedelta(hours=1))
    law.change(0, parts=[("/", False)])
    assert run(law, at=NOW + timedelta(hours=1)) is None  # nothing published cites it yet
    actions.publish(output, **act_as(cast.ruth, at=NOW + timedelta(hours=2)))
    assert states(output) == [State.UNDER_REVIEW]
    assert list(Duty.objects.values_list("owner__name", "state")) == [("Emre", "open")]


def test_a_text_published_between_the_reading_and_its_sweep_leaves_nobody_else_out(cast: Cast, law: Shelf) -> None:
    output = draft(cast.emre, at=NOW)
    cite(output, law.provisions[0], is_published=False)
    output = actions.submit(output, **act_as(cast.emre, at=NOW))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth, at=NOW))
    other = ready(owner=cast.rita.person)
    cite(other, law.provisions[0])
    law.next_reading(at=NOW + timedelta(hours=1))
    law.change(0, parts=[("/", False)])
    actions.publish(output, **act_as(cast.ruth, at=NOW + timedelta(hours=2)))
    wave = run(law, at=NOW + timedelta(hours=3))
    assert {output_id for output_id, _provision in verdicts(wave)} == {output.pk, other.pk}
    assert states(output, other) == [State.UNDER_REVIEW, State.UNDER_REVIEW]
    assert sorted(Duty.objects.values_list("owner__name", flat=True)) == ["Emre", "Rita"]
    assert sorted(Notice.objects.filter(kind=NOTICE_KIND).values_list("person__name", flat=True)) == ["Emre", "Rita"]


def test_a_text_submitted_after_the_change_is_clean(cast: Cast, law: Shelf) -> None:
    law.next_reading(at=NOW)
    law.change(0, parts=[("/", False)])
    run(law)
    output = draft(cast.emre, at=NOW + timedelta(hours=1))
    cite(output, law.provisions[0], is_published=False)
    output = actions.submit(output, **act_as(cast.emre, at=NOW + timedelta(hours=1)))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth, at=NOW + timedelta(hours=2)))
    actions.publish(output, **act_as(cast.ruth, at=NOW + timedelta(hours=2)))
    assert (states(output), Duty.objects.count()) == ([State.PUBLISHED], 0)


# --- generated: compared with a slow reckoning ---------------------------------------------------------------------------

PATHS = ["/", "/A1/", "/A2/", "/A1/S1/", "/A1/S2/", "/A11/", "/A1/S1/N1/", "/A2/S1/"]
KINDS = ["amended", "renumbered", "repealed", "removed", "merged", "split", "re-enacted"]
CITATIONS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(PATHS), st.booleans(), st.sampled_from(["", "", "", "a.F.", "n.F."])),
    max_size=5, unique_by=lambda one: (one[0], one[1], one[3]),
)  # fmt: skip
OUTPUTS = st.lists(
    st.tuples(st.sampled_from(["published", "under_review", "superseded", "withdrawn"]), CITATIONS), max_size=6
)
PARTS = st.lists(st.tuples(st.sampled_from(PATHS), st.booleans()), max_size=3, unique_by=lambda one: one[0])
CHANGES = st.dictionaries(st.integers(0, 3), st.tuples(st.sampled_from(KINDS), st.booleans(), PARTS), max_size=4)


def steps_of(path: str) -> list[str]:
    return [step for step in path.split("/") if step]


def lies_in(inner: str, outer: str) -> bool:
    return steps_of(inner)[: len(steps_of(outer))] == steps_of(outer)


def reckon(kind: str, parts: Iterable[tuple[str, bool]], cited: str) -> int:
    """The verdict on one citation, as an index into the ranks, step by step."""
    if kind in ("repealed", "removed", "merged"):
        return opening.RANK.index(Verdict.REPEALED)
    for path, grown in parts:
        if lies_in(path, cited) or (not grown and lies_in(cited, path)):
            return opening.RANK.index(Verdict.TOUCHED)
    return opening.RANK.index(Verdict.RENUMBERED if kind == "renumbered" else Verdict.ELSEWHERE)


class TestAgainstASlowReckoning(TestCase):
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(outputs=OUTPUTS, changes=CHANGES)
    def test_a_reading(self, outputs: list[Any], changes: dict[int, Any]) -> None:
        law = shelf()
        texts = [(ready(state=state), state, citations) for state, citations in outputs]
        for output, _state, citations in texts:
            for provision, path, is_published, note in citations:
                cite(output, law.provisions[provision], path=path, is_published=is_published, note=note)
        for provision, (kind, substance, parts) in changes.items():
            law.change(provision, kind, parts=parts, substance=substance)
        expected: dict[tuple[int, int], str] = {}
        for output, state, citations in texts:
            for number, (kind, substance, parts) in changes.items():
                ranks = [
                    reckon(kind, parts, path)
                    for provision, path, is_published, note in citations
                    if provision == number and is_published and note != "a.F."
                ]
                if ranks and substance and state in ("published", "under_review"):
                    expected[output.pk, law.provisions[number].pk] = opening.RANK[min(ranks)]
        wave = run(law)
        self.assertEqual(verdicts(wave), expected)
        reviewed = {output for (output, _p), verdict in expected.items() if verdict in opening.STRONG}
        for output, state, _citations in texts:
            wanted = State.UNDER_REVIEW if output.pk in reviewed else state
            self.assertEqual(states(output), [wanted])
        self.assertEqual(
            sorted(Duty.objects.values_list("subject_id", flat=True)), sorted({output for output, _p in expected})
        )

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        outputs=OUTPUTS,
        lines=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(PATHS), st.booleans(), st.booleans()), max_size=5),
    )
    def test_an_act(self, outputs: list[Any], lines: list[Any]) -> None:
        law = shelf()
        texts = [(ready(state=state), state, citations) for state, citations in outputs]
        for output, _state, citations in texts:
            for provision, path, is_published, note in citations:
                cite(output, law.provisions[provision], path=path, is_published=is_published, note=note)
        earlier, coming = act("g1"), act("g2")
        for provision, path, reverses, dropped in lines:
            other = plan(earlier, law, provision, path=path) if reverses else None
            plan(coming, law, provision, path=path, reverses=other, reversed_on=TODAY if dropped else None)
        expected: dict[tuple[int, int], str] = {}
        for output, state, citations in texts:
            for provision, path, is_published, note in citations:
                for number, planned, reverses, dropped in lines:
                    if number != provision or dropped or not is_published or note == "a.F.":
                        continue
                    if state not in ("published", "under_review"):
                        continue
                    verdict = Verdict.REVERSED if reverses else Verdict.ANNOUNCED
                    if not (lies_in(planned, path) or lies_in(path, planned)):
                        verdict = Verdict.ELSEWHERE
                    key = (output.pk, law.provisions[provision].pk)
                    expected[key] = min(expected.get(key, verdict), verdict, key=opening.RANK.index)
        self.assertEqual(verdicts(announce(coming, law)), expected)


# --- very many -----------------------------------------------------------------------------------------------------------


def many(number: int, law: Shelf) -> list[Output]:
    owners = list(Person.objects.filter(account__in=Account.objects.all())[:5])
    outputs = [ready(owner=owners[n % len(owners)]) for n in range(number)]
    for output in outputs:
        cite(output, law.provisions[0], path="/A1/")
    return outputs


def statements_of(work: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert work() is not None
    return len(caught)


def test_a_sweep_takes_as_many_statements_for_ten_texts_as_for_three_hundred(cast: Cast) -> None:
    numbers = []
    for name, amount in (("KleinG", 10), ("GrossG", 300)):
        law = shelf(name)
        many(amount, law)
        law.change(0, parts=[("/A1/", False)])
        numbers.append(statements_of(lambda law=law: run(law)))
    assert numbers[0] == numbers[1]


def test_a_reversal_takes_as_many_statements_for_ten_texts_as_for_three_hundred(cast: Cast) -> None:
    numbers = []
    for name, amount in (("KleinG", 10), ("GrossG", 300)):
        law = shelf(name)
        many(amount, law)
        first, second = act(f"{name}-1"), act(f"{name}-2")
        line = plan(first, law, 0)
        announce(first, law)
        reverse(line, second, law)
        numbers.append(statements_of(lambda second=second, law=law: announce(second, law)))
        assert Impact.objects.filter(wave__law=law.law, outcome=Outcome.DROPPED).count() == amount
        assert (
            Duty.objects.filter(
                subject_id__in=Impact.objects.filter(wave__law=law.law).values("output"), state="dropped"
            ).count()
            == amount
        )
    assert numbers[0] == numbers[1]


def test_the_laws_of_others_are_left_alone(cast: Cast, law: Shelf) -> None:
    cite(ready(), law.provisions[0])
    other = shelf("AndG")
    other.change(0, parts=[("/", False)])
    assert (run(other), Law.objects.count()) == (None, 2)
