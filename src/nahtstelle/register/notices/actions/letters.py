"""Writing letters: put into the outbox in the transaction that makes them necessary, sent after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..facts import LetterRetried, LettersForgotten, LettersWritten, LetterWritten
from ..models import Letter
from ..queries import barred_addresses, is_barred

State = Letter.State

KEPT = timedelta(days=365)
BARRED = "barred: mail to this address came back"


AT_ONCE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be put into the outbox; ``key`` is what must not be sent twice."""

    key: str
    to: str
    subject: str
    text: str
    language: str
    person: Person | None = None
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)


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
    new = NewLetter(key, to, subject, text, language, person, html, headers or {})
    _check_address(to)
    values = _values(new, barred=is_barred(to), at=at)
    with transaction.atomic():
        letter, made = Letter.objects.get_or_create(key=key, defaults=values)
        if made:
            record(LetterWritten(letter=letter.pk, key=key), by=by, at=at, touched=[letter])
    return letter


def write_letters(letters: Sequence[NewLetter], *, by: Actor, at: datetime) -> int:
    """Put very many letters into the outbox, under the rules of ``write_letter``; how many were not there yet.

    A handful of statements for every ``AT_ONCE`` letters, and one entry in the ledger for all.
    """
    for new in letters:
        _check_address(new.to)
    barred = {address.lower() for address in barred_addresses().order_by().values_list("to", flat=True)}
    with transaction.atomic():
        made = []
        for start in range(0, len(letters), AT_ONCE):
            some = {new.key: new for new in letters[start : start + AT_ONCE]}
            known = set(Letter.objects.filter(key__in=some).values_list("key", flat=True))
            made += Letter.objects.bulk_create(
                Letter(key=key, **_values(new, barred=new.to.lower() in barred, at=at))
                for key, new in some.items()
                if key not in known
            )
        if made:
            entry = record(LettersWritten(count=len(made)), by=by, at=at)
            for start in range(0, len(made), AT_ONCE):
                touch_all(entry, Letter.objects.filter(pk__in=[one.pk for one in made[start : start + AT_ONCE]]))
    return len(made)


def _check_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError as mistake:
        raise NotNow(_("“%(address)s” is not an e-mail address.") % {"address": to}) from mistake


def _values(new: NewLetter, *, barred: bool, at: datetime) -> dict[str, Any]:
    return {
        "to": new.to,
        "person": new.person,
        "subject": one_line(new.subject)[:250],
        "text": new.text,
        "html": new.html,
        "language": new.language,
        "headers": {name: one_line(value) for name, value in new.headers.items()},
        "not_before": at,
        "state": State.FAILED if barred else State.QUEUED,
        "trouble": BARRED if barred else "",
    }


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
