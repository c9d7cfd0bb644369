"""From the lines of a mail to what it says. Any bytes are read as well as they can be; nothing is raised."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.feedparser import BytesFeedParser
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from lxml import etree, html  # type: ignore[import-untyped] # lxml carries no types

from .cutting import size_said, without_mark
from .parts import IDS, decoded, header, one_line, plain, storable
from .senders import judged
from .values import Attached, Incoming, Kind

TEXT_MOST = 200_000  # characters
PARTS_MOST = 200
NAMES_MOST = 50  # message ids and addresses looked at
ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,190}")
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
        words = storable(beginning[:4000].decode("utf-8", "replace"))
        return Incoming("", "", "", "", "", None, words, broken=True)


def _read(mail: Message, *, trusted_host: str) -> Incoming:
    name, address = parseaddr(plain(mail, "From"))
    texts, files = _told_apart(_own_parts(mail))
    sender, why = judged(
        [str(value) for value in mail.get_all("Authentication-Results", [])],
        from_address=address, trusted_host=trusted_host,
    )  # fmt: skip
    ids = IDS.findall(plain(mail, "In-Reply-To") + " " + plain(mail, "References"))
    return Incoming(
        message_id=next(iter(IDS.findall(plain(mail, "Message-ID"))), ""),
        subject=plain(mail, "Subject")[:250],
        from_name=name[:200],
        from_address=address[:254],
        to=plain(mail, "To")[:500],
        written_at=_moment(mail),
        text=_text_of(texts)[:TEXT_MOST],
        kind=_kind(mail, trusted=bool(trusted_host)),
        sender=sender,
        sender_why=why[:250],
        answers=tuple(dict.fromkeys(ids[-NAMES_MOST:])),
        addressed=_addressed(mail),
        attached=tuple(_attached(part, number) for number, part in enumerate(files, 1)),
    )


def _addressed(mail: Message) -> tuple[str, ...]:
    """Also where only the server that handed it over says so, as for a blind copy or an alias."""
    said = [header(value)[:20_000] for name in ADDRESSED for value in mail.get_all(name, [])]
    found = (one.lower() for words in said for one in _ADDRESS.findall(words))
    return tuple(dict.fromkeys(found))[:NAMES_MOST]


def _own_parts(mail: Message) -> list[Message]:
    """Every part but those that only hold others; a mail that hangs on this one is one part, not many."""
    found: list[Message] = []
    waiting = [mail]
    for _number in range(PARTS_MOST * 2):
        if not waiting:
            break
        part = waiting.pop(0)
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [one for one in payload if isinstance(one, Message)] + waiting
        else:
            found.append(part)
    return found[:PARTS_MOST]


def _told_apart(parts: list[Message]) -> tuple[list[Message], list[Message]]:
    texts: list[Message] = []
    files: list[Message] = []
    for part in parts:
        named = part.get_content_disposition() == "attachment" or part.get_filename()
        (files if named or not _is_text(part) else texts).append(part)
    return texts, files


def _is_text(part: Message) -> bool:
    """Also a multipart of which nobody knows the boundary: then its lines are all there is to read."""
    return part.get_content_type() in ("text/plain", "text/html") or part.get_content_maintype() == "multipart"


def _text_of(texts: list[Message]) -> str:
    """The plain text; the HTML without its markup where there is none."""
    plainly = [_words(part) for part in texts if part.get_content_subtype() != "html"]
    if any(words.strip() for words in plainly):
        return "\n\n".join(plainly).strip()
    return "\n\n".join(_without_markup(_words(part)) for part in texts).strip()


def _words(part: Message) -> str:
    body = part.get_payload()
    if isinstance(body, str) and size_said(body) is not None:
        part.set_payload(without_mark(body))
    return decoded(part)


def _without_markup(source: str) -> str:
    try:
        page = html.fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return ""
    for hidden in page.xpath("//script | //style | //head"):
        hidden.drop_tree()
    for block in page.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
    return storable("\n".join(" ".join(line.split()) for line in page.text_content().splitlines()).strip())


def _attached(part: Message, number: int) -> Attached:
    name = header(part.get_filename() or "") or f"{number}"
    media_type = part.get_content_type()
    payload = part.get_payload()
    if isinstance(payload, list):  # a whole mail that was attached
        content: bytes | None = b"\n".join(bytes(one) for one in payload if isinstance(one, Message))
        return Attached(one_line(name)[:200], media_type, len(content or b""), content)
    body = str(payload)
    if (size := size_said(body)) is not None:
        in_base64 = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
        return Attached(one_line(name)[:200], media_type, size * 3 // 4 if in_base64 else size, None)
    bare = part.get_payload(decode=True)
    content = bare if isinstance(bare, bytes) else body.encode("utf-8", "replace")
    return Attached(one_line(name)[:200], media_type, len(content), content)


def _kind(mail: Message, *, trusted: bool) -> Kind:
    """RFC 3834 section 2 and 5, RFC 2919; a mark of spam counts where we know whose mark it is."""
    if trusted and plain(mail, "X-Spam-Flag").lower() == "yes":
        return Kind.SPAM
    auto = plain(mail, "Auto-Submitted").lower().partition(";")[0].strip()
    bulk = plain(mail, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
    marks = any(mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe"))
    nobody = plain(mail, "Return-Path") == "<>"
    return Kind.AUTOMATIC if (auto not in ("", "no")) or bulk or marks or nobody else Kind.PERSON


def _moment(mail: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(plain(mail, "Date"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # a year that no clock shows
    except (TypeError, ValueError, OverflowError):
        return None
    return found
