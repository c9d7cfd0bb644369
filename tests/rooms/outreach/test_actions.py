"""Two people, one fixed list, one letter each: in the rules, in the database, and when things go wrong in the middle."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.models import Delivery, Entry
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outreach import actions, rules
from nahtstelle.rooms.outreach.facts import DispatchApproved
from nahtstelle.rooms.outreach.models import Dispatch, LeftOut, Reason, Recipient
from nahtstelle.rooms.outreach.reactions import write_letters
from tests.rooms.outreach.making import (
    AT,
    TODAY,
    WORDS,
    Room,
    acting,
    approve,
    bar,
    crowd,
    engage,
    names,
    person,
    prepare,
    say_no,
    send,
    submit,
)

pytestmark = pytest.mark.django_db
State = Dispatch.State


def outbox() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


# --- nothing before approval ---


def test_nothing_is_in_the_outbox_until_a_second_person_approves(place: Room, mia: Person) -> None:
    dispatch = prepare(place)
    deliver_all(at=AT)
    assert outbox() == []
    dispatch = actions.submit(dispatch, **acting(place.emre))
    deliver_all(at=AT)
    assert outbox() == []
    approve(place, dispatch)
    deliver_all(at=AT)
    assert outbox() == ["mia@example.org"]


def test_letters_are_not_written_for_a_dispatch_nobody_approved(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    actions.write_letters(dispatch, by=system("worker"), at=AT)
    assert outbox() == []


# --- four eyes ---


@pytest.mark.parametrize("who", ["emre", "dilan", "vera", "nora"])
def test_who_may_not_approve_is_refused_and_nothing_is_sent(place: Room, mia: Person, who: str) -> None:
    dispatch = submit(place)
    account = getattr(place, who)
    with pytest.raises(NotYours):
        actions.approve(dispatch, revision=1, recipients=1, **acting(account))
    deliver_all(at=AT)
    assert outbox() == []
    assert approve(place, dispatch).state == State.APPROVED


def test_who_submitted_what_another_prepared_does_not_approve_it(place: Room, mia: Person) -> None:
    dispatch = actions.submit(prepare(place), **acting(place.ruth))
    with pytest.raises(NotYours):
        actions.approve(dispatch, revision=1, recipients=1, **acting(place.ruth))
    actions.approve(dispatch, revision=1, recipients=1, **acting(place.jana))


def test_who_changed_a_word_does_not_approve_it(place: Room, mia: Person) -> None:
    dispatch = prepare(place)
    dispatch = actions.change(dispatch, revision=1, intro_de="Anders.", **acting(place.ruth))
    dispatch = actions.submit(dispatch, **acting(place.emre))
    with pytest.raises(NotYours):
        actions.approve(dispatch, revision=2, recipients=1, **acting(place.ruth))
    actions.approve(dispatch, revision=2, recipients=1, **acting(place.jana))


@pytest.mark.parametrize("self_approved_by", ["prepared_by", "submitted_by"])
def test_the_database_knows_no_approval_by_the_same_person(place: Room, mia: Person, self_approved_by: str) -> None:
    dispatch = submit(place)
    same = {"prepared_by": place.dilan, "submitted_by": place.dilan} | {self_approved_by: place.ruth}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(pk=dispatch.pk).update(**same, approved_by=place.ruth, approved_at=AT)
    Dispatch.objects.filter(pk=dispatch.pk).update(approved_by=place.ruth, approved_at=AT)


@pytest.mark.parametrize("state", [State.APPROVED, State.SENT])
def test_the_database_knows_no_sending_without_approval(place: Room, mia: Person, state: str) -> None:
    dispatch = submit(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(pk=dispatch.pk).update(state=state)
    Dispatch.objects.filter(pk=dispatch.pk).update(state=state, approved_by=place.ruth)


def test_the_database_knows_no_submitted_dispatch_without_somebody_who_did_it(place: Room) -> None:
    dispatch = prepare(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.filter(pk=dispatch.pk).update(state=State.SUBMITTED)
    Dispatch.objects.filter(pk=dispatch.pk).update(state=State.SUBMITTED, submitted_by=place.emre, submitted_at=AT)


def test_the_database_knows_no_letter_to_somebody_left_out(place: Room, mia: Person) -> None:
    dispatch = send(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        dispatch.recipients.update(left_out=LeftOut.BARRED)


def test_the_database_knows_a_reason_once_also_without_a_land(place: Room, mia: Person) -> None:
    recipient = submit(place).recipients.get()
    for region in (place.saxony, None):
        same: dict[str, Any] = {"recipient": recipient, "programme": place.iq, "region": region, "role": "adviser"}
        Reason.objects.get_or_create(**same)
        with pytest.raises(IntegrityError), transaction.atomic():
            Reason.objects.create(**same)


# --- the list ---


def test_exactly_the_fixed_list_is_written_to(place: Room, mia: Person) -> None:
    leaving, staying = person("Leaving"), person("Staying")
    gone = engage(leaving, place.iq)
    engage(staying, place.ivaf)
    dispatch = submit(place)
    newcomer = person("Newcomer")
    engage(newcomer, place.iq)
    gone.valid_until = TODAY - timedelta(days=1)
    gone.save()
    approve(place, dispatch)
    deliver_all(at=AT)
    assert names(dispatch) == ["Leaving", "Mia", "Staying"]
    assert outbox() == ["leaving@example.org", "mia@example.org", "staying@example.org"]


def test_each_recipient_is_tied_to_their_own_letter(place: Room) -> None:
    crowd(place, 20)
    dispatch = send(place)
    pairs = dispatch.recipients.values_list("person__mail", "letter__to", "letter__key", "person_id")
    assert len(pairs) == 20
    assert {(mail, f"dispatch-{dispatch.pk}:person-{number}") for mail, _to, _key, number in pairs} == {
        (to, key) for _mail, to, key, _number in pairs
    }


def test_one_person_with_three_reasons_gets_one_letter_with_all_of_them(place: Room, mia: Person) -> None:
    engage(mia, place.ivaf, place.bavaria)
    engage(mia, place.iq, None, "pr")
    send(place)
    letter = Letter.objects.get()
    because = "IQ · Niedersachsen · Berater*in; IvAF · Bayern · Berater*in; IQ · Öffentlichkeitsarbeit"
    assert because in letter.text
    assert because in letter.html


def test_who_says_no_or_loses_the_address_meanwhile_is_left_out_with_the_reason(place: Room, mia: Person) -> None:
    made = {name: person(name) for name in ("Anna", "Bert", "Cleo", "Dora")}
    for one in made.values():
        engage(one, place.iq)
    dispatch = submit(place)
    assert names(dispatch, left_out="") == ["Anna", "Bert", "Cleo", "Dora", "Mia"]
    approve(place, dispatch)
    say_no(made["Anna"])
    bar(made["Bert"])
    Person.objects.filter(pk=made["Cleo"].pk).update(mail="")
    Person.objects.filter(pk=made["Dora"].pk).update(ends_on=TODAY - timedelta(days=1))
    deliver_all(at=AT)
    assert outbox() == ["mia@example.org"]
    assert dict(dispatch.recipients.values_list("person__name", "left_out")) == {
        "Anna": LeftOut.UNSUBSCRIBED, "Bert": LeftOut.BARRED, "Cleo": LeftOut.NO_ADDRESS, "Dora": LeftOut.ENDED, "Mia": "",
    }  # fmt: skip
    assert Entry.objects.get(fact="outreach.LettersWritten").payload == {
        "dispatch_id": dispatch.pk, "written": 1, "left_out": 4,
    }  # fmt: skip


def test_who_was_left_out_when_the_list_was_fixed_stays_out(place: Room, mia: Person) -> None:
    preference = say_no(mia)
    engage(person("Noah"), place.iq)
    dispatch = submit(place)
    preference.law_letters = True
    preference.save()
    approve(place, dispatch)
    deliver_all(at=AT)
    assert outbox() == ["noah@example.org"]


def test_an_address_corrected_meanwhile_is_used(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    Person.objects.filter(pk=mia.pk).update(mail="neu@example.org")
    approve(place, dispatch)
    deliver_all(at=AT)
    assert outbox() == ["neu@example.org"]


@pytest.mark.parametrize("reachable", [False, True])
def test_a_dispatch_to_nobody_is_refused(place: Room, mia: Person, reachable: bool) -> None:
    dispatch = prepare(place)
    if reachable:
        assert actions.submit(dispatch, **acting(place.emre)).state == State.SUBMITTED
        return
    say_no(mia)
    with pytest.raises(Refusal, match=r"^(Nobody|Niemand) "):
        actions.submit(dispatch, **acting(place.emre))
    dispatch.refresh_from_db()
    assert (dispatch.state, names(dispatch)) == (State.DRAFT, [])


# --- once ---


def test_letters_are_written_once_when_the_reaction_runs_twice(place: Room, mia: Person) -> None:
    dispatch = send(place)
    for _again in range(2):
        write_letters(DispatchApproved(dispatch_id=dispatch.pk), by=system("worker"), at=AT)
    assert outbox() == ["mia@example.org"]
    assert Entry.objects.filter(fact="outreach.LettersWritten").count() == 1


def test_letters_are_written_once_when_the_work_breaks_off_in_the_middle(place: Room) -> None:
    crowd(place, 600)
    dispatch = approve(place, submit(place))
    # A row nobody expects makes the second five hundred fail after the first is in the outbox.
    last = dispatch.recipients.order_by("-id").first()
    clash = f"dispatch-{dispatch.pk}:person-{last.person_id}"
    with _broken(clash):
        deliver_all(at=AT)
        delivery = Delivery.objects.get(entry__fact="outreach.DispatchApproved")
        assert (delivery.state, delivery.attempts, outbox()) == ("pending", 1, [])
        dispatch.refresh_from_db()
        assert dispatch.state == State.APPROVED
    deliver_all(at=AT + timedelta(hours=1))
    dispatch.refresh_from_db()
    assert (dispatch.state, len(outbox()), len(set(outbox()))) == (State.SENT, 600, 600)


class _broken:
    """The database refuses one letter as long as this stands: the process breaks off where it is."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(
                    "CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.notices_letter "
                    f"WHEN NEW.key = '{self.key}' BEGIN SELECT RAISE(ABORT, 'disk full'); END"
                )
            else:
                cursor.execute(
                    f"ALTER TABLE notices_letter ADD CONSTRAINT refuse CHECK (key <> '{self.key}') NOT VALID"
                )

    def __exit__(self, *_trouble: object) -> None:
        with connection.cursor() as cursor:
            drop = "DROP TRIGGER temp.refuse" if connection.vendor == "sqlite" else (
                "ALTER TABLE notices_letter DROP CONSTRAINT refuse"
            )  # fmt: skip
            cursor.execute(drop)


def test_letters_wait_while_the_text_is_withdrawn(place: Room, mia: Person) -> None:
    dispatch = approve(place, submit(place))
    Output.objects.update(state=Output.State.WITHDRAWN)
    deliver_all(at=AT)
    assert outbox() == []
    Output.objects.update(state=Output.State.PUBLISHED)
    deliver_all(at=AT + timedelta(hours=1))
    dispatch.refresh_from_db()
    assert (dispatch.state, outbox()) == (State.SENT, ["mia@example.org"])


def test_writing_many_letters_takes_few_statements(place: Room) -> None:
    spent = []
    for number in (50, 450):
        Dispatch.objects.all().delete()
        Person.objects.filter(slug__startswith="p").delete()
        crowd(place, number)
        dispatch = approve(place, submit(place))
        with CaptureQueriesContext(connection) as asked:
            actions.write_letters(dispatch, by=system("worker"), at=AT)
        assert Letter.objects.filter(key__startswith=f"dispatch-{dispatch.pk}:").count() == number
        spent.append(len(asked))
    assert spent[1] - spent[0] <= 10, spent
    assert spent[1] < 60


# --- stale pages ---


def test_a_form_filled_before_somebody_else_saved_is_refused(place: Room) -> None:
    dispatch = prepare(place)
    changed = actions.change(dispatch, revision=1, intro_de="Von Jana.", **acting(place.jana))
    with pytest.raises(NotNow):
        actions.change(dispatch, revision=1, intro_de="Von Emre.", **acting(place.emre))
    changed.refresh_from_db()
    assert (changed.intro_de, changed.revision) == ("Von Jana.", 2)


@pytest.mark.parametrize(("revision", "recipients"), [(1, 2), (2, 1), (0, 0)])
def test_what_was_not_shown_is_not_approved(place: Room, mia: Person, revision: int, recipients: int) -> None:
    dispatch = submit(place)
    with pytest.raises(NotNow):
        actions.approve(dispatch, revision=revision, recipients=recipients, **acting(place.ruth))
    actions.approve(dispatch, revision=1, recipients=1, **acting(place.ruth))


def test_a_page_from_before_it_was_sent_back_does_not_approve_the_new_list(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    shown = dispatch.revision
    dispatch = actions.send_back(dispatch, words="Bitte auch Bayern.", **acting(place.ruth))
    dispatch = actions.submit(dispatch, **acting(place.emre))
    with pytest.raises(NotNow):
        actions.approve(dispatch, revision=shown, recipients=1, **acting(place.ruth))


# --- back, changed, given up ---


def test_sending_back_clears_the_list_and_keeps_the_words(place: Room, mia: Person) -> None:
    dispatch = actions.send_back(submit(place), words=" Bitte auch Bayern. ", **acting(place.ruth))
    assert (dispatch.state, dispatch.sent_back_words, names(dispatch)) == (State.DRAFT, "Bitte auch Bayern.", [])
    assert Entry.objects.get(fact="outreach.DispatchSentBack").why == "Bitte auch Bayern."


def test_sending_back_needs_words(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    with pytest.raises(Refusal):
        actions.send_back(dispatch, words="  ", **acting(place.ruth))
    assert names(dispatch) == ["Mia"]


def test_the_list_is_made_anew_when_it_is_submitted_again(place: Room, mia: Person) -> None:
    dispatch = actions.send_back(submit(place), words="Nochmal.", **acting(place.ruth))
    engage(person("Noah"), place.iq)
    dispatch = actions.submit(dispatch, **acting(place.emre))
    assert (names(dispatch), dispatch.sent_back_words) == (["Mia", "Noah"], "")


def test_what_is_given_up_keeps_no_list_and_comes_to_nothing(place: Room, mia: Person) -> None:
    dispatch = submit(place)
    cancelled = actions.cancel(dispatch, why="Überholt.", **acting(place.emre))
    assert (cancelled.state, names(dispatch)) == (State.CANCELLED, [])
    assert Entry.objects.get(fact="outreach.DispatchCancelled").why == "Überholt."
    for act in (actions.submit, actions.cancel):
        more = {"why": ""} if act is actions.cancel else {}
        with pytest.raises(NotNow):
            act(dispatch, **more, **acting(place.emre))


def test_what_was_approved_is_neither_given_up_nor_sent_back_nor_changed(place: Room, mia: Person) -> None:
    dispatch = approve(place, submit(place))
    with pytest.raises(NotNow):
        actions.cancel(dispatch, why="", **acting(place.ruth))
    with pytest.raises(NotNow):
        actions.send_back(dispatch, words="Halt!", **acting(place.ruth))
    with pytest.raises(NotNow):
        actions.change(dispatch, revision=1, intro_de="Anders.", **acting(place.emre))


@pytest.mark.parametrize("who", ["vera", "nora"])
def test_who_has_no_right_prepares_nothing(place: Room, who: str) -> None:
    account = getattr(place, who)
    with pytest.raises(NotYours):
        actions.prepare(place.bulletin, **acting(account), **WORDS)
    dispatch = prepare(place)
    for act in (actions.submit, lambda d, **by: actions.change(d, revision=1, **by), lambda d, **by: actions.cancel(d, why="", **by)):  # fmt: skip
        with pytest.raises(NotYours):
            act(dispatch, **acting(account))
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.revision) == (State.DRAFT, 1)


# --- what a dispatch must be like ---


@pytest.mark.parametrize("values", [{"subject_de": "x" * 201}, {"roles": ["king"]}, {"subject_en": ""}])
def test_unusable_values_are_refused(place: Room, values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        prepare(place, **values)
    assert Dispatch.objects.count() == 0


def test_a_text_for_staff_is_not_told_to_others(place: Room, mia: Person) -> None:
    dispatch = prepare(place)
    Output.objects.update(audience=Output.Audience.STAFF)
    dispatch = Dispatch.objects.get()
    with pytest.raises(NotNow):
        actions.submit(dispatch, **acting(place.emre))
    with pytest.raises(NotNow):
        prepare(place, bulletin=dispatch.bulletin)


def test_a_text_not_published_yet_may_be_prepared_for_but_not_approved(place: Room, mia: Person) -> None:
    Output.objects.update(state=Output.State.DRAFT)
    dispatch = submit(place)
    with pytest.raises(NotNow):
        actions.approve(dispatch, revision=1, recipients=1, **acting(place.ruth))
    Output.objects.update(state=Output.State.PUBLISHED)
    actions.approve(dispatch, revision=1, recipients=1, **acting(place.ruth))


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (180, True), (181, False)])
def test_answers_are_asked_for_by_a_day_on_which_they_can_be_given(
    place: Room, mia: Person, days: int, taken: bool
) -> None:
    dispatch = prepare(place, ask_until=TODAY + timedelta(days=days))
    if taken:
        actions.submit(dispatch, **acting(place.emre))
    else:
        with pytest.raises(NotNow):
            actions.submit(dispatch, **acting(place.emre))


def test_a_day_that_passed_before_the_approval_is_seen(place: Room, mia: Person) -> None:
    dispatch = submit(place, ask_until=TODAY)
    late = {**acting(place.ruth), "at": AT + timedelta(days=1)}
    with pytest.raises(NotNow):
        actions.approve(dispatch, revision=1, recipients=1, **late)


def test_every_step_is_in_the_trail_of_the_dispatch(place: Room, mia: Person) -> None:
    dispatch = prepare(place)
    dispatch = actions.change(dispatch, revision=1, intro_de="Anders.", **acting(place.emre))
    approve(place, actions.submit(dispatch, **acting(place.emre)))
    deliver_all(at=AT)
    facts = Entry.objects.filter(touches__kind="outreach.dispatch", touches__object_id=dispatch.pk).order_by("id")
    assert list(facts.values_list("fact", "actor_label")) == [
        ("outreach.DispatchPrepared", "Emre"), ("outreach.DispatchPrepared", "Emre"), ("outreach.DispatchSubmitted", "Emre"),
        ("outreach.DispatchApproved", "Ruth"), ("outreach.LettersWritten", "Nahtstelle (worker)"),
    ]  # fmt: skip


def test_erasing_a_person_ends_their_place_on_the_list(place: Room, mia: Person) -> None:
    engage(person("Noah"), place.iq)
    dispatch = submit(place)
    mia.delete()
    with pytest.raises(NotNow):
        actions.approve(dispatch, revision=1, recipients=2, **acting(place.ruth))
    assert rules.has_changed(place.emre, dispatch)
    assert Recipient.objects.count() == 1
