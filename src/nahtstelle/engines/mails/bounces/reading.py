"""From the bytes of a returned mail to what it says: which letter, which address, for good or for now.

Sources: RFC 3464 (delivery status), RFC 3463 (status codes), RFC 6522 (multipart/report), RFC 3834 (automatic
answers); the free forms are those of Exim (X-Failed-Recipients), qmail ("<address>:") and of servers that only quote
the SMTP dialogue.
"""

from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser, HeaderParser
from email.policy import compat32

from ..parts import decoded, plain
from . import free_text
from .codes import first_status, is_hard

MOST = 2 * 1024 * 1024  # bytes looked at; a report begins with what matters
HARMLESS_ACTIONS = frozenset({"delayed", "delivered", "relayed", "expanded"})
HARMLESS_REPORTS = frozenset({"disposition-notification", "feedback-report"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a returned mail says.

    ``harmless``: it is no failure at all (a delay, a success, an absence note). Neither harmless nor with a recipient
    or message id: not understood, for a person to read.
    """

    harmless: bool
    hard: bool = False
    status: str = ""
    diagnostic: str = ""
    recipient: str = ""
    message_ids: tuple[str, ...] = ()


def read_report(raw: bytes) -> Report:
    """What the mail says. Any bytes are read as well as they can be; nothing is raised."""
    raw = raw[:MOST].replace(b"\x00", b"")  # some databases keep no NUL characters
    whole = raw.decode("utf-8", "replace")
    try:
        mail = BytesParser(policy=compat32).parsebytes(raw)
        parts = list(mail.walk())
    except Exception:  # reason: nested or broken beyond what the parser bears; what can be read as text still is
        return _read_freely(whole, Message(), free_text.message_ids(whole))
    ids = _message_ids(mail, parts, whole)
    report_type = str(mail.get_param("report-type", "")).lower()
    if report_type in HARMLESS_REPORTS:
        return Report(harmless=True, message_ids=ids)
    fields = [
        block for part in parts if part.get_content_type() == "message/delivery-status" for block in _blocks(part)
    ]
    verdicts = [block for block in fields if block.get("Action") or block.get("Status")]
    if verdicts:
        return _read_fields(verdicts, ids)
    return _read_freely(_own_words(mail, parts), mail, ids, declared=report_type == "delivery-status")


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    return [HeaderParser(policy=compat32).parsestr(block) for block in str(payload).split("\n\n")]


def _read_fields(verdicts: list[Message], ids: tuple[str, ...]) -> Report:
    failed = [block for block in verdicts if plain(block, "Action").lower() not in HARMLESS_ACTIONS]
    if not failed:
        return Report(harmless=True, message_ids=ids)
    block = failed[0]
    diagnostic = _after_type(plain(block, "Diagnostic-Code"))
    status = first_status(plain(block, "Status")) or first_status(diagnostic)
    recipient = _after_type(plain(block, "Final-Recipient") or plain(block, "Original-Recipient"))
    return Report(
        harmless=False,
        hard=is_hard(status, diagnostic),
        status=status,
        diagnostic=diagnostic,
        recipient=free_text.first_address(recipient),
        message_ids=ids,
    )


def _read_freely(words: str, mail: Message, ids: tuple[str, ...], *, declared: bool = False) -> Report:
    """``declared``: the mail calls itself a delivery report, whatever it then brings."""
    said = free_text.before_the_returned_mail(words)
    subject = plain(mail, "Subject")
    named = plain(mail, "X-Failed-Recipients")
    status = first_status(said)
    sender = f"{plain(mail, 'From')} {plain(mail, 'Return-Path')}"
    # A person who answers may write of "550 Euro": only a machine's numbers count.
    machine = declared or bool(named) or free_text.is_a_machine(sender) or free_text.speaks_of_failure(subject)
    if not mail.keys():
        machine = free_text.speaks_of_failure(said) or bool(status)
    absent = free_text.is_absence_note(subject, plain(mail, "Auto-Submitted"), plain(mail, "Precedence"))
    fails = bool(declared or named or status[:1] in ("4", "5") or free_text.speaks_of_failure(f"{subject}\n{said}"))
    if absent and not (machine and fails):
        return Report(harmless=True, message_ids=ids)
    diagnostic = free_text.dialogue_line(said)
    if not machine or not (fails or diagnostic):
        return Report(harmless=False)
    return Report(
        harmless=False,
        hard=is_hard(status, diagnostic),
        status=status,
        diagnostic=diagnostic,
        recipient=free_text.first_address(named) or free_text.refused_address(said),
        message_ids=ids,
    )


def _own_words(mail: Message, parts: list[Message]) -> str:
    """The text of the report itself, without the mail it returns."""
    inside = {id(part) for outer in parts if outer.get_content_type() == "message/rfc822" for part in outer.walk()}
    texts = [part for part in parts if part.get_content_maintype() == "text" and id(part) not in inside]
    return "\n".join(decoded(part) for part in texts if part.get_content_subtype() != "rfc822-headers")


def _message_ids(mail: Message, parts: list[Message], whole: str) -> tuple[str, ...]:
    """Every message id the report names: of the returned mail, of the mails it answers, or quoted anywhere."""
    answered = " ".join(plain(mail, name) for name in ("In-Reply-To", "References", "X-Original-Message-ID"))
    texts = [decoded(part) for part in parts if part.get_content_maintype() == "text"]
    return free_text.message_ids("\n".join(["Message-ID: " + answered, *texts, whole]))


def _after_type(value: str) -> str:
    """ "rfc822; a@b.de" and "smtp; 550 no" without their type."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon and " " not in kind.strip() else value
