"""Mail that came back: whose it was, and whether the address may be written to any more.

Only a returned mail that carries the Message-ID of a letter of ours, which nobody else can guess, closes an address:
else anybody could silence anybody by a forged report.
"""

import hashlib
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from nahtstelle.engines.mails.bounces.reading import Report, read_report
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import AddressCleared, BounceNotUnderstood, LetterBounced
from ..models import Bounce, Letter
from .operators import tell_of_bounce, tell_operators


class Outcome(StrEnum):
    BOUNCED = "bounced"
    NO_BOUNCE = "no bounce"  # an automatic answer, a delay, a success
    KNOWN = "known"  # this letter's return was noted before
    UNREADABLE = "not understood"


def note_bounce(*, raw: bytes, by: Actor, at: datetime) -> Outcome:
    """Note a mail that came to the address our letters are sent from. Nothing it contains makes this fail."""
    return note_report(report=read_report(raw), raw=raw, by=by, at=at)


def note_report(*, report: Report, raw: bytes, by: Actor, at: datetime) -> Outcome:
    """Note what was read from ``raw`` already."""
    if report.harmless:
        return Outcome.NO_BOUNCE
    letter = _letter_of(report)
    if letter is None and not report.recipient:
        _not_understood(raw, by=by, at=at)
        return Outcome.UNREADABLE
    with transaction.atomic():
        if letter is not None:
            letter = Letter.objects.select_for_update().get(pk=letter.pk)
            if letter.state == Letter.State.BOUNCED:
                return Outcome.KNOWN
        bounce = _keep(
            to=letter.to if letter else report.recipient,
            letter=letter,
            hard=report.hard and letter is not None,
            status=report.status,
            diagnostic=report.diagnostic,
            by=by,
            at=at,
        )
        if letter is not None:
            letter.state = Letter.State.BOUNCED
            letter.trouble = f"{report.status} {report.diagnostic}".strip()
            letter.save(update_fields=["state", "trouble"])
        if bounce.hard or letter is None:
            tell_of_bounce(bounce, by=by, at=at)
    return Outcome.BOUNCED


def bar(letter: Letter, *, status: str, diagnostic: str, by: Actor, at: datetime) -> Bounce:
    """The mail server said at the door that there is no such address."""
    return _keep(to=letter.to, letter=letter, hard=True, status=status, diagnostic=diagnostic, by=by, at=at)


def _keep(
    *, to: str, letter: Letter | None, hard: bool, status: str, diagnostic: str, by: Actor, at: datetime
) -> Bounce:
    bounce = Bounce.objects.create(
        to=to[:254], letter=letter, hard=hard, status=status[:20], diagnostic=diagnostic[:2000], at=at
    )
    fact = LetterBounced(bounce=bounce.pk, letter=letter.pk if letter else None, hard=hard, status=status[:20])
    touched = [Touched(letter, {"state": (letter.state, Letter.State.BOUNCED.value)})] if letter else []
    record(fact, by=by, at=at, why=diagnostic[:500], touched=[*touched, bounce])
    return bounce


def _letter_of(report: Report) -> Letter | None:
    return Letter.objects.filter(message_id__in=report.message_ids).exclude(message_id="").first()


def _not_understood(raw: bytes, *, by: Actor, at: datetime) -> None:
    digest = hashlib.sha256(raw).hexdigest()[:16]
    excerpt = raw[:500].decode("utf-8", "replace").replace("\x00", "�")
    with transaction.atomic():
        record(BounceNotUnderstood(digest=digest, excerpt=excerpt), by=by, at=at)
        words = {"excerpt": " ".join(excerpt.split())[:200]}
        tell_operators(kind="notices.bounce-unread", words=words, cause=f"bounce-{digest}", by=by, at=at)


def clear_address(*, address: str, by: Actor, at: datetime) -> int:
    """Mail may go to this address again, as after a full mailbox or a repaired server; the number of bounces laid
    aside.
    """
    with transaction.atomic():
        standing = Bounce.objects.filter(to__iexact=address, resolved_at__isnull=True)
        touched = [Touched(bounce, {"resolved_at": (None, at)}) for bounce in standing]
        count = standing.update(resolved_at=at)
        if count:
            record(AddressCleared(count=count), by=by, at=at, touched=touched)
    return count
