"""What reading any mail needs: its ids, its header fields and the text of its parts. Nothing is raised."""

import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

IDS = re.compile(r"<[^<>\s]{3,250}>")


def plain(mail: Message, name: str) -> str:
    """A header field as a person reads it; "" where it is missing."""
    return header(mail.get(name, ""))


def header(value: object) -> str:
    """The value of a header field in one line, its encoded words (RFC 2047) decoded."""
    try:
        words = str(make_header(decode_header(str(value))))
    except (LookupError, MessageError, ValueError):
        words = str(value)
    return one_line(words)


def decoded(part: Message) -> str:
    """The text of a part, in whatever characters it was written."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return storable(str(part.get_payload()))
    try:
        return storable(content.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return storable(content.decode("latin-1"))


def one_line(text: str) -> str:
    return " ".join(storable(text).split())


def storable(text: str) -> str:
    """Without what no database keeps: NUL characters and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
