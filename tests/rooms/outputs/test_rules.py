"""Who may do what, asked of everybody at once: one forgotten person would show."""

from datetime import date

import pytest

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, refused
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.rooms.outputs import actions, attaching, citing, rules
from nahtstelle.rooms.outputs.models import Authorship, Output
from tests.rooms.outputs.making import TODAY, Cast, act_as, bring_out, draft, published, write

Audience = Output.Audience


def those_who_may(cast: Cast, check: object, output: Output) -> set[str]:
    return {name for name, account in cast.everybody().items() if not refused(check, account, output, on=TODAY)}


def test_writers_and_editors_write(cast: Cast) -> None:
    output = draft(cast.rita)
    Authorship.objects.create(output=output, person=cast.tariq.person)
    assert those_who_may(cast, rules.check_may_edit, output) == {"rita", "tariq", "emre", "ines", "ruth"}


def test_nobody_writes_while_it_is_reviewed(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    assert those_who_may(cast, rules.check_may_edit, output) == set()
    with pytest.raises(NotNow):
        rules.check_may_edit(cast.emre, output, on=TODAY)


def test_staff_and_writers_see_the_working_text(cast: Cast) -> None:
    output = draft(cast.rita)
    Authorship.objects.create(output=output, person=cast.stranger.person)
    seen = those_who_may(cast, rules.check_may_see_working_text, output)
    assert seen == {"jana", "emre", "ines", "ruth", "rita", "sam", "stranger"}


def test_the_funder_sees_the_working_text_of_what_needs_a_release(cast: Cast) -> None:
    output = draft(cast.emre)
    output.programmes.add(cast.ivaf)
    assert "konrad" not in those_who_may(cast, rules.check_may_see_working_text, output)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    output.refresh_from_db()
    assert "konrad" in those_who_may(cast, rules.check_may_see_working_text, output)


def test_a_closed_account_sees_nothing(cast: Cast) -> None:
    output = draft(cast.emre)
    Account.objects.filter(pk=cast.emre.pk).update(is_active=False)
    cast.emre.refresh_from_db()
    with pytest.raises(NotYours):
        rules.check_may_see_working_text(cast.emre, output, on=TODAY)


def test_four_eyes_leave_out_submitter_owner_and_author(cast: Cast) -> None:
    output = draft(cast.ines)
    output = actions.submit(output, **act_as(cast.emre))
    assert those_who_may(cast, rules.check_may_review, output) == {"jana", "ruth"}


def test_four_eyes_leave_out_whoever_wrote_a_line(cast: Cast) -> None:
    output = draft(cast.rita)
    write(output, cast.ruth, body="Ein Satz von Ruth.")
    output = actions.submit(Output.objects.get(pk=output.pk), **act_as(cast.rita))
    assert those_who_may(cast, rules.check_may_review, output) == {"jana", "emre", "ines"}


def test_who_wrote_for_an_earlier_edition_may_sign_the_next(cast: Cast) -> None:
    output = draft(cast.rita)
    write(output, cast.ines, body="Alt, von Ines.")
    bring_out(Output.objects.get(pk=output.pk), cast)
    output = write(output, cast.rita, body="Neu, von Rita.").output
    output = actions.submit(output, **act_as(cast.rita))
    assert "ines" in those_who_may(cast, rules.check_may_review, output)


@pytest.mark.parametrize("of", sorted(rules.LEGAL_KINDS))
def test_law_is_signed_off_by_legal_officer_or_head(cast: Cast, of: str) -> None:
    output = actions.submit(draft(cast.emre, of=of), **act_as(cast.emre))
    assert those_who_may(cast, rules.check_may_review, output) == {"jana", "ruth"}


def test_a_role_that_has_ended_signs_nothing(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    CentreRole.objects.filter(person=cast.ruth.person).update(valid_until=date(2026, 11, 22))
    assert "ruth" not in those_who_may(cast, rules.check_may_review, output)


def test_only_the_funder_of_its_programme_releases(cast: Cast) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(needs_release=True)
    output.programmes.add(cast.ivaf)
    output = actions.submit(output, **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    assert those_who_may(cast, rules.check_may_release, output) == {"konrad"}


def test_signers_publish_what_was_signed_off(cast: Cast) -> None:
    output = actions.submit(draft(cast.emre), **act_as(cast.emre))
    assert those_who_may(cast, rules.check_may_publish, output) == set()
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    assert those_who_may(cast, rules.check_may_publish, output) == {"jana", "emre", "ines", "ruth"}


def test_owner_and_signers_withdraw(cast: Cast) -> None:
    output = published(cast, owner=cast.tariq.person)
    assert those_who_may(cast, rules.check_may_withdraw, output) == {"tariq", "jana", "emre", "ines", "ruth"}


def test_owner_legal_officer_and_head_answer_for_a_text(cast: Cast) -> None:
    output = published(cast, owner=cast.rita.person)
    assert those_who_may(cast, rules.check_may_settle, output) == {"rita", "jana", "ruth"}


def test_nothing_new_is_not_submitted(cast: Cast) -> None:
    output = published(cast)
    assert "Nothing has changed" in refused(rules.check_may_submit, cast.emre, output, on=TODAY)


def test_a_citation_by_hand_is_news(cast: Cast) -> None:
    output = published(cast)
    citing.declare(output, "§ 5 AufenthG", role="basis", **act_as(cast.emre))
    assert refused(rules.check_may_submit, cast.emre, output, on=TODAY) == ""


def test_a_new_file_is_news(cast: Cast) -> None:
    output = published(cast)
    attaching.attach(
        output, name="a.pdf", content=b"%PDF-1", media_type="application/pdf", title="A", alternative="",
        **act_as(cast.emre),
    )  # fmt: skip
    assert refused(rules.check_may_submit, cast.emre, output, on=TODAY) == ""


def test_a_figure_without_words_is_not_submitted(cast: Cast) -> None:
    output = draft(cast.emre)
    attaching.attach(
        output, name="a.png", content=b"\x89PNG", media_type="image/png", title="A", alternative="", **act_as(cast.emre)
    )
    assert "text alternative" in refused(rules.check_may_submit, cast.emre, output, on=TODAY)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"body": "  "}, "without title or body"), ({"stand": None}, "Stand")],
)
def test_an_unfinished_text_is_not_submitted(cast: Cast, change: dict[str, object], sentence: str) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(**change)
    output.refresh_from_db()
    assert sentence in refused(rules.check_may_submit, cast.emre, output, on=TODAY)


def test_a_wider_audience_takes_a_second_person(cast: Cast) -> None:
    output = draft(cast.emre)
    Output.objects.filter(pk=output.pk).update(audience=Audience.STAFF)
    bring_out(Output.objects.get(pk=output.pk), cast)
    output.refresh_from_db()
    opened = {
        name
        for name, account in cast.everybody().items()
        if not refused(rules.check_may_widen, account, output, audience=Audience.PUBLIC, on=TODAY)
    }
    assert opened == {"jana", "ines", "ruth"}


def test_a_narrower_audience_takes_nobody_else(cast: Cast) -> None:
    output = published(cast)
    assert refused(rules.check_may_widen, cast.emre, output, audience=Audience.STAFF, on=TODAY) == ""
