"""Tables of references (CSV, TSV, XLSX) with a mapping of their columns; CSV written."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO, Literal

from ..records import Extra, Name, Record
from . import fields, limits
from .carrying import MARK, carried, with_carried
from .columns import kind_of, proposed, usable
from .drafts import Item, drafted
from .names import names_in
from .sources import Line
from .values import Broken, broken

Columns = Mapping[int, str]  # the place of a column, the field it is
Row = tuple[int, str, list[str]]  # line, raw, cells
DELIMITERS = (",", ";", "\t", "|")
COLUMNS = (
    "key", "kind", "title", "authors", "editors", "year", "issued", "container", "volume", "issue", "pages",
    "publisher", "place", "edition", "doi", "isbn", "issn", "pmid", "url", "language", "abstract", "keywords", "notes",
)  # fmt: skip
_CARRIER = "nahtstelle"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIELDS = frozenset((*COLUMNS, "first", "last"))


def delimiter_of(sample: str) -> str:
    lines = sample.split("\n")
    header = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([header], delimiter=sign), [])))


def read_csv(lines: Iterator[Line], sample: str, mapping: Columns | None = None) -> Iterator[Record | Broken]:
    delimiter = delimiter_of(sample)
    yield from read_rows(csv_rows(lines, delimiter), mapping)


def csv_rows(lines: Iterator[Line], delimiter: str) -> Iterator[Row | Broken]:
    """Rows may hold ends of lines within quotes; a quote that is never closed costs its own line and no other."""
    csv.field_size_limit(limits.LARGEST_RECORD)  # of the whole process; Python's own is less than some abstracts have
    pending: list[Line] = []
    held: list[Line] = []
    open_, size = False, 0
    bare = False
    first = True
    while True:
        line = pending.pop() if pending else next(lines, None)
        if line is None and not held:
            return
        if line is not None:
            _, text = line
            if first and text.strip():
                first = False
                bare = delimiter == "\t" and '"' not in text  # Web of Science writes quotes as they are
            if not held and not text.strip():
                continue
            held.append(line)
            size += len(text)
            if text.count('"') % 2 and not bare:
                open_ = not open_
        if open_ and (line is None or size > limits.LARGEST_RECORD):
            yield broken(held[0][0], held[0][1], "quotes_open")
            pending.extend(reversed(held[1:]))
            held, open_, size = [], False, 0
            continue
        if open_ or not held:
            continue
        raw = "\n".join(part for _, part in held)
        quoting: Literal[0, 3] = csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL
        try:
            cells = [
                c for row in csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, quoting=quoting) for c in row
            ]
            yield held[0][0], raw, cells
        except csv.Error:
            yield broken(held[0][0], raw, "quotes_open")
        held, size = [], 0


def read_rows(rows: Iterator[Row | Broken], mapping: Columns | None = None) -> Iterator[Record | Broken]:
    """The first row names the columns. Without a mapping the proposed one is taken, where it knows a title or a DOI."""
    head = next(rows, None)
    if head is None or isinstance(head, Broken):
        if head:
            yield head
        return
    number, raw, headers = head
    while headers and not headers[-1].strip():
        headers.pop()
    headers = headers[: limits.MOST_COLUMNS]
    chosen = dict(proposed(headers) if mapping is None else mapping)
    if not usable(chosen):
        yield broken(number, raw, "no_title_column")
        return
    tags = [chosen.get(at, header.strip() or f"({at + 1})") for at, header in enumerate(headers)]
    wanted = [at for at, tag in enumerate(tags) if at not in chosen and tag in _FIELDS]
    for at in wanted:
        tags[at] = f"{tags[at]} ({at + 1})"  # a header that is called as a field and was not chosen for it
    for row in rows:
        if isinstance(row, Broken):
            yield row
            continue
        number, raw, cells = row
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(headers):
            yield broken(number, raw, "cells_missing", cells=len(cells), columns=len(headers))
            continue
        if any(cell.strip() for cell in cells[len(headers) :]):
            yield broken(number, raw, "cells_too_many", cells=len(cells), columns=len(headers))
            continue
        yield _record(tags, cells)


def _record(tags: Sequence[str], cells: Sequence[str]) -> Record:
    items: list[Item] = []
    carrier = ""
    people: dict[str, tuple[Name, ...]] = {}
    extras: tuple[Extra, ...] = ()
    for tag, cell in zip(tags, cells, strict=False):
        text = fields.tidy(cell)
        if text.startswith("'") and text[1:].startswith(_FORMULA):
            text = text[1:]
        if tag == _CARRIER and text.startswith(MARK):
            carrier = text
        elif tag == "extras" and text.startswith("[["):
            extras = _extras(text)
        elif tag == "keywords":
            items.extend(
                (tag, word.strip()) for word in (text.split(";") if ";" in text else text.split(",")) if word.strip()
            )
        elif tag in ("authors", "editors"):
            people[tag] = names_in(text)
        elif tag == "year" and text.endswith(".0"):
            items.append((tag, text[:-2]))
        elif text:
            items.append((tag, text))
    record = drafted(items, _RANKS, kinds=kind_of)
    record = replace(record, extras=record.extras + extras, **people)  # type: ignore[arg-type] # names only
    return with_carried(record, carrier) if carrier else record


_RANKS = {
    **{name: (name,) for name in (*COLUMNS, "first", "last") if name not in ("authors", "editors", "issued")},
    "issued": ("issued", "year"),
    "isbn": ("isbn", "issn"),
    "issn": ("issn", "isbn"),
}


def read_workbook(stream: BinaryIO, mapping: Columns | None = None) -> Iterator[Record | Broken]:
    yield from read_rows(workbook_rows(stream), mapping)


def workbook_rows(stream: BinaryIO) -> Iterator[Row | Broken]:
    """The first sheet that has a row. openpyxl reads row by row; a workbook that would fill the machine is refused."""
    try:
        with zipfile.ZipFile(stream) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            packed = sum(part.compress_size for part in parts.infolist()) or 1
        if unpacked > limits.LARGEST_WORKBOOK or (unpacked > 10**7 and unpacked / packed > limits.LARGEST_RATIO):
            yield broken(0, "", "workbook_too_large")
            return
        stream.seek(0)
        from openpyxl import load_workbook  # type: ignore[import-untyped] # openpyxl brings no types

        book = load_workbook(stream, read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = _sheet_rows(sheet.iter_rows(values_only=True))
            first = next(rows, None)
            if first is not None:
                width = len(first[2])
                yield from _padded(first, rows, width)
                return
    except Exception as trouble:  # openpyxl answers a broken workbook with whatever it stumbles over
        yield broken(0, f"{type(trouble).__name__}", "unreadable_workbook")


def _sheet_rows(rows: Iterator[Sequence[object]]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        cells = [_cell(value) for value in row[: limits.MOST_COLUMNS]]
        if any(cells):
            yield number, "\t".join(cells), cells


def _padded(first: Row, rows: Iterator[Row], width: int) -> Iterator[Row | Broken]:
    """A workbook leaves out empty cells at the end of a row: nothing is missing there."""
    yield first
    for number, raw, cells in rows:
        yield number, raw, cells + [""] * (width - len(cells))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    date = getattr(value, "date", None)
    return str(date()) if callable(date) else str(value)


HEAD = ",".join((*COLUMNS, "extras", _CARRIER)) + "\n"


def write_csv(record: Record) -> str:
    """One row below ``HEAD``; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    cells = [_harmless(cell) for cell in _cells(record)]
    tags = [*COLUMNS, "extras"]
    carrier = carried(record, _record(tags, cells))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([*cells, carrier])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(record: Record) -> list[str]:
    many = {
        "authors": "; ".join(map(str, record.authors)) + (";" if len(record.authors) == 1 else ""),
        "editors": "; ".join(map(str, record.editors)) + (";" if len(record.editors) == 1 else ""),
        "keywords": "; ".join(record.keywords), "notes": "\n".join(record.notes),
        "year": "" if record.year is None else f"{record.year:04}",
    }  # fmt: skip
    cells = [many[name] if name in many else getattr(record, name) for name in COLUMNS]
    extras = json.dumps([list(extra) for extra in record.extras], ensure_ascii=False) if record.extras else ""
    return [*cells, extras]


def _extras(text: str) -> tuple[Extra, ...]:
    try:
        return tuple(Extra(str(tag), str(words)) for tag, words in json.loads(text))
    except (ValueError, TypeError, RecursionError):
        return ()
