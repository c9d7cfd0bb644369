"""What a mail server's answer means, and how our letters are called."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import salted_hmac

from .models import Letter

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of handing over one letter."""

    passing: bool  # try again later (greylisted, mailbox full for now, server hung up), or for good
    reason: str
    status: str = ""  # RFC 3463 code where given, "5.1.1"
    server: bool = False  # the server itself is in trouble; more letters now would only meet the same

    @property
    def no_such_address(self) -> bool:
        """RFC 3463 section 3.2: 5.1.x speaks of the address itself."""
        return not self.passing and self.status.startswith("5.1.")


def judged(refusal: Exception) -> Verdict:
    """What ``refusal``, raised while handing over a letter, means for it."""
    match refusal:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(refusal.recipients.values()))
            return _answer(code, words)
        case smtplib.SMTPDataError():
            return _answer(refusal.smtp_code, refusal.smtp_error)
        case smtplib.SMTPSenderRefused() if refusal.smtp_code in TOO_LARGE:
            return _answer(refusal.smtp_code, refusal.smtp_error)
        case smtplib.SMTPNotSupportedError():
            return Verdict(passing=False, reason=reason_of(refusal))
        case smtplib.SMTPException() | ssl.SSLError() | OSError():
            return Verdict(passing=True, server=True, reason=reason_of(refusal))
        case _:  # the letter itself cannot be made into a mail
            return Verdict(passing=False, reason=reason_of(refusal))


TOO_LARGE = (552, 523)  # RFC 1870 section 6.1: said already to the sender's name


def reason_of(refusal: Exception) -> str:
    """The refusal in one line, as the server put it where it did."""
    if isinstance(refusal, smtplib.SMTPResponseException):
        return f"{refusal.smtp_code} {_text(refusal.smtp_error)}"[:500]
    return f"{type(refusal).__name__}: {refusal}"[:500]


def _answer(code: int, words: bytes | str) -> Verdict:
    text = _text(words)
    found = _STATUS.search(text)
    return Verdict(
        passing=code < 500,
        server=code == 421,  # RFC 5321 section 3.8: the server is closing down
        status=found.group(1) if found else "",
        reason=f"{code} {text}"[:500],
    )


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return text.replace("\x00", "�")  # PostgreSQL keeps no NUL characters


def mail_domain() -> str:
    """The domain our letters come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_id_of(letter: Letter) -> str:
    """A letter's Message-ID: always the same for the same letter, and not to be guessed by others.

    A returned mail proves by it that it really answers a letter of ours.
    """
    seal = salted_hmac("nahtstelle.notices.message-id", letter.key).hexdigest()[:24]
    return f"<{letter.pk}.{seal}@{mail_domain()}>"
