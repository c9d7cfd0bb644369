"""RIS, read and written."""

import re
from collections.abc import Iterator

from ..records import Extra, Record
from . import fields, limits
from .carrying import MARK, carried, sole, with_carried
from .drafts import Item, drafted
from .ris_tags import KINDS, RANKS, TYPES
from .sources import Line
from .values import Broken, broken

TAG = re.compile(r"^\ufeff?\s?([A-Z][A-Z0-9]) {0,2} ?-(?: (.*)|)$", re.DOTALL)
_NUMBER = re.compile(r"^\s*\d+\.\s*$")
_CARRIER = "U5"
_LINES = ("KW",)  # one value a line, in EndNote's way


def read_ris(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    """A record without its end tag is taken and told. What stands behind an end tag belongs to the record before it."""
    held: list[Item] = []  # finished, but a tag of it may still come (Ovid)
    items: list[Item] = []
    begun, opened, size = 0, False, 0
    lost = False  # within a record that was given up
    for number, line in lines:
        found = TAG.match(line)
        tag, text = (found[1], found[2] or "") if found else ("", line)
        if tag == "TY":
            if opened:
                yield broken(begun, _spoken(items), "not_closed", kept=True)
                yield _record(items)
            elif held:
                yield _record(held)
            held, items, begun, opened, size, lost = [], [("TY", text.strip())], number, True, 0, False
        elif lost:
            continue
        elif tag == "ER" and not opened:
            yield broken(number, line, "outside_record")
        elif tag == "ER":
            held, items, opened = items, [], False
            if text.strip():
                held.append(("ER", text.strip()))
        elif opened:
            size += len(line)
            if size > limits.LARGEST_RECORD:
                yield broken(begun, _spoken(items), "record_too_large")
                items, opened, lost = [], False, True
            elif tag:
                items.append((tag, text))
            else:
                items[-1] = (items[-1][0], f"{items[-1][1]}\n{line}")
        elif not line.strip() or (not tag and _NUMBER.match(line)):
            continue
        elif held:
            held.append((tag, text.strip()))
        else:
            yield broken(number, line, "outside_record")
    if opened:
        yield broken(begun, _spoken(items), "not_closed", kept=True)
        yield _record(items)
    elif held:
        yield _record(held)


def _spoken(items: list[Item]) -> str:
    return "\n".join(f"{tag}  - {text}" for tag, text in items)


def _kind(text: str) -> str:
    return KINDS.get(text.upper(), "")


def _record(raw: list[Item]) -> Record:
    items: list[Item] = []
    carrier = ""
    for tag, text in raw:
        if tag == _CARRIER and text.startswith(MARK):
            carrier = text.strip()
        elif tag in _LINES and "\n" in text:
            items.extend((tag, line.strip()) for line in text.split("\n") if line.strip())
        else:
            items.append((tag, fields.tidy(text)))
    tags = dict(items)
    if tags.get("DB") == "Scopus" and re.fullmatch(r"\d{6,9}", tags.get("C2", "")):
        items = [("PM", text) if tag == "C2" else (tag, text) for tag, text in items]
    record = drafted(items, RANKS, kinds=_kind)
    return with_carried(record, carrier) if carrier else record


def write_ris(record: Record) -> str:
    body = _body(record)
    carrier = carried(record, sole(read_ris(enumerate("\n".join(body).split("\n"), start=1))))
    if carrier:
        body.insert(len(body) - 1, f"{_CARRIER}  - {carrier}")
    return "\n".join(body) + "\n\n"


def _body(record: Record) -> list[str]:
    body = [f"TY  - {TYPES.get(record.kind, 'GEN')}"]

    def say(tag: str, text: str) -> None:
        if text:
            first, *rest = re.split(r"\r\n|\r|\n", text)
            body.append(f"{tag}  - {first}")
            # A line that looks like a tag, or is empty, is set in; reading takes the white space off again.
            body.extend(f"   {line}" if TAG.match(line) or not line.strip() else line for line in rest)

    say("ID", record.key)
    say("TI", record.title)
    for name in record.authors:
        say("AU", str(name))
    for name in record.editors:
        say("A2", str(name))
    say("T2", record.container)
    say("PY", "" if record.year is None else f"{record.year:04}")
    if len(record.issued) > 4:
        year, month, day = (*record.issued.split("-"), "", "")[:3]
        say("DA", f"{year}/{month}/{day}/")
    say("VL", record.volume)
    say("IS", record.issue)
    first, _, last = record.pages.partition("-")
    say("SP", first)
    say("EP", last)
    for tag, text in (
        ("PB", record.publisher), ("CY", record.place), ("ET", record.edition), ("SN", record.isbn),
        ("SN", record.issn), ("DO", record.doi), ("PM", record.pmid), ("UR", record.url), ("LA", record.language),
        ("AB", record.abstract), *(("KW", word) for word in record.keywords), *(("N1", note) for note in record.notes),
        *(extra for extra in record.extras if _writable(extra)),
    ):  # fmt: skip
        say(tag, text)
    body.append("ER  - ")
    return body


def _writable(extra: Extra) -> bool:
    return bool(re.fullmatch(r"[A-Z][A-Z0-9]", extra.tag)) and extra.tag not in ("TY", "ER")
