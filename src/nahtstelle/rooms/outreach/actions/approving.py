"""Fixing the list, and what the second person decides on it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from .. import rules
from ..facts import DispatchApproved, DispatchSentBack, DispatchSubmitted
from ..models import Dispatch, Reason, Recipient
from ..queries import concerned

State = Dispatch.State
AT_ONCE = 500  # rows in one statement


def submit(dispatch: Dispatch, *, account: Account, by: Actor, at: datetime) -> Dispatch:
    """Fix the list of recipients and hand it to a second person.

    Raises ``Refusal`` where nobody would get a letter.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_submit(account, dispatch, on=on)
        number = _fix_list(dispatch, on=on)
        if not number:
            raise Refusal(_("Nobody would get a letter; widen the programmes, Länder, roles or themes."))
        dispatch.state, dispatch.submitted_at, dispatch.submitted_by = State.SUBMITTED, at, account
        dispatch.sent_back_words = ""
        dispatch.save()
        record(
            DispatchSubmitted(dispatch_id=dispatch.pk, recipients=number), by=by, at=at,
            touched=[Touched(dispatch, {"state": (State.DRAFT, State.SUBMITTED)})],
        )  # fmt: skip
    return dispatch


def _fix_list(dispatch: Dispatch, *, on: date) -> int:
    """Write down who is concerned and why; how many of them get a letter."""
    people = concerned(dispatch, on=on)
    dispatch.recipients.all().delete()
    recipients = Recipient.objects.bulk_create(
        (
            Recipient(dispatch=dispatch, person=one.person, language=one.person.language, left_out=one.left_out)
            for one in people
        ),
        batch_size=AT_ONCE,
    )
    reasons = []
    for one, recipient in zip(people, recipients, strict=True):
        for reason in one.reasons:
            reason.recipient = recipient
            reasons.append(reason)
    Reason.objects.bulk_create(reasons, batch_size=AT_ONCE)
    return sum(not one.left_out for one in people)


def send_back(dispatch: Dispatch, *, words: str, account: Account, by: Actor, at: datetime) -> Dispatch:
    """Back to whoever prepared it; the list is made anew when it is submitted again."""
    if not words.strip():
        raise Refusal(_("Please say what is to be changed."))
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_send_back(account, dispatch, on=timezone.localdate(at))
        dispatch.state, dispatch.sent_back_words = State.DRAFT, words.strip()
        # A page that shows the list of before must not approve the list to come.
        dispatch.revision += 1
        dispatch.save()
        dispatch.recipients.all().delete()
        record(
            DispatchSentBack(dispatch_id=dispatch.pk), by=by, at=at, why=dispatch.sent_back_words,
            touched=[Touched(dispatch, {"state": (State.SUBMITTED, State.DRAFT)})],
        )  # fmt: skip
    return dispatch


def approve(
    dispatch: Dispatch, *, revision: int, recipients: int, account: Account, by: Actor, at: datetime
) -> Dispatch:
    """The second person agrees to the words of ``revision`` and to a letter to the ``recipients`` people shown.

    Raises ``NotNow`` where the dispatch is not the one that was shown.
    """
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_approve(account, dispatch, on=timezone.localdate(at))
        if dispatch.revision != revision or dispatch.recipients.filter(left_out="").count() != recipients:
            raise NotNow(_("The list changed while you were reading it. Please look at it again."))
        dispatch.state, dispatch.approved_at, dispatch.approved_by = State.APPROVED, at, account
        dispatch.save()
        record(
            DispatchApproved(dispatch_id=dispatch.pk), by=by, at=at,
            touched=[Touched(dispatch, {"state": (State.SUBMITTED, State.APPROVED)})],
        )  # fmt: skip
    return dispatch
