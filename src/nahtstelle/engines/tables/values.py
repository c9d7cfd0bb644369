"""What a table is once it was read, and why one cannot be."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from .limits import LONGEST_CELL, LONGEST_HEADER

Record = tuple[int, tuple[str, ...]]  # the number people see in their program, and the cells as text


class TableTrouble(Exception):
    """A file is no table that can be read. ``code`` says why, ``details`` what a sentence about it needs."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.details = MappingProxyType(details)


@dataclass(frozen=True, slots=True)
class Table:
    """``headers`` of the first row that says anything, each once and none empty; ``records`` begins anew each time."""

    form: str  # xlsx, csv
    headers: tuple[str, ...]
    records: Callable[[], Iterator[Record]]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


# No text a person typed holds these, and not every database takes them.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(cell: str) -> str:
    """A cell as text, without signs that are none, cut where it is longer than any cell may be."""
    return _UNSPEAKABLE.sub("", cell[: LONGEST_CELL + 1]).strip()


def distinct(headers: tuple[str, ...]) -> tuple[str, ...]:
    """No column without a name and no two of one name: "", "Mail", "Mail" become "(1)", "Mail", "Mail (2)"."""
    taken: set[str] = set()
    named: list[str] = []
    for number, header in enumerate(headers, start=1):
        base = " ".join(header.split())[:LONGEST_HEADER] or f"({number})"
        name, again = base, 2
        while name in taken:
            name, again = f"{base} ({again})", again + 1
        taken.add(name)
        named.append(name)
    return tuple(named)
