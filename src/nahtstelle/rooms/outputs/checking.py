"""Leichte and Einfache Sprache: what test readers read."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import rules
from .facts import CheckedByReaders
from .models import Output, ReaderCheck, Text

OTHER_WORDS = _("The text was changed meanwhile. Please look which words were read, and note the check again.")


def words_to_check(output: Output) -> dict[str, Text]:
    """The texts a check may be noted of, by the digest of their words: what readers have, and the working text."""
    texts = [output.edition, output] if output.edition else [output]
    found: dict[str, Text] = {}
    for text in texts:
        found.setdefault(text.digest, text)
    return found


def note_check(
    output: Output, *, digest: str, who: str, on: date, account: Account, by: Actor, at: datetime
) -> ReaderCheck:
    """Note that test readers read the words of ``digest``, the published edition's or the working text's.

    A second check of the same words replaces the first. Raises ``NotYours``, ``NotNow`` or ``Refusal``; also where the
    text has other words by now.
    """
    with transaction.atomic():
        output = Output.objects.select_for_update(of=("self",)).select_related("edition").get(pk=output.pk)
        rules.check_may_note_check(account, output, checked_on=on, on=timezone.localdate(at))
        if digest not in words_to_check(output):
            raise NotNow(OTHER_WORDS)
        check, _made = ReaderCheck.objects.update_or_create(
            output=output, digest=digest,
            defaults={"who": who, "on": on, "recorded_by": account, "recorded_at": at},
        )  # fmt: skip
        record(
            CheckedByReaders(output_id=output.pk, on=on), by=by, at=at,
            touched=[Touched(output, {"checked_by": ("", who), "checked_on": (None, on)})],
        )  # fmt: skip
    return check
