"""Who may tell many people something, and when: never one person alone."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.register.people.rules import check_role
from nahtstelle.rooms.outputs.models import Output

from .facts import DispatchPrepared
from .models import Dispatch

Role = CentreRole.Role
State = Dispatch.State
PREPARERS = (Role.LEGAL, Role.EDITOR, Role.COORDINATOR, Role.LEAD)
APPROVERS = (Role.LEGAL, Role.LEAD, Role.EDITOR)


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
    check_can_be_read(dispatch.bulletin)


def has_changed(account: Account, dispatch: Dispatch) -> bool:
    """Did this account write any of the dispatch? The trail knows."""
    return trail_of(dispatch).filter(entry__fact=DispatchPrepared.fact_name, entry__actor=account.actor.ref).exists()


def check_may_send_back(account: object, dispatch: Dispatch, *, on: date) -> None:
    """Whoever approves sends back; whoever prepared or submitted it may take it back."""
    if dispatch.state != State.SUBMITTED:
        raise NotNow(_("This dispatch does not wait for an approval."))
    check_may_prepare(account, on=on)


def check_may_cancel(account: object, dispatch: Dispatch, *, on: date) -> None:
    check_may_prepare(account, on=on)
    if dispatch.state not in (State.DRAFT, State.SUBMITTED):
        raise NotNow(_("What was approved cannot be taken back; letters may be on their way."))


def check_can_be_read(bulletin: Output) -> None:
    """Those who are told must be able to read it."""
    if bulletin.audience == Output.Audience.STAFF:
        raise NotNow(_("The text it leads to is for staff only; those concerned could not read it."))


def check_may_approve(account: object, dispatch: Dispatch, *, on: date) -> None:
    """Four eyes: whoever prepared or submitted it does not approve it; its bulletin must be published."""
    check_role(
        account, APPROVERS, on=on,
        sentence=_("Only legal officers, editors and the head of the centre approve dispatches."),
    )  # fmt: skip
    if dispatch.state != State.SUBMITTED:
        raise NotNow(_("This dispatch does not wait for an approval."))
    assert isinstance(account, Account)
    if account.pk in (dispatch.prepared_by_id, dispatch.submitted_by_id) or has_changed(account, dispatch):
        raise NotYours(_("You prepared this dispatch; a second person approves it."))
    if dispatch.bulletin.state not in (Output.State.PUBLISHED, Output.State.UNDER_REVIEW):
        raise NotNow(_("The text it leads to is not published yet; publish it first."))
    check_can_be_read(dispatch.bulletin)
    if not dispatch.recipients.exists():
        raise NotNow(_("Nobody is on the list."))
