"""A mail that came in: one place decides where it belongs.

A bounce goes to the handling of bounces, a reply to a dispatch to that dispatch, where a person confirms it; everything
else is laid into the inbox of the centre. Nothing is done because of who the mail says it is from: a From line is no
proof of anything.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from nahtstelle.engines.mails.bounces.reading import MOST as BOUNCE_MOST
from nahtstelle.engines.mails.bounces.reading import Report, read_report
from nahtstelle.engines.mails.cutting import cut
from nahtstelle.engines.mails.reading import read_mail
from nahtstelle.engines.mails.values import Incoming, Kind
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import note_report
from nahtstelle.register.notices.models import Letter
from nahtstelle.rooms.outreach import mailed

from . import attachments
from .facts import MailTaken
from .models import Mail


class Outcome(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"  # delivered a second time
    BOUNCE = "bounce"
    ANSWER = "answer"
    AUTOMATIC = "automatic"
    SPAM = "spam"
    EMPTY = "empty"


def take(stream: BinaryIO, *, by: Actor, at: datetime) -> Outcome:
    """Take one mail from a stream that can be read twice. Nothing it contains makes this fail.

    Raises only what another attempt may cure: the database away, the disk full.
    """
    beginning = stream.read(BOUNCE_MOST)
    if not beginning.strip():
        return Outcome.EMPTY
    report = read_report(beginning)
    bounce = _is_bounce(report)
    if bounce and _names_our_letter(report):
        note_report(report=report, raw=beginning, by=by, at=at)
        return Outcome.BOUNCE
    stream.seek(0)
    found = read_mail(cut(stream), trusted_host=settings.MAIL_TRUSTED_HOST)
    if bounce:  # of no letter we know; perhaps no bounce at all, so it stays readable
        found = replace(found, kind=Kind.AUTOMATIC)
    with transaction.atomic():
        mail, new = _lay_in(found, beginning, at=at)
        if not new:
            return Outcome.KNOWN
        if bounce:
            note_report(report=report, raw=beginning, by=by, at=at)
        for attached in found.attached:
            attachments.take(mail, attached, at=at)
        answers = found.kind is Kind.PERSON and mailed.note(
            message_ids=found.answers, words=_own_words(found.text), from_address=found.from_address,
            sender=found.sender.value, key=mail.key, by=by, at=at,
        )  # fmt: skip
        if answers:
            mail.kind, mail.closed_at = Mail.Kind.ANSWER, at
            mail.save(update_fields=["kind", "closed_at"])
        record(MailTaken(mail.pk, mail.kind, mail.sender), by=by, at=at, touched=[mail])
    if bounce:
        return Outcome.BOUNCE
    return Outcome.ANSWER if answers else _outcome(found)


def _outcome(found: Incoming) -> Outcome:
    return {Kind.AUTOMATIC: Outcome.AUTOMATIC, Kind.SPAM: Outcome.SPAM}.get(found.kind, Outcome.TAKEN)


def _is_bounce(report: Report) -> bool:
    """A machine's report that a letter did not arrive; absence notes and the words of people are none."""
    return not report.harmless and bool(report.recipient or report.status or report.diagnostic)


def _names_our_letter(report: Report) -> bool:
    return Letter.objects.filter(message_id__in=report.message_ids).exclude(message_id="").exists()


def _lay_in(found: Incoming, beginning: bytes, *, at: datetime) -> tuple[Mail, bool]:
    named = found.message_id.encode() or beginning
    # What machines and spam write needs nobody; it is closed at once and can be found.
    closed = None if found.kind is Kind.PERSON else at
    return Mail.objects.get_or_create(
        key=hashlib.sha256(named).hexdigest(),
        defaults={
            "kind": found.kind.value, "sender": found.sender.value, "sender_why": found.sender_why,
            "from_name": found.from_name, "from_address": found.from_address, "to": found.to,
            "subject": found.subject, "text": found.text, "written_at": found.written_at, "received_at": at,
            "broken": found.broken, "closed_at": closed,
        },
    )  # fmt: skip


def _own_words(text: str) -> str:
    """What the person wrote, without the letter quoted below it."""
    lines = []
    for line in text.splitlines():
        if line.startswith(">") or _begins_quote(line):
            break
        lines.append(line)
    return "\n".join(lines).strip() or text.strip()


def _begins_quote(line: str) -> bool:
    said = line.strip()
    return (said.startswith(("Am ", "On ")) and said.endswith(("schrieb:", "wrote:"))) or said.startswith("-----")
