"""The head of a table: what its columns are called and what stands in them, before anybody says what they mean."""

from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from .columns import proposed
from .recognising import format_of
from .sources import Source
from .tables import csv_rows, delimiter_of, workbook_rows
from .values import Broken, broken

TABLES = ("csv", "xlsx")
_SHOWN = 60  # signs of a cell


@dataclass(frozen=True, slots=True)
class Head:
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]  # of each column some different cells
    proposed: dict[int, str]


def head_of(content: bytes | BinaryIO, name: str, *, rows: int = 20, samples: int = 3) -> Head | Broken:
    """What the first rows of a table say; ``Broken`` where there is no row."""
    source = Source(content)
    sample = source.sample()
    if format_of(source.head, sample, name) == "xlsx":
        found = workbook_rows(source.whole())
    else:
        found = csv_rows(source.lines(), delimiter_of(sample))
    first = next(found, None)
    if first is None:
        return broken(0, "", "empty")
    if isinstance(first, Broken):
        return first
    headers = [header.strip() for header in first[2]]
    while headers and not headers[-1]:
        headers.pop()
    cells: list[list[str]] = [[] for _ in headers]
    for row in islice(found, rows):
        if isinstance(row, Broken):
            continue
        for told, cell in zip(cells, row[2], strict=False):
            text = " ".join(cell.split())[:_SHOWN]
            if text and text not in told and len(told) < samples:
                told.append(text)
    return Head(tuple(headers), tuple(map(tuple, cells)), proposed(headers))
