"""Sending letters: claimed, handed to the mail server, marked.

A letter is claimed in one transaction, sent outside of any, and marked in another. A process killed in between leaves
it claimed; after ``LEASE`` it is claimed again. So a letter is sent *at least* once; its Message-ID is the same each
time, by which most mail systems recognise the second copy.
"""

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import Q

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import LetterGivenUp, LetterSent
from ..models import Letter
from ..posting import Verdict, judged, message_id_of, reason_of
from ..queries import is_barred
from .bounces import bar
from .letters import BARRED
from .operators import tell_of_lost_letter, tell_of_mail_server

State = Letter.State

LEASE = timedelta(minutes=10)
LONGEST_ROUND = 120.0  # seconds; well below the lease, since every claim of a round carries the round's moment
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
PATIENCE = 20  # attempts the receiving side may put us off: about two days


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did. ``trouble`` says why the server could not be used, "" where it could."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    trouble: str = ""


def pause_after(attempts: int) -> timedelta:
    """How long a letter rests after the receiving side put it off for the nth time: doubling from a minute to four
    hours.
    """
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def send_due_letters(*, by: Actor, at: datetime, most: int = 100) -> Round:
    """Send what is due, at most ``most`` letters and for about two minutes.

    Without a mail server (``EMAIL_HOST`` empty) letters stay where they are. A server that cannot be reached ends the
    round and costs no letter an attempt. A refusal of one letter is kept with its reason and harms no other.
    """
    done = Round()
    if not settings.EMAIL_HOST:
        return done
    started = time.monotonic()
    server = get_connection(fail_silently=False)
    try:
        for _number in range(most):
            letter = _claim(at=at)
            if letter is None or time.monotonic() - started > LONGEST_ROUND:
                if letter is not None:
                    _put_back(letter, trouble=letter.trouble)
                break
            done = _sent(letter, server, done, by=by, at=at)
            if done.trouble:
                tell_of_mail_server(reason=done.trouble, by=by, at=at)
                break
    finally:
        _close(server)
    return done


def _claim(*, at: datetime) -> Letter | None:
    due = Letter.objects.filter(
        Q(state=State.QUEUED, not_before__lte=at) | Q(state=State.SENDING, claimed_at__lte=at - LEASE)
    ).order_by("not_before", "id")
    if not due.exists():
        return None
    with transaction.atomic():
        if database.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        letter = due.first()
        if letter is not None:
            letter.state = State.SENDING
            letter.claimed_at = at
            letter.message_id = message_id_of(letter)
            letter.save(update_fields=["state", "claimed_at", "message_id"])
        return letter


def _sent(letter: Letter, server: BaseEmailBackend, done: Round, *, by: Actor, at: datetime) -> Round:
    if is_barred(letter.to):
        _give_up(letter, reason=BARRED, by=by, at=at)
        return replace(done, given_up=done.given_up + 1)
    try:
        server.open()
    except Exception as refusal:
        trouble = reason_of(refusal)
        _put_back(letter, trouble=trouble)
        return replace(done, trouble=trouble)
    try:
        _hand_over(letter, server)
    except Exception as refusal:
        _close(server)
        verdict = judged(refusal)
    else:
        _mark_sent(letter, by=by, at=at)
        return replace(done, sent=done.sent + 1)
    if verdict.server:
        done = replace(done, trouble=verdict.reason)
    if verdict.passing and letter.attempts + 1 < PATIENCE:
        # Also after the server hung up: were it this letter that makes it, the others must not wait behind it.
        _put_off(letter, verdict, at=at)
        return replace(done, put_off=done.put_off + 1)
    _refuse(letter, verdict, by=by, at=at)
    return replace(done, given_up=done.given_up + 1)


def _hand_over(letter: Letter, server: BaseEmailBackend) -> None:
    headers = {
        **letter.headers,
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers, connection=server)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    server.send_messages([mail])


def _close(server: BaseEmailBackend) -> None:
    with suppress(OSError):  # smtplib's errors are OSErrors; a server that hangs up rudely has hung up
        server.close()


def _mark_sent(letter: Letter, *, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        before = letter.state
        letter.state, letter.sent_at, letter.trouble = State.SENT, at, ""
        letter.attempts += 1
        letter.save(update_fields=["state", "sent_at", "trouble", "attempts"])
        change = Touched(letter, {"state": (before, State.SENT.value)})
        record(LetterSent(letter=letter.pk), by=by, at=at, touched=[change])


def _put_back(letter: Letter, *, trouble: str) -> None:
    letter.state, letter.claimed_at, letter.trouble = State.QUEUED, None, trouble
    letter.save(update_fields=["state", "claimed_at", "trouble"])


def _put_off(letter: Letter, verdict: Verdict, *, at: datetime) -> None:
    letter.attempts += 1
    letter.not_before = at + pause_after(letter.attempts)
    letter.state, letter.claimed_at, letter.trouble = State.QUEUED, None, verdict.reason
    letter.save(update_fields=["attempts", "not_before", "state", "claimed_at", "trouble"])


def _refuse(letter: Letter, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        letter.attempts += 1
        _give_up(letter, reason=verdict.reason, by=by, at=at)
        if verdict.no_such_address:
            bar(letter, status=verdict.status, diagnostic=verdict.reason, by=by, at=at)
        tell_of_lost_letter(letter, by=by, at=at)


def _give_up(letter: Letter, *, reason: str, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        letter.state, letter.claimed_at, letter.trouble = State.FAILED, None, reason
        letter.save(update_fields=["state", "claimed_at", "trouble", "attempts"])
        change = Touched(letter, {"state": (State.QUEUED.value, State.FAILED.value), "trouble": ("", reason)})
        fact = LetterGivenUp(letter=letter.pk, person=letter.person_id, reason=reason[:300])
        record(fact, by=by, at=at, why=reason, touched=[change])
