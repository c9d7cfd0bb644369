"""Records become a file, piece by piece."""

from collections.abc import Iterable, Iterator

from ..records import Record
from . import endnote, tables
from .bibtex import key_of, write_bibtex
from .csl import write_csl
from .ris import write_ris

WRITTEN = ("ris", "bibtex", "csl", "csv", "endnote")
BY_ENDING = {"ris": "ris", "bib": "bibtex", "json": "csl", "csv": "csv", "xml": "endnote"}


def write(records: Iterable[Record], form: str) -> Iterator[str]:
    """The text of a file in pieces, to be written in UTF-8. ``form`` is one of ``WRITTEN``."""
    match form:
        case "ris":
            yield from map(write_ris, records)
        case "bibtex":
            taken: set[str] = set()
            for record in records:
                yield write_bibtex(record, _unique(key_of(record), taken))
        case "csl":
            before = "[\n"
            for record in records:
                yield before + write_csl(record)
                before = ",\n"
            yield "\n]\n" if before == ",\n" else "[]\n"
        case "csv":
            yield tables.HEAD
            yield from map(tables.write_csv, records)
        case "endnote":
            yield endnote.HEAD
            yield from map(endnote.write_endnote, records)
            yield endnote.FOOT
        case _:
            raise ValueError(form)


def _unique(key: str, taken: set[str]) -> str:
    found, number = key, 1
    while found.lower() in taken:
        number += 1
        found = f"{key}-{number}"
    taken.add(found.lower())
    return found
