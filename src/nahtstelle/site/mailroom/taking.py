"""A mail that came in: one place decides where it belongs.

A bounce goes to the handling of bounces, a reply to a dispatch to that dispatch, where a person confirms it; everything
else is laid into the inbox of the centre, beside the duty or invitation it answers where its address says so. Nothing is done because of who the mail says it is from: a From line is no
proof of anything.
"""

import hashlib
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from nahtstelle.engines.mails.bounces.reading import MOST as BOUNCE_MOST
from nahtstelle.engines.mails.bounces.reading import Report, read_report
from nahtstelle.engines.mails.cutting import cut
from nahtstelle.engines.mails.reading import read_mail
from nahtstelle.engines.mails.values import Incoming, Kind
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import note_report, tell
from nahtstelle.register.notices.models import Letter
from nahtstelle.rooms.outreach import mailed
from nahtstelle.rooms.outreach.replying import DISPATCH

from . import attachments, matters
from .actions import give
from .facts import MailTaken
from .matters import About
from .models import Mail
from .words import ANSWERED


class Outcome(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"  # delivered a second time
    BOUNCE = "bounce"
    ANSWER = "answer"
    AUTOMATIC = "automatic"
    SPAM = "spam"
    EMPTY = "empty"


def take(stream: BinaryIO, *, by: Actor, at: datetime, trusted_host: str | None = None) -> Outcome:
    """Take one mail from a stream that can be read twice. Nothing it contains makes this fail.

    ``trusted_host`` is the server whose word on senders counts, the one in the settings where it is left out. Raises
    only what another attempt may cure: the database away, the disk full.
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
    found = read_mail(cut(stream), trusted_host=settings.MAIL_TRUSTED_HOST if trusted_host is None else trusted_host)
    if bounce:  # of no letter we know; perhaps no bounce at all, so it stays readable
        found = replace(found, kind=Kind.AUTOMATIC)
    about = matters.answered(found.addressed, on=timezone.localdate(at))
    with transaction.atomic():
        mail, new = _lay_in(found, beginning, about, at=at)
        if not new:
            return Outcome.KNOWN
        if bounce:
            note_report(report=report, raw=beginning, by=by, at=at)
        for attached in found.attached:
            attachments.take(mail, attached, at=at)
        answers = found.kind is Kind.PERSON and mailed.note(
            message_ids=found.answers, recipient=_recipient(about), words=_own_words(found.text), from_address=found.from_address,
            sender=found.sender.value, key=mail.key, by=by, at=at,
        )  # fmt: skip
        if answers:
            mail.kind, mail.closed_at = Mail.Kind.ANSWER, at
            mail.save(update_fields=["kind", "closed_at"])
        record(MailTaken(mail.pk, mail.kind, mail.sender), by=by, at=at, touched=[mail, *matters.touched_by(mail)])
        if about and mail.closed_at is None:
            _hand_to_keeper(mail, about, by=by, at=at)
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


def _recipient(about: About | None) -> int | None:
    return about.number if about and about.matter == DISPATCH else None


def _hand_to_keeper(mail: Mail, about: About, *, by: Actor, at: datetime) -> None:
    """Whoever asked looks after the answer, and is told."""
    keeper = matters.keeper_of(about, on=timezone.localdate(at))
    if keeper is None:
        return
    give(mail=mail, to=keeper, by=by, at=at)
    tell(
        person=keeper, kind=ANSWERED, words={"subject": str(mail)[:120], "about": matters.shown(mail)[0]},
        link=reverse("mailroom:mail", args=[mail.pk]), cause=f"mail-{mail.pk}", by=by, at=at,
    )  # fmt: skip


def _lay_in(found: Incoming, beginning: bytes, about: About | None, *, at: datetime) -> tuple[Mail, bool]:
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
            "about_kind": about.matter.name if about else "", "about_id": about.number if about else None,
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
    """ "On Monday Ruth wrote:", "Am 3.11.26 um 9:00 schrieb Ruth <ruth@…>:", "-----Original Message-----"."""
    said = line.strip()
    names = said.startswith(("Am ", "On ")) and said.endswith(":") and ("schrieb" in said or "wrote" in said)
    return names or said.startswith("-----")
