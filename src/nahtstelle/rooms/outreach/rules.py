"""Who may tell many people something, and when: never one person alone."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, refused
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.register.people.rules import check_role
from nahtstelle.rooms.outputs.models import Output

from .answer_links import GOOD_FOR
from .facts import AnswerGiven, DispatchPrepared
from .models import Dispatch, MailedAnswer, Recipient

Role = CentreRole.Role
State = Dispatch.State
PREPARERS = (Role.LEGAL, Role.EDITOR, Role.COORDINATOR, Role.LEAD)
APPROVERS = (Role.LEGAL, Role.LEAD, Role.EDITOR)
ANSWERS_A_DAY = 20  # how often one recipient may change their mind within a day


def check_may_prepare(account: object, *, on: date) -> None:
    check_role(
        account,
        PREPARERS,
        on=on,
        sentence=_("Only legal officers, editors, coordinators and the head of the centre prepare dispatches."),
    )


def check_can_be_changed(dispatch: Dispatch) -> None:
    if dispatch.state != State.DRAFT:
        raise NotNow(_("This dispatch is no longer being prepared."))


def check_may_submit(account: object, dispatch: Dispatch, *, on: date) -> None:
    check_may_prepare(account, on=on)
    check_can_be_changed(dispatch)
    if not (dispatch.subject_de.strip() and dispatch.subject_en.strip()):
        raise NotNow(_("A dispatch needs a subject in German and in English."))
    check_day_asked_for(dispatch, on=on)
    check_can_be_read(dispatch.bulletin)


def check_day_asked_for(dispatch: Dispatch, *, on: date) -> None:
    """Answers can be given until the day on which they are asked for."""
    if dispatch.ask_until is None:
        return
    if dispatch.ask_until < on:
        raise NotNow(_("The day until which answers are asked for lies in the past."))
    if dispatch.ask_until > on + GOOD_FOR:
        raise NotNow(
            _("The links for answers are good for %(days)d days; ask for them by an earlier day.")
            % {"days": GOOD_FOR.days}
        )


def has_changed(account: Account, dispatch: Dispatch) -> bool:
    """Did this account write any of the dispatch? The trail knows."""
    return trail_of(dispatch).filter(entry__fact=DispatchPrepared.fact_name, entry__actor=account.actor.ref).exists()


def check_waits_for_approval(dispatch: Dispatch) -> None:
    if dispatch.state != State.SUBMITTED:
        raise NotNow(_("This dispatch does not wait for an approval."))


def check_may_send_back(account: object, dispatch: Dispatch, *, on: date) -> None:
    """Whoever approves sends back; whoever prepared or submitted it may take it back."""
    check_may_prepare(account, on=on)
    check_waits_for_approval(dispatch)


def check_may_cancel(account: object, dispatch: Dispatch, *, on: date) -> None:
    check_may_prepare(account, on=on)
    if dispatch.state == State.CANCELLED:
        raise NotNow(_("This dispatch was given up already."))
    if dispatch.state not in (State.DRAFT, State.SUBMITTED) and not is_stopped(dispatch):
        raise NotNow(_("What was approved cannot be taken back; letters may be on their way."))


def is_stopped(dispatch: Dispatch) -> bool:
    """Approved, but no letter is written, because the text it leads to was withdrawn or replaced in between."""
    return dispatch.state == State.APPROVED and bool(refused(check_is_published, dispatch.bulletin))


def check_can_be_read(bulletin: Output) -> None:
    """Those who are told must be able to read it."""
    if bulletin.audience == Output.Audience.STAFF:
        raise NotNow(_("The text it leads to is for staff only; those concerned could not read it."))


def check_is_published(bulletin: Output) -> None:
    if bulletin.state not in (Output.State.PUBLISHED, Output.State.UNDER_REVIEW):
        raise NotNow(_("The text it leads to is not published, or not any more."))


def check_may_approve(account: object, dispatch: Dispatch, *, on: date) -> None:
    """Four eyes: whoever wrote any of it or submitted it does not approve it; its bulletin must be published."""
    check_role(
        account, APPROVERS, on=on,
        sentence=_("Only legal officers, editors and the head of the centre approve dispatches."),
    )  # fmt: skip
    check_waits_for_approval(dispatch)
    assert isinstance(account, Account)
    if account.pk in (dispatch.prepared_by_id, dispatch.submitted_by_id) or has_changed(account, dispatch):
        raise NotYours(_("You prepared this dispatch; a second person approves it."))
    check_is_published(dispatch.bulletin)
    check_can_be_read(dispatch.bulletin)
    check_day_asked_for(dispatch, on=on)
    if not dispatch.recipients.filter(left_out="").exists():
        raise NotNow(_("Nobody is on the list."))


def check_may_answer(recipient: Recipient, *, at: datetime) -> None:
    """Who was written to answers, and changes the answer, but no machine may do so without end."""
    check_was_written_to(recipient)
    lately = trail_of(recipient).filter(entry__fact=AnswerGiven.fact_name, entry__at__gt=at - timedelta(days=1))
    if lately.count() >= ANSWERS_A_DAY:
        raise NotNow(_("You changed your answer very often today. Please come back tomorrow."))


def check_was_written_to(recipient: Recipient) -> None:
    if recipient.dispatch.state != State.SENT or recipient.left_out:
        raise NotNow(_("No letter was sent, so there is nothing to answer."))


def check_undecided(mailed: MailedAnswer) -> None:
    if mailed.decided_at is not None:
        raise NotNow(_("Somebody has decided on this answer already."))
