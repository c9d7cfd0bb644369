"""What a mail is to us."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Sender(StrEnum):
    """Whether the sender's address is what it claims to be, as our own mail server judged."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FORGED = "forged"


class Kind(StrEnum):
    PERSON = "person"
    AUTOMATIC = "automatic"  # an absence note, a confirmation, a list: RFC 3834, RFC 2919
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with the mail; ``content`` is None where it was too large, ``size`` then about right."""

    name: str
    media_type: str
    size: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """``answers`` are the message ids the mail says it replies to; ``to`` is as it was written."""

    message_id: str
    subject: str
    from_name: str
    from_address: str
    to: str
    written_at: datetime | None
    text: str
    kind: Kind = Kind.PERSON
    sender: Sender = Sender.UNVERIFIED
    sender_why: str = ""
    answers: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()  # whom it was sent and handed to, in small letters
    attached: tuple[Attached, ...] = field(default=())
    broken: bool = False  # could not be read as a mail; ``text`` is its beginning
