"""Several people write at once: what fits is merged, what does not is left, and nothing typed is ever lost."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.people.models import CentreRole
from nahtstelle.rooms.outputs import actions
from nahtstelle.rooms.outputs.models import Authorship, LeftText, Output, Save
from tests.rooms.outputs.making import NOW, Cast, act_as, draft, make_cast


def save(output: Output, account: Any, body: str, *, started_from: int, **more: Any) -> actions.Saved:
    text = {"title": output.title, "summary": "", "body": body} | more.pop("text", {})
    return actions.save(output, started_from=started_from, text=text, **more, **act_as(account))


def body_of(output: Output) -> str:
    return Output.objects.get(pk=output.pk).body


def test_different_lines_are_merged(cast: Cast) -> None:
    output = draft(cast.emre, body="eins\nzwei\ndrei\nvier")
    save(output, cast.emre, "EINS\nzwei\ndrei\nvier", started_from=1)
    saved = save(output, cast.ines, "eins\nzwei\ndrei\nVIER", started_from=1)
    assert (saved.merged, saved.left) == (True, None)
    assert body_of(output) == "EINS\nzwei\ndrei\nVIER"


def test_an_end_without_line_break_is_merged_too(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    save(output, cast.emre, "null\neins", started_from=1)
    save(output, cast.ines, "eins\nzwei", started_from=1)
    assert body_of(output) == "null\neins\nzwei"


def test_title_and_body_by_two_people_are_merged(cast: Cast) -> None:
    output = draft(cast.emre, title="Titel", body="eins")
    save(output, cast.emre, "EINS", started_from=1)
    save(output, cast.ines, "eins", started_from=1, text={"title": "Anderer Titel"})
    output.refresh_from_db()
    assert (output.title, output.body) == ("Anderer Titel", "EINS")


def test_the_same_line_is_left_beside(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    save(output, cast.emre, "von Emre", started_from=1)
    saved = save(output, cast.ines, "von Ines", started_from=1)
    assert saved.left is not None
    assert (body_of(output), saved.left.body, saved.left.by) == ("von Emre", "von Ines", cast.ines)


def test_the_same_text_is_left_once_however_often_it_comes(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    save(output, cast.emre, "von Emre", started_from=1)
    for _ in range(3):
        save(output, cast.ines, "von Ines", started_from=1, automatic=True)
    assert LeftText.objects.count() == 1


def test_two_who_typed_the_same_are_no_conflict(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    save(output, cast.emre, "zwei", started_from=1)
    saved = save(output, cast.ines, "zwei", started_from=1)
    assert (saved.merged, saved.left, saved.revision) == (False, None, 2)


def test_a_form_sent_twice_is_saved_once(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    assert [save(output, cast.emre, "zwei", started_from=1).revision for _ in range(2)] == [2, 2]
    assert Save.objects.filter(output=output).count() == 2


def test_an_unknown_beginning_is_left_not_guessed(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    saved = save(output, cast.ines, "anders", started_from=99)
    assert saved.left is not None and body_of(output) == "eins"


def test_who_typed_on_while_it_was_merged_goes_on_from_what_was_sent(cast: Cast) -> None:
    output = draft(cast.emre, body="eins\nzwei\ndrei")
    save(output, cast.emre, "EINS\nzwei\ndrei", started_from=1)
    saved = save(output, cast.ines, "eins\nzwei\ndrei\nvier", started_from=1, automatic=True)
    again = save(output, cast.ines, "eins\nzwei\ndrei\nvier\nfünf", started_from=saved.sent_as, automatic=True)
    assert again.left is None
    assert body_of(output) == "EINS\nzwei\ndrei\nvier\nfünf"


def test_who_lost_the_right_keeps_the_text(cast: Cast) -> None:
    output = draft(cast.rita, body="eins")
    save(output, cast.ines, "zwei", started_from=1)
    CentreRole.objects.filter(person=cast.ines.person).delete()
    with pytest.raises(NotYours):
        save(output, cast.ines, "mitten in der Arbeit", started_from=2)
    assert (body_of(output), LeftText.objects.get().body) == ("zwei", "mitten in der Arbeit")


def test_a_stranger_leaves_nothing(cast: Cast) -> None:
    output = draft(cast.rita, body="eins")
    with pytest.raises(NotYours):
        save(output, cast.stranger, "Unfug", started_from=1)
    assert LeftText.objects.count() == 0


def test_what_was_typed_while_it_went_to_review_is_kept(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    actions.submit(output, **act_as(cast.emre))
    with pytest.raises(NotNow):
        save(output, cast.ines, "zu spät", started_from=1)
    assert (body_of(output), LeftText.objects.get().body) == ("eins", "zu spät")


def test_automatic_saves_are_kept_but_not_told(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    before = Entry.objects.count()
    saved = save(output, cast.emre, "zwei", started_from=1, automatic=True)
    assert (saved.revision, Entry.objects.count()) == (2, before)
    assert [(s.revision, s.body, s.automatic) for s in output.saves.order_by("revision")] == [
        (1, "eins", False), (2, "zwei", True),
    ]  # fmt: skip


def test_the_author_settles_a_left_text(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    save(output, cast.emre, "von Emre", started_from=1)
    left = save(output, cast.ines, "von Ines", started_from=1).left
    assert left is not None
    with pytest.raises(NotYours):
        actions.settle_left(left, account=cast.emre, at=NOW)
    actions.settle_left(left, account=cast.ines, at=NOW)
    left.refresh_from_db()
    assert left.settled_at == NOW


def test_a_left_text_of_somebody_who_may_not_write_any_more_holds_nothing_up(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    Authorship.objects.create(output=output, person=cast.tariq.person)
    save(output, cast.emre, "von Emre", started_from=1)
    left = save(output, cast.tariq, "von Tariq", started_from=1).left
    assert left is not None
    Authorship.objects.filter(person=cast.tariq.person).delete()
    with pytest.raises(NotYours):
        actions.settle_left(left, account=cast.rita, at=NOW)
    actions.settle_left(left, account=cast.emre, at=NOW)


def test_a_wider_audience_by_the_author_alone_is_refused_and_the_text_unchanged(cast: Cast) -> None:
    output = draft(cast.emre, body="eins")
    Output.objects.filter(pk=output.pk).update(audience="staff")
    output = actions.submit(Output.objects.get(pk=output.pk), **act_as(cast.emre))
    output = actions.sign_off(output, revision=output.revision, **act_as(cast.ruth))
    actions.publish(output, **act_as(cast.ruth))
    with pytest.raises(NotYours, match="narrower audience"):
        save(output, cast.emre, "eins", started_from=1, particulars={"audience": "public"})
    assert Output.objects.get(pk=output.pk).audience == "staff"


# --- generated: several people, any order -----------------------------------------------------------------------------


@dataclass(slots=True)
class Desk:
    """What one person has before them."""

    account: Any
    started_from: int
    lines: list[str]
    dropped: set[str] = field(default_factory=set)


# (who, what, where): insert a new line, delete a line, save, save and type on, look at the newest text
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["insert", "insert", "delete", "save", "save", "type on"]), st.integers(0, 9)),
    max_size=40,
)  # fmt: skip


class TestNothingTypedIsLost(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def test_every_line_is_in_the_text_or_in_a_left_one(self, steps: list[tuple[int, str, int]]) -> None:
        cast = make_cast()
        output = draft(cast.emre, body="\n".join(f"Satz {n}" for n in range(6)))
        desks = [Desk(account, 1, output.body.split("\n")) for account in (cast.emre, cast.ines, cast.ruth)]
        typed: set[str] = set()
        for number, (who, what, where) in enumerate(steps):
            self._step(output, desks[who], what, where % (len(desks[who].lines) + 1), number, typed)
        for desk in desks:
            self._save(output, desk)
        kept = {*body_of(output).split("\n")}
        for left in LeftText.objects.filter(output=output):
            kept |= {*left.body.split("\n")}
        dropped = set().union(*(desk.dropped for desk in desks))
        self.assertEqual(typed - dropped - kept, set())

    def _step(self, output: Output, desk: Desk, what: str, where: int, number: int, typed: set[str]) -> None:
        if what == "insert":
            desk.lines.insert(where, f"neu {number}")
            typed.add(f"neu {number}")
        elif what == "delete":
            desk.dropped |= {*desk.lines[where : where + 1]}
            del desk.lines[where : where + 1]
        elif what == "save":
            self._save(output, desk)
        else:
            self._save(output, desk, line=f"weiter {number}", typed=typed)

    def _save(self, output: Output, desk: Desk, *, line: str = "", typed: set[str] | None = None) -> None:
        """Save, and take over the answer as the editor does; with ``line``, something was typed before it came."""
        sent = "\n".join(desk.lines)
        saved = save(output, desk.account, sent, started_from=desk.started_from, automatic=True)
        newest = body_of(output).split("\n")
        if saved.left is not None:
            desk.lines, desk.started_from = newest, saved.revision
        elif not saved.merged:
            desk.started_from = saved.revision
        elif line and typed is not None:
            desk.lines.append(line)
            typed.add(line)
            desk.started_from = saved.sent_as
        else:
            desk.lines, desk.started_from = newest, saved.revision
