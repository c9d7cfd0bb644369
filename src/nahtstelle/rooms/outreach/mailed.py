"""Answers that came by mail: noted, then confirmed or laid aside by a person."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import actions, rules
from .facts import AnswerMailed, MailedAnswerDecided
from .models import Dispatch, MailedAnswer, Recipient

LONGEST = 20_000  # characters of what somebody wrote


def note(
    *, message_ids: Iterable[str], recipient: int | None = None, words: str, from_address: str, sender: str, key: str,
    by: Actor, at: datetime,
) -> bool:  # fmt: skip
    """Note a mail that answers the letter of a dispatch; whether it does. The mail does nothing more by itself.

    ``recipient`` is whose letter's own address the mail went to; else the letter is found by its message id.
    """
    answering = _whose(message_ids, recipient)
    if answering is None:
        return False
    with transaction.atomic():
        _row, new = MailedAnswer.objects.get_or_create(
            key=key,
            defaults={
                "recipient": answering, "from_address": from_address[:254], "sender": sender,
                "words": words[:LONGEST], "received_at": at,
            },
        )  # fmt: skip
        if new:
            fact = AnswerMailed(dispatch_id=answering.dispatch_id, recipient_id=answering.pk)
            record(fact, by=by, at=at, touched=[answering.dispatch, answering])
    return True


def _whose(message_ids: Iterable[str], recipient: int | None) -> Recipient | None:
    sent = Recipient.objects.filter(dispatch__state=Dispatch.State.SENT, person__erased_at=None)
    sent = sent.select_related("dispatch")
    if recipient is not None and (answering := sent.filter(pk=recipient).first()):
        return answering
    named = [one for one in message_ids if one]
    return sent.filter(letter__message_id__in=named).first() if named else None


def answers_to(dispatch: Dispatch) -> QuerySet[MailedAnswer]:
    """What came by mail, undecided first, then the newest."""
    found = MailedAnswer.objects.filter(recipient__dispatch=dispatch)
    found = found.select_related("recipient__person", "decided_by__person")
    return found.order_by(F("decided_at").desc(nulls_first=True), "-id")


def confirm(mailed: MailedAnswer, *, answer: str, account: Account, at: datetime) -> MailedAnswer:
    """Take the words as the recipient's answer. Raises ``NotNow`` where somebody decided already."""
    with transaction.atomic():
        mailed = _undecided(mailed, account, at=at)
        actions.answer(mailed.recipient, answer=answer, words=mailed.words, by=account.actor, at=at)
        return _decide(mailed, confirmed=True, account=account, at=at)


def lay_aside(mailed: MailedAnswer, *, account: Account, at: datetime) -> MailedAnswer:
    """The words are not taken as an answer; they stay readable. Raises ``NotNow`` where somebody decided already."""
    with transaction.atomic():
        return _decide(_undecided(mailed, account, at=at), confirmed=False, account=account, at=at)


def _undecided(mailed: MailedAnswer, account: Account, *, at: datetime) -> MailedAnswer:
    rules.check_may_prepare(account, on=timezone.localdate(at))
    found = MailedAnswer.objects.select_for_update(of=("self",)).select_related("recipient__dispatch").get(pk=mailed.pk)
    rules.check_undecided(found)
    return found


def _decide(mailed: MailedAnswer, *, confirmed: bool, account: Account, at: datetime) -> MailedAnswer:
    mailed.decided_at, mailed.decided_by, mailed.confirmed = at, account, confirmed
    mailed.save(update_fields=["decided_at", "decided_by", "confirmed"])
    recipient = mailed.recipient
    fact = MailedAnswerDecided(dispatch_id=recipient.dispatch_id, recipient_id=recipient.pk, confirmed=confirmed)
    record(fact, by=account.actor, at=at, touched=[recipient.dispatch, recipient])
    return mailed
