"""Answering a wave: still valid with a reason, corrected by a new edition, withdrawn, superseded."""

from datetime import timedelta

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.duties.models import Duty
from nahtstelle.rooms.outputs import actions, settling, sweep
from nahtstelle.rooms.outputs.models import Citation, Impact, Output, Step, Wave
from tests.rooms.outputs.making import BY, NOW, Cast, Shelf, act_as, bring_out, cite, published, write

Outcome, State = Impact.Outcome, Output.State
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(hours=1)


def touched(cast: Cast, law: Shelf) -> tuple[Output, Wave]:
    """A text of Rita's that a change has put under review."""
    output = published(cast, owner=cast.rita.person, at=BEFORE)
    cite(output, law.provisions[0])
    return output, change(law)


def change(law: Shelf) -> Wave:
    law.next_reading(at=NOW)
    law.change(0, parts=[("/", False)])
    wave = sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    assert wave is not None
    return wave


def state_of(output: Output) -> str:
    return Output.objects.get(pk=output.pk).state


def duty_states() -> list[tuple[str, str]]:
    return list(Duty.objects.order_by("id").values_list("state", "settled_how"))


def test_still_valid_takes_the_banner_down(cast: Cast, law: Shelf) -> None:
    output, wave = touched(cast, law)
    assert state_of(output) == State.UNDER_REVIEW
    settling.confirm_valid(wave, output, reason="Betrifft nur Altfälle.", **act_as(cast.rita, at=AFTER))
    impact = wave.impacts.get()
    assert (impact.outcome, impact.reason, impact.settled_by) == (Outcome.VALID, "Betrifft nur Altfälle.", cast.rita)
    assert (state_of(output), duty_states()) == (State.PUBLISHED, [("settled", "still valid: Betrifft nur Altfälle.")])
    assert output.steps.first().kind == Step.Kind.CONFIRMED


def test_what_was_checked_rests_on_the_new_reading(cast: Cast, law: Shelf) -> None:
    output, wave = touched(cast, law)
    settling.confirm_valid(wave, output, reason="Geprüft.", **act_as(cast.rita, at=AFTER))
    assert Citation.objects.get(output=output).reading == law.readings[-1]


def test_still_valid_wants_a_reason(cast: Cast, law: Shelf) -> None:
    output, wave = touched(cast, law)
    with pytest.raises(Refusal, match="say why"):
        settling.confirm_valid(wave, output, reason=" ", **act_as(cast.rita))


def test_an_answer_is_given_once(cast: Cast, law: Shelf) -> None:
    output, wave = touched(cast, law)
    settling.confirm_valid(wave, output, reason="Ja.", **act_as(cast.rita))
    with pytest.raises(NotNow, match="already answered"):
        settling.confirm_valid(wave, output, reason="Nein.", **act_as(cast.jana))


@pytest.mark.parametrize("who", ["emre", "ines", "sam", "tariq", "konrad", "stranger"])
def test_nobody_else_answers(cast: Cast, law: Shelf, who: str) -> None:
    output, wave = touched(cast, law)
    with pytest.raises(NotYours):
        settling.confirm_valid(wave, output, reason="Ja.", **act_as(cast.everybody()[who]))


def test_one_of_two_waves_answered_leaves_the_banner(cast: Cast, law: Shelf) -> None:
    output, first = touched(cast, law)
    second = change(law)
    settling.confirm_valid(first, output, reason="Ja.", **act_as(cast.rita))
    assert state_of(output) == State.UNDER_REVIEW
    settling.confirm_valid(second, output, reason="Ja.", **act_as(cast.rita))
    assert state_of(output) == State.PUBLISHED


def test_a_new_edition_answers_what_was_known_when_it_was_submitted(cast: Cast, law: Shelf) -> None:
    output, wave = touched(cast, law)
    write(output, cast.emre, body="Berichtigt.")
    bring_out(Output.objects.get(pk=output.pk), cast, at=AFTER, note="an das neue Recht angepasst")
    impact = wave.impacts.get()
    assert (impact.outcome, impact.reason) == (Outcome.CORRECTED, "an das neue Recht angepasst")
    assert (state_of(output), [state for state, _how in duty_states()]) == (State.PUBLISHED, ["settled"])


def test_an_edition_submitted_before_the_change_does_not_answer_it(cast: Cast, law: Shelf) -> None:
    output = published(cast, owner=cast.rita.person, at=BEFORE)
    cite(output, law.provisions[0])
    write(output, cast.emre, body="Vorher geschrieben.", at=BEFORE)
    output = actions.submit(Output.objects.get(pk=output.pk), **act_as(cast.emre, at=BEFORE))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth, at=BEFORE))
    wave = change(law)
    actions.publish(output, **act_as(cast.ruth, at=AFTER))
    assert (wave.impacts.get().outcome, state_of(output)) == ("", State.UNDER_REVIEW)
    assert [state for state, _how in duty_states()] == ["open"]


def test_withdrawing_answers_every_wave(cast: Cast, law: Shelf) -> None:
    output, _first = touched(cast, law)
    change(law)
    actions.withdraw(output, why="überholt", **act_as(cast.rita, at=AFTER))
    assert set(Impact.objects.values_list("outcome", flat=True)) == {Outcome.WITHDRAWN}
    assert {state for state, _how in duty_states()} == {"settled"}


def test_a_successor_answers_for_itself(cast: Cast, law: Shelf) -> None:
    output, _wave = touched(cast, law)
    successor = published(cast, title="Nachfolger")
    actions.supersede(output, successor=successor, **act_as(cast.ruth, at=AFTER))
    assert list(Impact.objects.values_list("outcome", "reason")) == [(Outcome.DROPPED, "Nachfolger")]
    assert duty_states() == [("dropped", "Nachfolger")]
