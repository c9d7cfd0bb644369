"""The life of a text, from draft to withdrawal."""

from datetime import date, timedelta

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.notices.models import Notice
from nahtstelle.rooms.outputs import actions, attaching
from nahtstelle.rooms.outputs.models import Attachment, LeftText, Output, Step
from tests.rooms.outputs.making import BY, NOW, Cast, act_as, bring_out, draft, kind, published, write

State, Progress, Kind = Output.State, Output.Progress, Step.Kind
LATER = NOW + timedelta(hours=1)


def facts_of(output: Output) -> list[str]:
    touches = Touch.objects.filter(kind="outputs.output", object_id=output.pk).order_by("entry_id")
    return [touch.entry.fact for touch in touches]


def steps_of(output: Output) -> list[tuple[str, str]]:
    return [(step.kind, step.by.person.name if step.by else "") for step in output.steps.order_by("id")]


def test_the_whole_way_of_a_text(cast: Cast) -> None:
    output = draft(cast.emre, title="Merkblatt", body="Erster Satz.")
    output.programmes.add(cast.ivaf)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    write(output, cast.emre, body="Zweiter Satz.")
    output = actions.submit(output, words="bitte", **act_as(cast.emre))
    assert (output.state, output.progress) == (State.DRAFT, Progress.IN_REVIEW)
    output = actions.sign_off(output, revision=2, **act_as(cast.ruth))
    assert output.progress == Progress.SIGNED_OFF
    output = actions.release(output, **act_as(cast.konrad))
    assert output.progress == Progress.RELEASED
    edition = actions.publish(output, note="Neu", **act_as(cast.ines))

    output.refresh_from_db()
    assert (output.state, output.progress, output.edition) == (State.PUBLISHED, Progress.DRAFT, edition)
    assert (edition.number, edition.revision, edition.body, edition.note) == (1, 2, "Zweiter Satz.", "Neu")
    assert (edition.submitted_by, edition.reviewed_by, edition.released_by, edition.published_by) == (
        cast.emre, cast.ruth, cast.konrad, cast.ines,
    )  # fmt: skip
    assert steps_of(output) == [
        (Kind.SUBMITTED, "Emre"), (Kind.SIGNED_OFF, "Ruth"), (Kind.RELEASED, "Konrad"), (Kind.PUBLISHED, "Ines"),
    ]  # fmt: skip
    assert facts_of(output) == [
        "outputs.OutputStarted", "outputs.OutputEdited", "outputs.StepTaken", "outputs.StepTaken", "outputs.StepTaken",
        "outputs.StepTaken", "outputs.EditionPublished",
    ]  # fmt: skip


def test_what_was_published_stays_while_it_is_rewritten(cast: Cast) -> None:
    output = published(cast, body="Alt.")
    write(output, cast.emre, body="Neu.")
    output.refresh_from_db()
    assert (output.state, output.edition.body, output.body) == (State.PUBLISHED, "Alt.", "Neu.")


def test_the_next_edition_has_the_next_number(cast: Cast) -> None:
    output = published(cast)
    write(output, cast.emre, body="Neu.")
    edition = bring_out(Output.objects.get(pk=output.pk), cast)
    assert [(e.number, e.body) for e in output.editions.order_by("number")] == [(1, "Ein Satz."), (2, "Neu.")]
    assert Output.objects.get(pk=output.pk).edition == edition


def test_only_the_revision_that_was_read_is_signed_off(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    with pytest.raises(NotNow, match="changed while you were reading"):
        actions.sign_off(output, revision=output.revision - 1, **act_as(cast.ruth))
    assert Output.objects.get(pk=output.pk).progress == Progress.IN_REVIEW


def test_a_text_changed_after_its_review_is_not_published(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    Output.objects.filter(pk=output.pk).update(revision=7)  # by whatever road
    with pytest.raises(NotNow, match="changed after it was signed off"):
        actions.publish(output, **act_as(cast.ruth))


def test_the_submitter_does_not_sign_off(cast: Cast) -> None:
    output = actions.submit(draft(cast.rita), **act_as(cast.emre))
    with pytest.raises(NotYours, match="You submitted"):
        actions.sign_off(output, revision=output.revision, **act_as(cast.emre))


def test_without_the_funders_release_it_is_not_published(cast: Cast) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    output = actions.submit(output, **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    with pytest.raises(NotNow, match="funder has not released"):
        actions.publish(output, **act_as(cast.ruth))


def test_the_funder_is_told_and_may_refuse(cast: Cast) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    output.programmes.add(cast.ivaf)
    output = actions.submit(output, **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    assert [n.person.name for n in Notice.objects.filter(kind="outputs.release-wanted")] == ["Konrad"]
    output = actions.send_back(output, words="So nicht.", **act_as(cast.konrad))
    assert (output.progress, steps_of(output)[-1]) == (Progress.DRAFT, (Kind.REFUSED, "Konrad"))


def test_sending_back_wants_a_reason(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    with pytest.raises(Refusal, match="what is to be changed"):
        actions.send_back(output, words=" ", **act_as(cast.ruth))


def test_sending_back_tells_those_whose_text_it_is(cast: Cast) -> None:
    output = draft(cast.rita)
    output = actions.submit(output, **act_as(cast.emre))
    actions.send_back(output, words="Kürzer.", **act_as(cast.ruth))
    notice = Notice.objects.get(kind="outputs.step")
    assert (notice.person, notice.link) == (cast.rita.person, f"/veroeffentlichungen/werkstatt/{output.slug}/")


def test_whoever_takes_it_back_is_told_nothing(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    output = actions.send_back(output, words="Noch etwas vergessen.", **act_as(cast.emre))
    assert (output.progress, Notice.objects.count()) == (Progress.DRAFT, 0)


def test_a_signed_off_text_that_waits_for_its_release_can_be_sent_back(cast: Cast) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    output = actions.submit(output, **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    output = actions.send_back(output, words="Doch nicht.", **act_as(cast.jana))
    assert (output.progress, output.reviewed_revision) == (Progress.DRAFT, None)


def test_a_draft_is_not_sent_back(cast: Cast) -> None:
    with pytest.raises(NotNow, match="not with a reviewer"):
        actions.send_back(draft(cast.emre), words="Kürzer.", **act_as(cast.ruth))


# --- publication at a moment to come ---------------------------------------------------------------------------------


def scheduled(cast: Cast, **more: object) -> Output:
    output = actions.submit(draft(cast.emre, **more), **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    return actions.schedule(output, publish_at=LATER, **act_as(cast.ruth))


def test_the_clock_publishes_what_was_scheduled(cast: Cast) -> None:
    output = scheduled(cast)
    assert actions.publish_due(by=BY, at=LATER - timedelta(seconds=1)) == 0
    assert actions.publish_due(by=BY, at=LATER) == 1
    output.refresh_from_db()
    assert (output.state, output.publish_at, output.edition.published_by) == (State.PUBLISHED, None, None)
    assert output.edition.reviewed_by == cast.ruth


def test_the_clock_publishes_once(cast: Cast) -> None:
    scheduled(cast)
    assert [actions.publish_due(by=BY, at=LATER) for _ in range(2)] == [1, 0]


def test_what_cannot_be_published_any_more_is_left_and_its_writers_told(cast: Cast) -> None:
    bad, good = scheduled(cast, title="Schlecht"), scheduled(cast, title="Gut")
    Output.objects.filter(pk=bad.pk).update(revision=9)
    assert actions.publish_due(by=BY, at=LATER) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.publish_at, good.state) == (State.DRAFT, None, State.PUBLISHED)
    notice = Notice.objects.get(kind="outputs.not-published")
    assert (notice.person, notice.words["title"]) == (cast.emre.person, "Schlecht")
    assert "changed after it was signed off" in notice.words["why"]["en"]
    assert actions.publish_due(by=BY, at=LATER) == 0


def test_the_past_is_no_moment_to_publish(cast: Cast) -> None:
    output = scheduled(cast)
    with pytest.raises(Refusal, match="has passed"):
        actions.schedule(output, publish_at=NOW, **act_as(cast.ruth))


def test_a_plan_can_be_taken_back(cast: Cast) -> None:
    output = actions.schedule(scheduled(cast), publish_at=None, **act_as(cast.ruth))
    assert (output.publish_at, actions.publish_due(by=BY, at=LATER)) == (None, 0)


def test_sending_back_takes_the_plan_back(cast: Cast) -> None:
    output = actions.send_back(scheduled(cast), words="Halt.", **act_as(cast.emre))
    assert output.publish_at is None


# --- the end ---------------------------------------------------------------------------------------------------------


def test_a_withdrawn_text_says_why(cast: Cast) -> None:
    with pytest.raises(Refusal, match="say why"):
        actions.withdraw(published(cast), why="", **act_as(cast.ruth))


def test_withdrawing_ends_a_review_under_way(cast: Cast) -> None:
    output = published(cast)
    write(output, cast.emre, body="Neu.")
    output = actions.submit(Output.objects.get(pk=output.pk), **act_as(cast.emre))
    output = actions.withdraw(output, why="falsch", **act_as(cast.ruth))
    assert (output.state, output.progress) == (State.WITHDRAWN, Progress.DRAFT)
    with pytest.raises(NotNow):
        actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))


def test_taken_up_again_it_is_a_draft_without_readers(cast: Cast) -> None:
    output = actions.withdraw(published(cast), why="falsch", **act_as(cast.ruth))
    output = actions.take_up_again(output, **act_as(cast.emre))
    assert (output.state, output.edition, output.editions.count()) == (State.DRAFT, None, 1)
    edition = bring_out(output, cast)
    assert edition.number == 2


def test_only_a_withdrawn_text_is_taken_up_again(cast: Cast) -> None:
    with pytest.raises(NotNow):
        actions.take_up_again(published(cast), **act_as(cast.emre))


def test_a_successor_takes_its_place(cast: Cast) -> None:
    old, new = published(cast), published(cast)
    old = actions.supersede(old, successor=new, **act_as(cast.ruth))
    assert (old.state, old.replaced_by) == (State.SUPERSEDED, new)


def test_a_superseded_text_comes_back_by_no_review_under_way(cast: Cast) -> None:
    old, new = published(cast), published(cast)
    write(old, cast.emre, body="Neu.")
    old = actions.submit(Output.objects.get(pk=old.pk), **act_as(cast.emre))
    old = actions.supersede(old, successor=new, **act_as(cast.ruth))
    assert old.progress == Progress.DRAFT
    Output.objects.filter(pk=old.pk).update(progress=Progress.SIGNED_OFF, reviewed_revision=old.revision)
    with pytest.raises(NotNow, match="withdrawn or superseded"):
        actions.publish(old, **act_as(cast.ruth))


def test_a_successor_must_be_published(cast: Cast) -> None:
    with pytest.raises(NotNow, match="successor must be published"):
        actions.supersede(published(cast), successor=draft(cast.emre), **act_as(cast.ruth))


def test_nothing_supersedes_itself_by_way_of_others(cast: Cast) -> None:
    first, second, third = (published(cast) for _ in range(3))
    actions.supersede(first, successor=second, **act_as(cast.ruth))
    actions.supersede(second, successor=third, **act_as(cast.ruth))
    for successor in (third, second, first):
        with pytest.raises(Refusal, match="supersede each other"):
            actions.supersede(third, successor=successor, **act_as(cast.ruth))


def test_withdrawn_and_taken_up_a_superseded_text_leads_nowhere_else(cast: Cast) -> None:
    old, new = published(cast), published(cast)
    old = actions.supersede(old, successor=new, **act_as(cast.ruth))
    old = actions.withdraw(old, why="falsch", **act_as(cast.ruth))
    old = actions.take_up_again(old, **act_as(cast.emre))
    assert old.replaced_by is None


# --- addresses, variants, files --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "language", "slugs"),
    [
        (["Übergänge für Ärzt*innen: groß & schön"], "de", ["uebergaenge-fuer-aerztinnen-gross-schoen"]),
        (["Titel", "Titel", "Titel"], "de", ["titel", "titel-2", "titel-3"]),
        (["Titel"], "de-x-leicht", ["titel-leicht"]),
        (["Werkstatt", "Neu", "Wellen"], "de", ["werkstatt-2", "neu-2", "wellen-2"]),
        (["你好", "!!!"], "de", ["text", "text-2"]),
        (["Ä" * 300], "de", ["ae" * 45]),
    ],
)
def test_titles_become_addresses_of_their_own(cast: Cast, titles: list[str], language: str, slugs: list[str]) -> None:
    assert [draft(cast.emre, title=title, language=language).slug for title in titles] == slugs


def test_each_language_has_one_variant(cast: Cast) -> None:
    base = published(cast)
    variant = draft(cast.rita, base=base, language="en")
    assert (variant.base, variant.base_edition, variant.owner) == (base, base.edition, cast.rita.person)
    for language in ("en", "de"):
        with pytest.raises(Refusal, match="already exists"):
            draft(cast.emre, base=base, language=language)


def test_a_variant_is_for_no_more_readers_than_its_base(cast: Cast) -> None:
    base = draft(cast.emre)
    Output.objects.filter(pk=base.pk).update(audience="staff")
    base.refresh_from_db()
    assert draft(cast.rita, base=base, language="en").audience == "staff"


def attach(output: Output, cast: Cast, content: bytes, name: str = "tabelle.pdf") -> Attachment:
    return attaching.attach(
        output, name=name, content=content, media_type="application/pdf", title="Tabelle", alternative="",
        **act_as(cast.emre),
    )  # fmt: skip


def test_readers_get_files_with_the_edition_only(cast: Cast) -> None:
    output = published(cast)
    first = attach(output, cast, b"%PDF eins")
    assert list(output.edition.attachments.all()) == []
    bring_out(output, cast)
    output.refresh_from_db()
    second = attach(output, cast, b"%PDF zwei")
    assert list(output.edition.attachments.all()) == [first]
    assert list(output.attachments.filter(working=True)) == [second]


def test_an_edition_keeps_a_file_that_was_taken_off(cast: Cast) -> None:
    output = published(cast)
    row = attach(output, cast, b"%PDF eins")
    bring_out(output, cast)
    output.refresh_from_db()
    attaching.remove(Attachment.objects.get(pk=row.pk), **act_as(cast.emre))
    assert list(output.edition.attachments.all()) == [row]
    assert not output.attachments.filter(working=True).exists()


def test_a_file_that_no_reader_had_is_gone_when_taken_off(cast: Cast) -> None:
    output = draft(cast.emre)
    attaching.remove(attach(output, cast, b"%PDF eins"), **act_as(cast.emre))
    assert Attachment.objects.count() == 0


def test_a_waiting_text_of_a_colleague_holds_the_review_up(cast: Cast) -> None:
    output = draft(cast.emre)
    LeftText.objects.create(output=output, by=cast.ines, at=NOW, started_from=1, met=1, title="x")
    with pytest.raises(NotNow, match="second editor"):
        actions.submit(output, **act_as(cast.emre))


def test_the_day_is_the_centres(cast: Cast) -> None:
    night = NOW.replace(hour=23, minute=30)
    output = draft(cast.emre, at=night)
    output = actions.submit(output, **act_as(cast.emre, at=night))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth, at=night))
    Output.objects.filter(pk=output.pk).update(stand=None)
    assert actions.publish(output, **act_as(cast.ruth, at=night)).stand == date(2026, 11, 24)


def test_citations_are_frozen_with_the_edition(cast: Cast) -> None:
    output = published(cast, body="Siehe § 5 AufenthG.")
    assert [(c.section, c.published, c.working) for c in output.citations.all()] == [("5", True, True)]
    write(output, cast.emre, body="Siehe § 6 AufenthG.")
    assert sorted((c.section, c.published, c.working) for c in output.citations.all()) == [
        ("5", True, False), ("6", False, True),
    ]  # fmt: skip
    bring_out(Output.objects.get(pk=output.pk), cast)
    assert [(c.section, c.published, c.working) for c in output.citations.all()] == [("6", True, True)]


def test_nothing_is_recorded_where_nothing_changed(cast: Cast) -> None:
    output = draft(cast.emre)
    before = Entry.objects.count()
    write(output, cast.emre, body=output.body)
    actions.set_relations(output, authors=[cast.emre.person], programmes=[], concepts=[], **act_as(cast.emre))
    assert Entry.objects.count() == before


def test_relations_are_set_as_a_whole(cast: Cast) -> None:
    output = draft(cast.emre)
    theme = kind("th-work")
    actions.set_relations(
        output,
        authors=[cast.rita.person, cast.emre.person],
        programmes=[cast.ivaf],
        concepts=[theme],
        **act_as(cast.emre),
    )
    assert [a.person.name for a in output.authorships.all()] == ["Rita", "Emre"]
    assert (list(output.programmes.all()), list(output.concepts.all())) == ([cast.ivaf], [theme])
    actions.set_relations(output, authors=[cast.emre.person], programmes=[], concepts=[], **act_as(cast.emre))
    assert [a.person.name for a in output.authorships.all()] == ["Emre"]
