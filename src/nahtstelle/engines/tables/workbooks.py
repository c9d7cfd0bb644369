"""XLSX: the first sheet that says anything, its cells as people would write them."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl  # type: ignore[import-untyped] # it ships no types
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped] # it ships no types

from . import limits
from .values import Record, Table, TableTrouble, clean, distinct

# What the library raises for a workbook that is not what it says.
BROKEN = (
    InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    EOFError, OSError,
)  # fmt: skip


def read_xlsx(content: bytes) -> Table:
    """Raises ``TableTrouble`` for a broken workbook and for one without a table."""
    sheet = _first_said(content)

    def records() -> Iterator[Record]:
        return _records(content, sheet)

    header = next(records(), None)
    if header is None:
        raise TableTrouble("empty")
    if len(header[1]) > limits.MOST_COLUMNS:
        raise TableTrouble("too_wide", columns=limits.MOST_COLUMNS)
    return Table("xlsx", distinct(header[1]), lambda: islice(records(), 1, None), sheet=sheet)


def _open(content: bytes) -> Any:
    # Values as last computed; links to other files are never followed.
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)


def _first_said(content: bytes) -> str:
    try:
        book = _open(content)
        names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for name in names or [sheet.title for sheet in book.worksheets]:
            if next(_said(book[name]), None) is not None:
                return str(name)
    except BROKEN as trouble:
        raise TableTrouble("damaged") from trouble
    raise TableTrouble("empty")


def _records(content: bytes, sheet: str) -> Iterator[Record]:
    try:
        for count, record in enumerate(_said(_open(content)[sheet])):
            if count > limits.MOST_ROWS:
                raise TableTrouble("too_long", rows=limits.MOST_ROWS)
            yield record
    except BROKEN as trouble:
        raise TableTrouble("damaged") from trouble


def _said(sheet: Any) -> Iterator[Record]:
    """The rows that say anything. What a sheet claims of its size is not believed."""
    sheet.reset_dimensions()
    silent = 0
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    for number, row in enumerate(rows, start=1):
        cells = tuple(written(value) for value in row[: limits.MOST_COLUMNS + 1])
        if any(cells):
            silent = 0
            yield number, _without_tail(cells)
        else:
            silent += 1
            if silent > limits.EMPTY_ROWS_IN_A_ROW:
                return


def _without_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def written(value: Any) -> str:
    """A cell as text: days in ISO, whole numbers without a decimal point."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return clean(str(value))
