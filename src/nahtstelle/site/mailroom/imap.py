"""Fetching mail from a mailbox by IMAP over TLS.

Whatever lies in the folder is to be taken; what was taken is moved to another folder of the same mailbox, so the
originals stay where the mail people find them. A process killed in between takes a mail twice, which is noticed.
"""

import imaplib
import logging
import re
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.db import DatabaseError

from nahtstelle.plumbing.ledger.actors import Actor

from .taking import take

log = logging.getLogger(__name__)

CHUNK = 1024 * 1024  # bytes asked for at a time: a large mail is never in memory as a whole
TIMEOUT = 30  # seconds
MOST = 200  # mails of one round
SPOOLED = 4 * 1024 * 1024  # bytes held in memory before a mail goes to a temporary file


class MailboxTrouble(Exception):
    """The mailbox cannot be used; the message is a sentence for the operator."""


def fetch(*, by: Actor, at: datetime) -> dict[str, int]:
    """Take what lies in the mailbox; how many of each outcome. Without ``IMAP_HOST`` nothing is done.

    A mail that cannot be taken stays where it is and hinders no other. Raises ``MailboxTrouble``, also at the end of a
    round in which some could not be taken.
    """
    done: dict[str, int] = {}
    troubles: list[str] = []
    if not settings.IMAP_HOST:
        return done
    with _mailbox() as box:
        for uid in _waiting(box)[:MOST]:
            with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as spool:
                _copy(box, uid, spool)  # type: ignore[arg-type] # a spooled file is a binary stream
                spool.seek(0)
                try:
                    outcome = take(spool, by=by, at=at)  # type: ignore[arg-type] # as above
                except DatabaseError:
                    raise  # the others could not be taken either
                except Exception as trouble:  # reason: whatever one mail brings, the others must be taken
                    log.exception("The mail %s in the mailbox could not be taken.", uid)
                    troubles.append(f"{uid}: {trouble}")
                    continue
            _move(box, uid)
            done[outcome.value] = done.get(outcome.value, 0) + 1
    if troubles:
        raise MailboxTrouble(f"{len(troubles)} mails could not be taken and stay in the mailbox: {troubles[0]}")
    return done


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    try:
        box = _connected()
        try:
            box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
            _ok(box.select(_quoted(settings.IMAP_FOLDER)), settings.IMAP_FOLDER)
            yield box
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                box.logout()
    except (imaplib.IMAP4.error, OSError) as trouble:
        raise MailboxTrouble(f"The mailbox at {settings.IMAP_HOST} cannot be used: {trouble}") from trouble


def _connected() -> imaplib.IMAP4:
    """Never signed in to without TLS, and never to a server whose certificate is not trusted."""
    trust = ssl.create_default_context(cafile=settings.IMAP_CA or None)
    if not settings.IMAP_STARTTLS:
        return imaplib.IMAP4_SSL(settings.IMAP_HOST, settings.IMAP_PORT, ssl_context=trust, timeout=TIMEOUT)
    box = imaplib.IMAP4(settings.IMAP_HOST, settings.IMAP_PORT, timeout=TIMEOUT)
    try:
        box.starttls(ssl_context=trust)
    except (imaplib.IMAP4.error, OSError):
        with suppress(OSError):
            box.shutdown()
        raise
    return box


def _waiting(box: imaplib.IMAP4) -> list[str]:
    found = _ok(box.uid("SEARCH", "UNDELETED"), "search")
    return found[0].decode().split() if found and found[0] else []


def _copy(box: imaplib.IMAP4, uid: str, to: BinaryIO) -> None:
    """Piece by piece; without marking the mail as read."""
    start = 0
    while True:
        answer = _ok(box.uid("FETCH", uid, f"(BODY.PEEK[]<{start}.{CHUNK}>)"), uid)
        piece = next((part[1] for part in answer if isinstance(part, tuple)), b"")
        to.write(piece)
        start += len(piece)
        if len(piece) < CHUNK:
            return


def _move(box: imaplib.IMAP4, uid: str) -> None:
    """Into the folder of what was taken, which is made where it is missing."""
    target = _quoted(settings.IMAP_DONE_FOLDER)
    kind, said = box.uid("COPY", uid, target)
    if kind != "OK" and re.search(rb"TRYCREATE|exist|unknown|no such", said[0] or b"", re.IGNORECASE):
        _ok(box.create(target), settings.IMAP_DONE_FOLDER)
        kind, said = box.uid("COPY", uid, target)
    _ok((kind, said), settings.IMAP_DONE_FOLDER)
    _ok(box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"), uid)
    _ok(box.expunge(), uid)


def _ok(answer: tuple[str, list], what: str) -> list:  # type: ignore[type-arg] # what the library gives
    kind, said = answer
    if kind != "OK":
        words = said[0].decode("utf-8", "replace") if said and isinstance(said[0], bytes) else ""
        raise MailboxTrouble(f"The mailbox at {settings.IMAP_HOST} refuses ({what}): {words}")
    return said


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
