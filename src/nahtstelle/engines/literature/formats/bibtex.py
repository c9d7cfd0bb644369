"""BibTeX and BibLaTeX, read and written. bibtexparser takes an entry apart; which lines are an entry we say ourselves,
so that a broken one spoils no other, every one has its line, and a file of any size passes in flat memory."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bibtexparser.model import DuplicateFieldKeyBlock, Entry, String
from bibtexparser.splitter import Splitter

from ..records import Extra, Name, Record
from . import fields, latex, limits
from .carrying import MARK, carried, sole, with_carried
from .names import bibtex_names, split_outside
from .sources import Line
from .values import Broken, broken

_START = re.compile(r"^\s*@\s*([A-Za-z]+)\s*[{(]")
_CROSSREF = re.compile(
    r"""^[\s,]*crossref\s*=\s*[{"]?\s*([^\s}",]+)|[\s,]crossref\s*=\s*[{"]\s*([^\s}",]+)""", re.IGNORECASE
)
_NO_ENTRY = ("comment", "preamble")
_CARRIER = "nahtstelle"
_DEEPEST = 20  # how far a chain of cross-references is followed

KINDS = {
    "article": "article-journal", "book": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "techreport": "report", "phdthesis": "thesis", "dataset": "dataset",
    "software": "software", "online": "webpage", "patent": "patent", "unpublished": "manuscript", "booklet": "pamphlet",
    "legislation": "legislation", "jurisdiction": "legal_case", "misc": "document", "conference": "paper-conference",
    "report": "report", "mastersthesis": "thesis", "thesis": "thesis", "collection": "book", "mvbook": "book",
    "proceedings": "book", "mvcollection": "book", "suppbook": "chapter", "electronic": "webpage", "www": "webpage",
    "manual": "book", "periodical": "periodical", "suppperiodical": "article-journal",
}  # fmt: skip
TYPES = {kind: name for name, kind in reversed(KINDS.items())}
# Field of ours: names in BibTeX and BibLaTeX, the best first; the first one is written.
NAMES = {
    "title": ("title",), "volume": ("volume",), "issue": ("number", "issue"), "pages": ("pages",),
    "publisher": ("publisher", "institution", "school", "organization"), "place": ("address", "location"),
    "edition": ("edition",), "doi": ("doi",), "isbn": ("isbn",), "issn": ("issn",), "pmid": ("pmid",), "url": ("url",),
    "language": ("language", "langid"), "abstract": ("abstract",),
}  # fmt: skip
_CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle", "series")
_PLACED = frozenset((
    *(name for names in NAMES.values() for name in names), *_CONTAINERS, "author", "editor", "year", "date", "month",
    "day", "keywords", "note", "annotation", _CARRIER,
))  # fmt: skip

Fields = dict[str, str]  # as written, with braces and commands, strings put in
Found = tuple[int, str, str, str, list[tuple[str, str]]]  # line, raw, type, key, fields


def read_bibtex(lines: Callable[[], Iterator[Line]]) -> Iterator[Record | Broken]:
    """``lines`` is called again: parents and strings may stand behind those who need them."""
    strings: Fields = {month: month for month in fields.MONTHS}
    wanted: set[str] = set()
    for _number, line in lines():
        if "crossref" in line.lower() and (found := _CROSSREF.search(line)):
            wanted.add((found[1] or found[2]).lower())
    parents = _parents(lines, wanted, strings) if wanted else {}
    seen: set[int] = set()
    for entry in _entries(lines(), strings):
        if isinstance(entry, Broken):
            yield entry
            continue
        begun, raw, kind, key, own = entry
        mark = hash(key.lower())
        if mark in seen:
            yield broken(begun, raw, "duplicate_key", kept=True, key=key)
        seen.add(mark)
        parent = next((text for name, text in own if name.lower() == "crossref"), "")
        inherited: Fields = {}
        if parent:
            inherited, trouble = _inherited(key, latex.decoded(parent).strip(), parents)
            if trouble:
                yield broken(begun, raw, trouble, kept=True, key=latex.decoded(parent))
        yield _record(kind, key, own, inherited)


def _parents(lines: Callable[[], Iterator[Line]], wanted: set[str], strings: Fields) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    for entry in _entries(lines(), dict(strings)):
        if not isinstance(entry, Broken) and entry[3].lower() in wanted:
            found[entry[3].lower()] = {name.lower(): text for name, text in entry[4]}
    return found


def _inherited(key: str, parent: str, parents: dict[str, Fields]) -> tuple[Fields, str]:
    """What the parents give, the nearest first, and what is wrong with the chain."""
    gained: Fields = {}
    way = {key.lower()}
    for _ in range(_DEEPEST):
        name = parent.lower()
        if name in way:
            return gained, "crossref_cycle"
        if name not in parents:
            return gained, "crossref_missing"
        way.add(name)
        for field, text in parents[name].items():
            if field == "title":
                gained.setdefault("booktitle", text)
            elif field != _CARRIER:
                gained.setdefault(field, text)
        parent = latex.decoded(parents[name].get("crossref", "")).strip()
        if not parent:
            return gained, ""
    return gained, "crossref_cycle"


def _entries(lines: Iterator[Line], strings: Fields) -> Iterator[Found | Broken]:
    begun, held, size = 0, list[str](), 0
    for number, line in lines:
        if _START.match(line):
            yield from _taken_apart(begun, held, strings)
            begun, held, size = number, [], 0
        elif not begun:
            continue  # whatever stands before an entry is a comment, says BibTeX
        size += len(line)
        if size > limits.LARGEST_RECORD:
            yield broken(begun, "\n".join(held), "record_too_large")
            begun, held = 0, []
            continue
        held.append(line)
    yield from _taken_apart(begun, held, strings)


def _taken_apart(begun: int, held: list[str], strings: Fields) -> Iterator[Found | Broken]:
    raw = "\n".join(held)
    start = _START.match(raw)
    if not start or start[1].lower() in _NO_ENTRY:
        return
    came = False
    for block in Splitter(raw).split().blocks:
        if isinstance(block, DuplicateFieldKeyBlock) and block.ignore_error_block:
            block = block.ignore_error_block
        if isinstance(block, Entry):
            came = True
            own = [(field.key.strip(), _resolved(str(field.value), strings)) for field in block.fields]
            yield begun + (block.start_line or 0), raw, block.entry_type.lower(), block.key.strip(), own
        elif isinstance(block, String):
            came = True
            strings[block.key.lower()] = _resolved(str(block.value), strings)
        elif type(block).__name__ in ("ParsingFailedBlock", "MiddlewareErrorBlock", "DuplicateBlockKeyBlock"):
            came = True
            yield broken(begun + (block.start_line or 0), raw, "unreadable_entry")
    if not came:
        yield broken(begun, raw, "unreadable_entry")


def _resolved(value: str, strings: Fields) -> str:
    parts = split_outside(value, "#") if "#" in value and not value.strip().startswith("{") else [value.strip()]
    told = []
    for part in parts:
        if len(part) > 1 and (part[0], part[-1]) in (("{", "}"), ('"', '"')):
            told.append(part[1:-1])
        else:
            told.append(strings.get(part.lower(), part))
    return "".join(told)


def _spoken(text: str) -> str:
    return fields.tidy(latex.decoded(text))


def _name(name: Name) -> Name:
    return Name(_spoken(name.family), _spoken(name.given))


def _record(kind: str, key: str, own: list[tuple[str, str]], inherited: Fields) -> Record:
    said: Fields = {}
    extras: list[Extra] = []
    for written, text in own:
        name = written.lower()
        if name not in _PLACED or name in said:
            extras.append(Extra(written, _spoken(text)))
        else:
            said[name] = text
    for name, text in inherited.items():
        if name not in ("crossref", "booktitle") or (name == "booktitle" and "booktitle" not in said):
            if name in _PLACED:
                said.setdefault(name, text)
            elif name not in {extra.tag.lower() for extra in extras}:
                extras.append(Extra(name, _spoken(text)))
    carrier = said.pop(_CARRIER, "")
    values: dict[str, str] = {}
    used: set[str] = set()
    for field, names in NAMES.items():
        for name in names:
            text = _spoken(said.get(name, ""))
            if not text:
                continue
            if field == "doi" and not fields.doi_of(text):
                break
            values[field] = fields.doi_of(text) if field == "doi" else text
            used.add(name)
            break
    if "pages" in values:
        values["pages"] = values["pages"].replace("--", "-")
    for name in _CONTAINERS:
        if text := _spoken(said.get(name, "")):
            values["container"] = text
            used.add(name)
            break
    issued, year = _date(said, used)
    people = {}
    for field, name in (("authors", "author"), ("editors", "editor")):
        people[field] = tuple(_name(one) for one in bibtex_names(said.get(name, "")))
        used.add(name)
    words = _spoken(said.get("keywords", ""))
    keywords = tuple(word.strip() for word in re.split(r"[;,\n]", words) if word.strip())
    notes = tuple(_spoken(said[name]) for name in ("note", "annotation") if said.get(name, "").strip())
    used.update(("keywords", "note", "annotation"))
    if kind not in KINDS:
        extras.append(Extra("entrytype", kind))
    extras.extend(Extra(name, _spoken(text)) for name, text in said.items() if name not in used)
    record = Record(
        key=key, kind=KINDS.get(kind, "document"), year=year, issued=issued, keywords=keywords, notes=notes,
        authors=people["authors"], editors=people["editors"], extras=tuple(extra for extra in extras if extra.text),
    )  # fmt: skip
    record = replace(record, **values)  # type: ignore[arg-type] # texts only
    return with_carried(record, latex.decoded(carrier)) if carrier.startswith(MARK) else record


def _date(said: Fields, used: set[str]) -> tuple[str, int | None]:
    text = _spoken(said.get("year", ""))
    year = fields.year_of(text)
    if year is not None and text == f"{year:04}":
        used.add("year")
    issued = fields.day_of(_spoken(said.get("date", "")))
    if issued:
        used.add("date")
        return issued, int(issued[:4]) if year is None else year
    if year is None:
        return "", None
    issued = f"{year:04}"
    month = fields.month_of(_spoken(said.get("month", "")))
    if month:
        used.add("month")
        issued += f"-{month:02}"
        day = _spoken(said.get("day", ""))
        if day.isdigit() and 1 <= int(day) <= 31:
            used.add("day")
            issued += f"-{int(day):02}"
    return issued, year


def write_bibtex(record: Record, key: str = "") -> str:
    """``key``: the one to write; a file has each only once."""
    key = key or key_of(record)
    text = _written(record, key, "")
    carrier = carried(record, sole(read_bibtex(lambda: enumerate(text.split("\n"), start=1))))
    return _written(record, key, carrier) if carrier else text


def key_of(record: Record) -> str:
    """The record's own key, as BibTeX can write it, or one made of family and year."""
    if key := re.sub(r"[^A-Za-z0-9_:./+-]", "", record.key):
        return key
    family = record.authors[0].family if record.authors else ""
    return re.sub(r"[^A-Za-z0-9]", "", family + ("" if record.year is None else str(record.year))) or "record"


def _person(name: Name) -> str:
    family, given = latex.encoded(name.family), latex.encoded(name.given)
    first, _, suffix = given.rpartition(", ")
    if first and "," not in first:
        return f"{family}, {suffix}, {first}"  # von Last, Jr., First
    return f"{family}, {given}" if given else f"{{{family}}}"


def _written(record: Record, key: str, carrier: str) -> str:
    kind = TYPES.get(record.kind, "misc")
    told: list[tuple[str, str]] = []
    for field, names in NAMES.items():
        text = getattr(record, field)
        if field == "pages":
            text = re.sub(r"(?<=\w)-(?=\w)", "--", text)
        told.append((names[0], latex.encoded(text)))
    container = "journal" if kind in ("article", "misc") else "booktitle"
    told.append((container, latex.encoded(record.container)))
    told.append(("author", " and ".join(map(_person, record.authors))))
    told.append(("editor", " and ".join(map(_person, record.editors))))
    told.append(("year", "" if record.year is None else f"{record.year:04}"))
    told.append(("date", record.issued if len(record.issued) > 4 else ""))
    told.append(("keywords", ", ".join(map(latex.encoded, record.keywords))))
    told.append(("note", latex.encoded("\n".join(record.notes))))
    for tag, text in record.extras:
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", tag) and tag.lower() not in (*_PLACED, "entrytype", "crossref"):
            told.append((tag, latex.encoded(text)))
    told.append((_CARRIER, latex.encoded(carrier)))
    body = ",\n".join(f"  {name} = {{{text}}}" for name, text in told if text)
    return f"@{kind}{{{key},\n{body}\n}}\n\n"
