"""The tagged texts of PubMed (MEDLINE, .nbib) and of Web of Science: a tag, its words, further lines set in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..records import Record
from . import fields, limits
from .drafts import Item, drafted
from .sources import Line
from .values import Broken, broken

_MEDLINE = re.compile(r"^([A-Z]{2,4}) {0,2}- (.*)$")
_WOS = re.compile(r"^([A-Z][A-Z0-9])(?: (.*))?$")
_WOS_LISTS = ("AU", "AF", "BE", "CR", "C1", "C3", "ED")

MEDLINE_RANKS = {
    "key": ("key",), "pmid": ("PMID",), "title": ("TI", "BTI"), "authors": ("FAU", "AU", "CN"),
    "editors": ("FED", "ED"), "container": ("JT", "TA"), "year": ("year",), "issued": ("issued",), "volume": ("VI",),
    "issue": ("IP",), "pages": ("PG",), "publisher": ("PB",), "place": ("PL",), "edition": ("EN",), "doi": ("doi",),
    "isbn": ("ISBN",), "issn": ("IS",), "language": ("LA",), "abstract": ("AB",), "keywords": ("MH", "OT"),
    "notes": ("GN",),
}  # fmt: skip
WOS_RANKS = {
    "kind": ("PT",), "key": ("UT",), "title": ("TI",), "authors": ("AF", "AU"), "editors": ("BE", "ED"),
    "container": ("SO",), "year": ("PY",), "issued": ("issued",), "volume": ("VL",), "issue": ("IS",), "first": ("BP",),
    "last": ("EP",), "publisher": ("PU",), "place": ("PI",), "doi": ("DI",), "isbn": ("BN",), "issn": ("SN",),
    "pmid": ("PM",), "language": ("LA",), "abstract": ("AB",), "keywords": ("DE", "ID"),
}  # fmt: skip
_WOS_KINDS = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent"}
_DATE = re.compile(r"^(\d{4})(?: ([A-Za-z]{3})(?: (\d{1,2}))?)?$")


def _day(text: str) -> str:
    found = _DATE.match(text)
    month = fields.month_of(found[2]) if found and found[2] else 0
    if not found or (found[2] and not month):
        return ""
    return found[1] + (f"-{month:02}" if month else "") + (f"-{int(found[3]):02}" if found[3] else "")


def read_medline(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    """Records follow each other with PMID first; a blank line between them."""
    items: list[Item] = []
    begun, size = 0, 0
    lost = False  # within a record that was given up
    for number, line in lines:
        found = _MEDLINE.match(line)
        if found and found[1] == "PMID":
            if items:
                yield _medline(items)
            items, begun, size, lost = [], number, 0, False
        if lost:
            continue
        size += len(line)
        if size > limits.LARGEST_RECORD:
            yield _too_large(begun or number, items)
            items, lost = [], True
        elif found:
            items.append((found[1], found[2].strip()))
        elif line.strip():
            if items and line.startswith(" "):
                items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
            else:
                yield broken(number, line, "outside_record")
    if items:
        yield _medline(items)


def _medline(items: list[Item]) -> Record:
    told: list[Item] = []
    tags = {tag for tag, _ in items}
    for tag, text in items:
        if tag == "PMID":
            told.extend((("key", text), (tag, text)))
        elif tag in ("LID", "AID") and text.endswith("[doi]") and fields.doi_of(text[:-5]):
            told.append(("doi", text[:-5].strip()))
        elif tag == "DP" and _day(text):
            told.extend((("year", text[:4]), ("issued", _day(text))))
        elif tag == "DP":
            told.extend((("year", text[:4]), (tag, text)))
        else:
            told.append((tag, text))
    record = drafted(told, MEDLINE_RANKS)
    kinds = {text for tag, text in items if tag == "PT"}
    kind = "book" if "BTI" in tags else "article-journal" if "JT" in tags or "Journal Article" in kinds else "document"
    return replace(record, kind=kind)


def read_wos(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    items: list[Item] = []
    begun, size = 0, 0
    lost = False  # within a record that was given up
    for number, line in lines:
        found = _WOS.match(line)
        tag, text = (found[1], (found[2] or "").strip()) if found else ("", line.strip())
        if tag in ("FN", "VR", "EF") and not items:
            continue
        if tag == "PT":
            if items:
                yield broken(begun, _spoken(items), "not_closed", kept=True)
                yield _wos(items)
            items, begun, size, lost = [(tag, text)], number, 0, False
            continue
        if lost:
            continue
        size += len(line)
        if items and size > limits.LARGEST_RECORD:
            yield _too_large(begun, items)
            items, lost = [], True
        elif tag == "ER" and items:
            yield _wos(items)
            items = []
        elif not items:
            if line.strip():
                yield broken(number, line, "outside_record")
        elif tag:
            items.append((tag, text))
        elif text:
            last, said = items[-1]
            if last in _WOS_LISTS:
                items.append((last, text))
            else:
                items[-1] = (last, f"{said} {text}")
    if items:
        yield broken(begun, _spoken(items), "not_closed", kept=True)
        yield _wos(items)


def _too_large(begun: int, items: list[Item]) -> Broken:
    return broken(begun, _spoken(items), "record_too_large")


def _spoken(items: list[Item]) -> str:
    return "\n".join(f"{tag} {text}" for tag, text in items)


def _wos(items: list[Item]) -> Record:
    tags: Mapping[str, str] = dict(items)
    told: list[Item] = []
    for tag, text in items:
        if tag in ("DE", "ID"):
            told.extend((tag, word.strip()) for word in text.split(";"))
        elif tag == "PD" and _day(f"{tags.get('PY', '')} {text.title()}"):
            told.extend((("issued", _day(f"{tags['PY']} {text.title()}").replace("-", "/")), (tag, text)))
        else:
            told.append((tag, text))
    return drafted(told, WOS_RANKS, kinds=lambda text: _WOS_KINDS.get(text, ""))
