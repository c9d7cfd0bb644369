"""Handing a duty on to somebody else."""

from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..facts import DutyDelegated
from ..models import Duty
from ..rules import account_behind, check_delegate, check_open
from .locking import local_day, locked

UNREACHABLE = (Duty.Escalation.NO_OWNER, Duty.Escalation.NO_ACCOUNT, Duty.Escalation.NO_MAIL)


def delegate(*, duty: Duty, to: Person, note: str, by: Actor, at: datetime) -> Duty:
    """Hand the duty on to ``to``; a duty that was escalated because nobody could be told leaves the desk with it.

    Raises ``NotYours``, or ``NotNow`` where the duty is closed, ``to`` is oneself or has it already, or could not see
    it.
    """
    with transaction.atomic():
        duty = locked(duty)
        account = account_behind(by)
        if by.account_id is None:
            check_open(duty)
        else:
            check_delegate(account, duty, on=local_day(at), to=to)
        before = duty.owner
        old = {"owner": before, "delegation_note": duty.delegation_note, "escalated_because": duty.escalated_because}
        duty.owner = to
        duty.delegated_by = account.person if account else None
        duty.delegation_note = note.strip()
        duty.reminded_at = None
        if duty.escalated_because in UNREACHABLE:
            duty.escalated_at, duty.escalated_to, duty.escalated_because = None, None, ""
        duty.save(
            update_fields=[
                *("owner", "delegated_by", "delegation_note", "reminded_at"),
                *("escalated_at", "escalated_to", "escalated_because"),
            ]
        )
        new = {"owner": to, "delegation_note": duty.delegation_note, "escalated_because": duty.escalated_because}
        record(
            DutyDelegated(
                duty=duty.pk,
                delegator=duty.delegated_by_id,
                before=before.pk if before else None,
                now=to.pk,
            ),
            by=by,
            at=at,
            why=duty.delegation_note,
            touched=[Touched(duty, changes_between(old, new))],
        )
    return duty
