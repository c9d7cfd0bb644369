"""CSV as it comes: its encoding, its delimiter, its records."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from . import limits
from .values import Record, Table, TableTrouble, clean, distinct

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 50  # records looked at to tell the delimiter


def read_csv(content: bytes) -> Table:
    """Raises ``TableTrouble`` where the bytes are no text, or the text no table."""
    text, encoding = decoded(content)
    skipped = 0
    delimiter = ""
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        delimiter, text, skipped = first.strip()[4], rest, 1
    delimiter = delimiter or delimiter_of(text)
    lines = list(io.StringIO(text, newline=""))  # not splitlines: that also cuts at signs within a cell

    def records() -> Iterator[Record]:
        return _records(lines, delimiter, skipped)

    header = next(records(), None)
    if header is None:
        raise TableTrouble("empty")
    if len(header[1]) > limits.MOST_COLUMNS:
        raise TableTrouble("too_wide", columns=limits.MOST_COLUMNS)
    return Table("csv", distinct(header[1]), lambda: islice(records(), 1, None), encoding, delimiter)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was in: UTF-8 and UTF-16 by their marks, then UTF-8, then Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(content, "utf-16"), "utf-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return _strictly(content, "utf-8-sig"), "utf-8"
    sample = content[:4000]
    if sample.count(0) > len(sample) // 5:
        encoding = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        return _strictly(content, encoding), "utf-16"
    if b"\x00" in content:
        raise TableTrouble("not_text")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(content, "cp1252"), "windows-1252"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as trouble:
        raise TableTrouble("not_text") from trouble
    strange = sum(1 for sign in text[:10_000] if sign < " " and sign not in "\t\r\n\f")
    if strange > 20:
        raise TableTrouble("not_text")
    return text


def delimiter_of(text: str) -> str:
    """The sign that cuts most records into as many cells as the first, and into more than one."""
    lines = list(io.StringIO(text[:200_000], newline=""))
    best, most = ";", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), SAMPLE) if any(row)]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        even = sum(1 for width in widths if width == widths[0]) / len(widths)
        if (even, widths[0]) > most:
            best, most = delimiter, (even, widths[0])
    return best


def _records(lines: list[str], delimiter: str, skipped: int) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begun = skipped + 1
    count = 0
    try:
        for row in reader:
            number, begun = begun, reader.line_num + skipped + 1
            cells = tuple(clean(cell) for cell in row[: limits.MOST_COLUMNS + 1])
            if not any(cells):
                continue
            count += 1
            if count > limits.MOST_ROWS + 1:
                raise TableTrouble("too_long", rows=limits.MOST_ROWS)
            yield number, cells
    except csv.Error as trouble:
        raise TableTrouble("broken_quotes", line=begun) from trouble
