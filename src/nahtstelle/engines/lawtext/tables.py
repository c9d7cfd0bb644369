"""Tables: the rows of a CALS table as lines, one cell per column, cells separated by a tab.

A cell that spans columns is followed by empty cells, a cell that spans rows leaves empty cells below it, so the third
cell of a line always stands in the third column. Empty cells at the end of a line are dropped.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

MAX_COLUMNS = 200  # columns that can be named; cells beyond them are kept, one after the other


def table_rows(table: Any, cell_text: Callable[[Any], str]) -> Iterator[str]:
    """The lines of ``table``, head rows first; ``cell_text`` turns an ``entry`` into one line."""
    for group in table.iterfind("tgroup"):
        columns = _columns(group)
        for section in group:
            if section.tag in ("thead", "tbody", "tfoot"):
                yield from _section(section, columns, cell_text)


def _columns(group: Any) -> dict[str, int]:
    """Where each named column stands, from 0."""
    return {
        spec.get("colname") or f"col{i + 1}": i for i, spec in enumerate(islice(group.iterfind("colspec"), MAX_COLUMNS))
    }


def _section(section: Any, columns: dict[str, int], cell_text: Callable[[Any], str]) -> Iterator[str]:
    covered: dict[int, int] = {}  # column: how many further rows a cell above reaches into
    for row in section.iterfind("row"):
        cells: dict[int, str] = {}
        below: dict[int, int] = {column: rows - 1 for column, rows in covered.items() if rows > 1}
        at = 0
        for entry in row.iterfind("entry"):
            first, last = _span(entry, columns, at, covered)
            cells[first] = cell_text(entry)
            rows = _number(entry.get("morerows"))
            if rows:
                below.update(dict.fromkeys(range(first, last + 1), rows))
            at = last + 1
        covered = below
        line = "\t".join(cells.get(i, "") for i in range(max(cells, default=-1) + 1)).rstrip("\t")
        if line:
            yield line


def _span(entry: Any, columns: dict[str, int], at: int, covered: dict[int, int]) -> tuple[int, int]:
    """First and last column of ``entry``; without names it takes the next column that no cell above covers."""
    name = entry.get("namest") or entry.get("colname")
    first = columns.get(name, -1) if name else -1
    if first < at:
        first = at
        while first in covered:
            first += 1
    return first, max(first, columns.get(entry.get("nameend") or "", first))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else 0
