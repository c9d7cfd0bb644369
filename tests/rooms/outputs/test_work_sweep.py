"""Something befalls a study: what rests on it is found in one statement, its owners are told, readers see which sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Notice as Told
from nahtstelle.rooms.library.models import CardEdition, Notice, Work
from nahtstelle.rooms.outputs import actions, presenters, queries, settling, work_sweep
from nahtstelle.rooms.outputs.models import Impact, Output, Wave, WorkCitation
from nahtstelle.rooms.outputs.words import STUDY_NOTICE
from tests.rooms.library.stock import published_card, work
from tests.rooms.outputs.making import BY, NOW, TODAY, Cast, act_as, bring_out, draft, person, published, ready, write

Verdict, State, Outcome = Impact.Verdict, Output.State, Impact.Outcome


def noted(of: Work, kind: str = "retraction", **more: Any) -> Notice:
    return Notice.objects.create(work=of, kind=kind, on=date(2026, 11, 20), noted_at=more.pop("at", NOW), **more)


def run(notice: Notice) -> Wave | None:
    return work_sweep.sweep_notice(notice, by=BY, at=NOW)


def state(output: Output) -> str:
    return Output.objects.get(pk=output.pk).state


def banner(output: Output) -> presenters.Banner:
    fresh = queries.with_banners(Output.objects.all()).get(pk=output.pk)
    (shown,) = presenters.banners(fresh, queries.open_impacts(fresh), today=TODAY)
    return shown


@pytest.mark.parametrize(
    ("kind", "verdict", "after"),
    [
        ("retraction", Verdict.RETRACTED, State.UNDER_REVIEW),
        ("concern", Verdict.CONCERN, State.UNDER_REVIEW),
        ("superseded", Verdict.SUPERSEDED, State.UNDER_REVIEW),
        ("correction", Verdict.CORRECTED, State.PUBLISHED),
    ],
)
def test_each_notice_has_its_verdict(cast: Cast, kind: str, verdict: str, after: str) -> None:
    output = (
        published(cast, body="Die Zahl stieg [@klee2021, S. 3]. Sie sank [@klee2021].") if work("klee2021") else None
    )
    assert output is not None
    wave = run(noted(Work.objects.get(), kind))
    assert wave is not None
    impact = wave.impacts.get()
    assert (impact.output, impact.verdict, impact.claim, impact.claims) == (output, verdict, "Die Zahl stieg.", 2)
    assert state(output) == after


def test_the_owner_has_one_duty_for_each_text_and_one_notice(cast: Cast) -> None:
    klee = work("klee2021")
    texts = [
        published(cast, body="Eins [@klee2021]. Zwei [@klee2021, S. 4].", owner=cast.rita.person) for _n in range(2)
    ]
    run(noted(klee))
    assert set(Duty.objects.values_list("owner", "subject_id")) == {(cast.rita.person_id, text.pk) for text in texts}
    told = Told.objects.get(kind=STUDY_NOTICE)
    assert told.person == cast.rita.person and "klee2021" in told.words["study"]


def test_readers_are_told_which_sentence_rests_on_it(cast: Cast) -> None:
    klee = work("klee2021")
    output = published(cast, body="Die Zahl stieg [@klee2021].")
    run(noted(klee, doi="10.5555/retraction"))
    shown = banner(output)
    assert (shown.kind, shown.title) == ("outdated", "A study was retracted")
    assert "“Die Zahl stieg.”" in shown.text and "Title of klee2021" in shown.text
    assert (shown.since, shown.url) == (date(2026, 11, 20), "https://doi.org/10.5555/retraction")


def test_only_what_is_published_is_concerned(cast: Cast) -> None:
    klee, other = work("klee2021"), work("berg2020")
    draft(cast.emre, body="Eins [@klee2021].")
    published(cast, body="Eins [@berg2020].")
    assert run(noted(klee)) is None
    assert not Wave.objects.exists()
    assert run(noted(other)) is not None


def test_done_twice_it_does_nothing(cast: Cast) -> None:
    klee = work("klee2021")
    published(cast, body="Eins [@klee2021].")
    notice = noted(klee)
    run(notice), run(notice)
    assert (Wave.objects.count(), Impact.objects.count(), Duty.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("on_kept", [True, False])
def test_a_notice_reaches_those_who_cite_what_was_merged(cast: Cast, on_kept: bool) -> None:
    kept, absorbed = work("klee2021"), work("klee2021a")
    texts = [published(cast, body=f"Eins [@{key}].") for key in ("klee2021", "klee2021a")]
    Work.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    wave = run(noted(Work.objects.get(pk=kept.pk if on_kept else absorbed.pk)))
    assert wave is not None and wave.work == kept
    assert set(wave.impacts.values_list("output", flat=True)) == {text.pk for text in texts}


def test_a_notice_that_is_lifted_takes_the_banner_and_the_duty_away(cast: Cast) -> None:
    klee = work("klee2021")
    output = published(cast, body="Eins [@klee2021].")
    notice = noted(klee)
    run(notice)
    notice.lifted_at, notice.lifted_why = NOW, "A mistake of the source."
    notice.save()
    work_sweep.lift(notice, by=BY, at=NOW)
    assert state(output) == State.PUBLISHED
    assert queries.open_impacts(output) == []
    assert set(Duty.objects.values_list("state", flat=True)) == {Duty.State.DROPPED}
    assert run(notice) is None


def test_another_strong_reason_keeps_a_text_under_review(cast: Cast) -> None:
    klee, berg = work("klee2021"), work("berg2020")
    output = published(cast, body="Eins [@klee2021]. Zwei [@berg2020].")
    first = noted(klee)
    run(first), run(noted(berg))
    work_sweep.lift(first, by=BY, at=NOW)
    assert state(output) == State.UNDER_REVIEW


def new_edition(card: Any) -> CardEdition:
    number = card.edition.number + 1
    card.edition = CardEdition.objects.create(
        card=card, number=number, stand=TODAY, reviewed_by="R", seconded_by="S", published_at=NOW, finding_de="Es hilft nicht.",
        finding_en="It does not help.", strength=2,
    )  # fmt: skip
    card.save()
    return card.edition


def test_a_card_that_says_something_else_is_a_wave_and_asks_anew(cast: Cast) -> None:
    card = published_card(work("klee2021"), cast.rita, cast.emre)
    output = published(cast, body="Eins [@klee2021, Karte].")
    for _again in range(2):
        wave = work_sweep.sweep_card(new_edition(card), withdrawn=False, by=BY, at=NOW)
    assert wave is not None
    assert list(output.impacts.order_by("id").values_list("verdict", "outcome")) == [
        ("card_changed", "dropped"),
        ("card_changed", ""),
    ]
    assert (state(output), banner(output).kind) == (State.PUBLISHED, "current")
    assert work_sweep.sweep_card(card.edition, withdrawn=True, by=BY, at=NOW) is not None
    assert banner(output).title == "Our assessment of a study was withdrawn"


def test_a_reason_settles_it_and_the_banner_goes(cast: Cast) -> None:
    klee = work("klee2021")
    output = published(cast, body="Eins [@klee2021].", owner=cast.rita.person)
    wave = run(noted(klee))
    assert wave is not None
    with pytest.raises(Refusal):
        settling.confirm_valid(wave, output, reason=" ", **act_as(cast.rita))
    settling.confirm_valid(wave, output, reason="Sie wird nur als Beispiel genannt.", **act_as(cast.rita))
    assert (state(output), queries.open_impacts(output)) == (State.PUBLISHED, [])
    assert wave.impacts.get().outcome == Outcome.VALID


def test_a_corrected_edition_and_a_withdrawal_answer_it(cast: Cast) -> None:
    klee = work("klee2021")
    corrected, withdrawn = (published(cast, body="Eins [@klee2021].") for _n in range(2))
    wave = run(noted(klee))
    assert wave is not None
    write(corrected, cast.emre, body="Eins.", at=NOW + timedelta(days=1))
    bring_out(corrected, cast, at=NOW + timedelta(days=1))
    actions.withdraw(withdrawn, why="Trägt nicht mehr.", **act_as(cast.emre, at=NOW + timedelta(days=1)))
    assert dict(wave.impacts.values_list("output", "outcome")) == {
        corrected.pk: Outcome.CORRECTED, withdrawn.pk: Outcome.WITHDRAWN,
    }  # fmt: skip
    assert state(corrected) == State.PUBLISHED


def test_what_befell_a_study_after_the_text_was_submitted_is_caught_up(cast: Cast) -> None:
    klee = work("klee2021")
    output = draft(cast.emre, body="Eins [@klee2021].")
    output = actions.submit(output, **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    run(noted(klee, at=NOW + timedelta(hours=1)))
    actions.publish(output, **act_as(cast.ruth, at=NOW + timedelta(hours=2)))
    assert state(output) == State.UNDER_REVIEW
    assert Duty.objects.filter(subject_id=output.pk, state=Duty.State.OPEN).count() == 1


def test_a_wave_has_exactly_one_cause_and_an_impact_one_thing(cast: Cast, law: Any) -> None:
    klee = work("klee2021")
    notice = noted(klee)
    given = {"opened_at": NOW, "due": TODAY}
    wrong: list[dict[str, Any]] = [
        {"law": law.law}, {"work": klee}, {"law": law.law, "notice": notice}, {"work": klee, "reading": law.readings[0]},
        {"law": law.law, "reading": law.readings[0], "work": klee, "notice": notice},
    ]  # fmt: skip
    for causes in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Wave.objects.create(**causes, **given)
    wave = Wave.objects.create(work=klee, notice=notice, **given)
    for things in ({}, {"work": klee, "provision": law.provisions[0]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Impact.objects.create(wave=wave, output=ready(), verdict=Verdict.RETRACTED, **things)


def test_as_many_statements_for_ten_outputs_as_for_three_hundred(cast: Cast) -> None:
    owners = [person(f"Owner {n}") for n in range(5)]
    counts = []
    for number in (10, 300):
        klee = work(f"klee{number}")
        texts = [ready(owner=owners[n % 5]) for n in range(number)]
        WorkCitation.objects.bulk_create(
            WorkCitation(
                output=text, work=klee, citekey=klee.citekey, claim="Satz.", published=True, digest=str(text.pk)
            )
            for text in texts
        )
        with CaptureQueriesContext(connection) as statements, transaction.atomic():
            wave = run(noted(klee))
        assert wave is not None and wave.impacts.count() == number
        counts.append(len(statements))
    assert counts[0] == counts[1]
