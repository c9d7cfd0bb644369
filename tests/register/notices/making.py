"""Notices, letters and a mail server for tests."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.notices.actions import tell, write_letter
from nahtstelle.register.notices.models import Letter, Notice
from tests.ports import free_port

SYSTEM = system("tests")


def make_letter(number: int = 1, *, at: datetime, **changed: Any) -> Letter:
    given = {
        "key": f"letter-{number}",
        "to": f"reader{number}@example.org",
        "subject": "Änderung im Aufenthaltsrecht",
        "text": "Grüße aus Köln",
        "language": "de",
        "by": SYSTEM,
        "at": at,
    }
    return write_letter(**{**given, **changed})


def make_notice(person: Any, number: int = 1, *, at: datetime, **changed: Any) -> Notice:
    given = {
        "person": person,
        "kind": "duties.due",
        "words": {"count": number},
        "link": "/schreibtisch/pflichten/",
        "cause": f"cause-{number}",
        "by": SYSTEM,
        "at": at,
    }
    return tell(**{**given, **changed})


class MailServer:
    """Takes mail as a real server would; ``answers`` maps an address to what RCPT says, ``data_answer`` is for DATA."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], EmailMessage]] = []
        self.answers: dict[str, str] = {}
        self.data_answer = "250 OK"
        self.hang_after_data = 0.0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.hang_after_data:
            await asyncio.sleep(self.hang_after_data)
        if self.data_answer.startswith("250"):
            mail = message_from_bytes(envelope.content or b"", policy=policy.default)
            self.received.append((list(envelope.rcpt_tos), mail))
        return self.data_answer

    @property
    def subjects(self) -> list[str]:
        return [mail["Subject"] for _to, mail in self.received]


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A real SMTP server on a free port, and the settings pointing at it."""
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    point_at(settings, controller.port)
    try:
        yield handler
    finally:
        controller.stop()


def point_at(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # the test runner puts another one in place
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_TIMEOUT = False, "", 1
    settings.DEFAULT_FROM_EMAIL = "Nahtstelle <nahtstelle@centre.example>"
