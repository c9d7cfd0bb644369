"""What reports in free words say, in German and English."""

import re

from ..parts import IDS

_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+\.[\w-]+"
_FIRST_ADDRESS = re.compile(_ADDRESS)
_MESSAGE_ID_LINE = re.compile(
    r"^(?:>\s*)*(?:X-Original-)?Message-ID:\s*((?:<[^<>\s]{3,250}>\s*)+)", re.IGNORECASE | re.MULTILINE
)
_REFUSED = [
    re.compile(rf"(?:RCPT TO|Final-Recipient|Original-Recipient)\s*:\s*(?:rfc822;\s*)?<?({_ADDRESS})", re.IGNORECASE),
    re.compile(rf"^\s*<({_ADDRESS})>\s*(?::|\(|$)", re.MULTILINE),  # qmail, Postfix
    re.compile(rf"^\s*({_ADDRESS})\s*$", re.MULTILINE),  # Exim, Exchange
    re.compile(rf"<({_ADDRESS})>"),
]
_DIALOGUE = re.compile(r"(?<![\d.])[45][0-5]\d[ -](?:[45]\.\d{1,3}\.\d{1,3}\b|[<A-Za-zÄÖÜäöü]).*")
_RETURNED = re.compile(
    r"^(?:-{2,}.*(?:original|copy of|returned|ursprüngliche|message follows|below this line).*"
    r"|Message-ID:.*|Received: from .*|Return-Path:.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_FAILURE = re.compile(
    r"undeliver|not (?:be )?delivered|delivery (?:has )?fail|delivery status notification \(failure\)|failure notice"
    r"|returned mail|returned to sender|permanent (?:fatal )?error|wasn't able to deliver|mail delivery failed"
    r"|no such user|user unknown|mailbox (?:is )?(?:full|unavailable)|unzustellbar|nicht zugestellt|nicht zustellbar"
    r"|unbekannter empfänger|postfach (?:ist )?voll|existiert nicht",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|vacation|abwesenheit"
    r"|automatische antwort|nicht im (?:büro|haus)|im urlaub",
    re.IGNORECASE,
)

_MACHINE = re.compile(
    r"mailer-daemon|postmaster|mail delivery|<>|maildelivery|mail-daemon|microsoftexchange", re.IGNORECASE
)


def message_ids(text: str) -> tuple[str, ...]:
    """The ids on the Message-ID lines of a text, each once, in order."""
    found = (one for line in _MESSAGE_ID_LINE.findall(text) for one in IDS.findall(line))
    return tuple(dict.fromkeys(found))


def first_address(text: str) -> str:
    found = _FIRST_ADDRESS.search(text)
    return found.group().rstrip(".") if found else ""


def refused_address(text: str) -> str:
    """The address a report complains of; "" where it names none."""
    for pattern in _REFUSED:
        if found := pattern.search(text):
            return found.group(1).rstrip(".")
    return ""


def before_the_returned_mail(text: str) -> str:
    """The report's own words: what follows may be our own letter, with numbers and addresses of its own."""
    found = _RETURNED.search(text)
    # Where nothing stands before it, the "returned mail" is the report.
    return text[: found.start()] if found and text[: found.start()].strip() else text


def dialogue_line(text: str) -> str:
    """The quoted answer of the refusing server, "550 5.1.1 no such user"; "" where none is quoted."""
    found = _DIALOGUE.search(text)
    return " ".join(found.group().split())[:500] if found else ""


def speaks_of_failure(text: str) -> bool:
    return _FAILURE.search(text) is not None


def is_a_machine(sender: str) -> bool:
    """Whether From or Return-Path are those of a mail system; an empty Return-Path is (RFC 5321 section 6.1)."""
    return _MACHINE.search(sender) is not None


def is_absence_note(subject: str, auto_submitted: str, precedence: str) -> bool:
    """An automatic answer of a person who is away (RFC 3834)."""
    automatic = auto_submitted.lower().startswith("auto-replied") or precedence.lower() in ("auto_reply", "bulk")
    return automatic or _ABSENCE.search(subject) is not None
