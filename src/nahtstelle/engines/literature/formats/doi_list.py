"""A list of DOIs, one a line, bare or as addresses."""

from collections.abc import Iterator

from ..records import Record
from .fields import doi_of
from .sources import Line
from .values import Broken, broken


def read_dois(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    for number, line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        doi = doi_of(text)
        yield Record(key=doi, doi=doi) if doi else broken(number, line, "not_a_doi")
