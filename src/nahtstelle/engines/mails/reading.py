"""From the lines of a mail to what it says. Any bytes are read as well as they can be; nothing is raised."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.feedparser import BytesFeedParser
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from lxml import etree, html  # type: ignore[import-untyped] # lxml carries no types

from .cutting import size_said
from .senders import judged
from .values import Attached, Incoming, Kind, Sender

TEXT_MOST = 200_000  # characters
PARTS_MOST = 200
NAMES_MOST = 50  # message ids looked at
_IDS = re.compile(r"<[^<>\s]{3,250}>")
_BLOCKS = ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table"]


def read_mail(lines: Iterable[bytes], *, trusted_host: str = "") -> Incoming:
    """The mail whose lines these are; ``trusted_host`` names the server whose judgement of the sender counts."""
    parser = BytesFeedParser(policy=compat32)
    beginning = b""
    try:
        for line in lines:
            parser.feed(line)
            if len(beginning) < 4000:
                beginning += line
        return _read(parser.close(), trusted_host=trusted_host)
    except Exception:  # reason: nested or broken beyond what the parser bears; a person reads its beginning
        words = _storable(beginning[:4000].decode("utf-8", "replace"))
        return Incoming("", "", "", "", "", None, words, broken=True)


def _read(mail: Message, *, trusted_host: str) -> Incoming:
    name, address = parseaddr(_plain(mail, "From"))
    parts = [part for part in _own_parts(mail) if not part.is_multipart()][:PARTS_MOST]
    texts, files = _told_apart(parts)
    sender, why = judged(
        [str(value) for value in mail.get_all("Authentication-Results", [])],
        from_address=address, trusted_host=trusted_host,
    )  # fmt: skip
    ids = _IDS.findall(_plain(mail, "In-Reply-To") + " " + _plain(mail, "References"))
    return Incoming(
        message_id=next(iter(_IDS.findall(_plain(mail, "Message-ID"))), ""),
        subject=_plain(mail, "Subject")[:250],
        from_name=name[:200],
        from_address=address[:254],
        to=_plain(mail, "To")[:500],
        written_at=_moment(mail),
        text=_text_of(texts)[:TEXT_MOST],
        kind=_kind(mail, trusted=sender is not Sender.UNVERIFIED or bool(trusted_host)),
        sender=sender,
        sender_why=why[:250],
        answers=tuple(dict.fromkeys(ids[-NAMES_MOST:])),
        attached=tuple(_attached(part, number) for number, part in enumerate(files, 1)),
    )


def _own_parts(mail: Message) -> list[Message]:
    """Every part; a mail that hangs on this one is one part, not many."""
    found: list[Message] = []
    waiting = [mail]
    while waiting and len(found) < PARTS_MOST * 2:
        part = waiting.pop(0)
        found.append(part)
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [one for one in payload if isinstance(one, Message)] + waiting
    return found


def _told_apart(parts: list[Message]) -> tuple[list[Message], list[Message]]:
    texts, files = [], []
    for part in parts:
        is_text = part.get_content_type() in ("text/plain", "text/html")
        if is_text and part.get_content_disposition() != "attachment" and not part.get_filename():
            texts.append(part)
        elif part.get_content_maintype() != "multipart":
            files.append(part)
    return texts, files


def _text_of(texts: list[Message]) -> str:
    """The plain text; the HTML without its markup where there is none."""
    plain = [_decoded(part) for part in texts if part.get_content_subtype() == "plain"]
    if any(words.strip() for words in plain):
        return "\n\n".join(plain).strip()
    return "\n\n".join(_without_markup(_decoded(part)) for part in texts).strip()


def _without_markup(source: str) -> str:
    try:
        page = html.fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ""
    for hidden in page.xpath("//script | //style | //head"):
        hidden.drop_tree()
    for block in page.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
    return _storable("\n".join(" ".join(line.split()) for line in page.text_content().splitlines()).strip())


def _attached(part: Message, number: int) -> Attached:
    name = _header(part.get_filename() or "") or f"{number}"
    media_type = part.get_content_type()
    payload = part.get_payload()
    if isinstance(payload, list):  # a whole mail that was attached
        content: bytes | None = b"\n".join(bytes(one) for one in payload if isinstance(one, Message))
        return Attached(_one_line(name)[:200], media_type, len(content or b""), content)
    body = str(payload)
    if (size := size_said(body)) is not None:
        in_base64 = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
        return Attached(_one_line(name)[:200], media_type, size * 3 // 4 if in_base64 else size, None)
    decoded = part.get_payload(decode=True)
    content = decoded if isinstance(decoded, bytes) else body.encode("utf-8", "replace")
    return Attached(_one_line(name)[:200], media_type, len(content), content)


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return _storable(str(part.get_payload()))
    try:
        return _storable(content.decode(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return _storable(content.decode("latin-1"))


def _kind(mail: Message, *, trusted: bool) -> Kind:
    """RFC 3834 section 2 and 5, RFC 2919; a mark of spam counts where we know whose mark it is."""
    if trusted and _plain(mail, "X-Spam-Flag").lower() == "yes":
        return Kind.SPAM
    auto = _plain(mail, "Auto-Submitted").lower().partition(";")[0].strip()
    bulk = _plain(mail, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
    marks = any(mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe"))
    nobody = _plain(mail, "Return-Path") == "<>"
    return Kind.AUTOMATIC if (auto not in ("", "no")) or bulk or marks or nobody else Kind.PERSON


def _moment(mail: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_plain(mail, "Date"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # a year that no clock shows
    except (TypeError, ValueError, OverflowError):
        return None
    return found


def _plain(mail: Message, name: str) -> str:
    return _header(mail.get(name, ""))


def _header(value: object) -> str:
    try:
        decoded = str(make_header(decode_header(str(value))))
    except (LookupError, UnicodeError, ValueError):
        decoded = str(value)
    return _one_line(decoded)


def _one_line(text: str) -> str:
    return " ".join(_storable(text).split())


def _storable(text: str) -> str:
    """Without what no database keeps: NUL characters and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
