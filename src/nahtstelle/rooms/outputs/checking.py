"""Leichte and Einfache Sprache: what test readers read."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import rules
from .facts import CheckedByReaders
from .models import Output, ReaderCheck


def note_check(
    output: Output, *, of_edition: bool, who: str, on: date, account: Account, by: Actor, at: datetime
) -> ReaderCheck:
    """Note that test readers read the published edition, or the working text, and understood it.

    A second check of the same words replaces the first. Raises ``NotYours``, ``NotNow`` or ``Refusal``.
    """
    with transaction.atomic():
        output = Output.objects.select_for_update(of=("self",)).select_related("edition").get(pk=output.pk)
        rules.check_may_note_check(account, output, checked_on=on, on=timezone.localdate(at))
        text = output.edition if of_edition and output.edition else output
        check, _made = ReaderCheck.objects.update_or_create(
            output=output, digest=text.digest,
            defaults={"who": who, "on": on, "recorded_by": account, "recorded_at": at},
        )  # fmt: skip
        record(
            CheckedByReaders(output_id=output.pk, on=on), by=by, at=at,
            touched=[Touched(output, {"checked_by": ("", who), "checked_on": (None, on)})],
        )  # fmt: skip
    return check
