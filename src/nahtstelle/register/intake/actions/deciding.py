"""What a person says of rows that may be duplicates."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..comparing import PLAIN, ends_before_start, merged
from ..facts import RowsDecided
from ..fields import Kind
from ..models import Batch, Row
from ..rules import check_can_be_decided

Decision = Row.Decision


@transaction.atomic
def decide(*, row: Row, decision: str, choices: dict[str, str], by: Actor, at: datetime) -> Row:
    """Merge, keep apart or leave out one row; ``choices`` says per field whose wording stays, ours or theirs.

    Raises ``Refusal`` where two persons of one address would be kept apart or an end would lie before its start,
    ``NotNow`` past the preview.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=row.batch_id)
    row = Row.objects.get(pk=row.pk)
    check_can_be_decided(batch)
    if decision not in Decision.values:
        raise Refusal(_("Please choose what shall become of this row."))
    check_decision(row, decision)
    row.decision = decision
    row.choices = {
        name: choice
        for name, choice in choices.items()
        if name in PLAIN[Kind(batch.kind)] and choice in ("ours", "theirs")
    }
    check_days(batch, row)
    row.save(update_fields=["decision", "choices"])
    record(RowsDecided(batch.pk, 1, decision), by=by, at=at, touched=[batch])
    return row


def check_days(batch: Batch, row: Row) -> None:
    """What is merged does not end before it begins."""
    merges = row.decision == Decision.MERGE and row.target is not None
    if merges and ends_before_start(row.seen | merged(batch.kind, row, row.seen)):
        raise Refusal(_("With this choice the end would lie before the start. Please choose other days."))


def check_decision(row: Row, decision: str) -> None:
    if row.state == Row.State.PROBLEM and decision != Decision.SKIP:
        raise NotNow(_("A row with a problem cannot be imported. Please correct it in the table and give that again."))
    if decision == Decision.MERGE and row.state not in (Row.State.DUPLICATE,):
        raise NotNow(_("There is nothing this row could be merged with."))
    if decision == Decision.CREATE and row.reason == "mail" and row.state == Row.State.DUPLICATE:
        raise Refusal(_("One e-mail address belongs to one person. Merge the row or leave it out."))


@transaction.atomic
def decide_all(*, batch: Batch, decision: str, reason: str = "", by: Actor, at: datetime) -> int:
    """Say the same of all possible duplicates that are not decided yet, perhaps only those of one ``reason``."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_decided(batch)
    if decision not in (Decision.MERGE, Decision.CREATE, Decision.SKIP):
        raise Refusal(_("Please choose what shall become of this row."))
    rows = batch.rows.filter(state=Row.State.DUPLICATE, decision="")
    if reason:
        rows = rows.filter(reason=reason)
    if decision == Decision.CREATE:
        rows = rows.exclude(reason="mail")
    count = rows.update(decision=decision)
    if count:
        record(RowsDecided(batch.pk, count, decision), by=by, at=at, touched=[batch])
    return count
