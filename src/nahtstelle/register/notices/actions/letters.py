"""Writing letters: put into the outbox in the transaction that makes them necessary, sent after it."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..facts import LetterRetried, LettersForgotten, LetterWritten
from ..models import Letter
from ..queries import is_barred

State = Letter.State

KEPT = timedelta(days=365)
BARRED = "barred: mail to this address came back"


def write_letter(
    *,
    key: str,
    to: str,
    person: Person | None = None,
    subject: str,
    text: str,
    html: str = "",
    language: str,
    headers: dict[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Put a letter into the outbox; the same ``key`` again gives the letter there is, unchanged.

    A letter to an address from which mail came back for good is kept as given up, unsent. Raises ``NotNow`` where
    ``to`` is no address.
    """
    try:
        validate_email(to)
    except ValidationError as mistake:
        raise NotNow(_("“%(address)s” is not an e-mail address.") % {"address": to}) from mistake
    barred = is_barred(to)
    with transaction.atomic():
        letter, made = Letter.objects.get_or_create(
            key=key,
            defaults={
                "to": to,
                "person": person,
                "subject": one_line(subject)[:250],
                "text": text,
                "html": html,
                "language": language,
                "headers": {name: one_line(value) for name, value in (headers or {}).items()},
                "not_before": at,
                "state": State.FAILED if barred else State.QUEUED,
                "trouble": BARRED if barred else "",
            },
        )
        if made:
            record(LetterWritten(letter=letter.pk, key=key), by=by, at=at, touched=[letter])
    return letter


def one_line(text: str) -> str:
    """A header must be one line, whatever a title brought along."""
    return " ".join(text.split())


def retry_letter(*, letter: Letter, by: Actor, at: datetime) -> Letter:
    """Put a letter that was given up back into the outbox.

    Raises ``NotNow`` where it was not given up, or the address is still barred.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if letter.state != State.FAILED:
            raise NotNow(_("Only a letter that was given up can be sent again."))
        if is_barred(letter.to):
            raise NotNow(_("Mail to this address came back; clear the address first."))
        letter.state, letter.not_before, letter.attempts, letter.trouble = State.QUEUED, at, 0, ""
        letter.save(update_fields=["state", "not_before", "attempts", "trouble"])
        change = Touched(letter, {"state": (State.FAILED.value, State.QUEUED.value)})
        record(LetterRetried(letter=letter.pk), by=by, at=at, touched=[change])
    return letter


def forget_old_letters(*, by: Actor, at: datetime, after: timedelta = KEPT) -> int:
    """Remove letters that left the outbox, sent or given up, longer than ``after`` ago; their number.

    They hold addresses and names. What they answered for is kept by the room that wrote them.
    """
    with transaction.atomic():
        old = Letter.objects.filter(not_before__lt=at - after).exclude(state__in=[State.QUEUED, State.SENDING])
        count = old.count()
        if count:
            old.delete()
            record(LettersForgotten(count=count), by=by, at=at)
    return count
