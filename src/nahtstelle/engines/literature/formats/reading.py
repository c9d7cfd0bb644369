"""A file becomes records, and what could not be read of it."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ..records import Record
from .bibtex import read_bibtex
from .csl import read_csl
from .doi_list import read_dois
from .endnote import read_endnote
from .pubmed import read_pubmed
from .recognising import format_of
from .ris import read_ris
from .sources import Source
from .tables import read_csv, read_workbook
from .tagged import read_medline, read_wos
from .values import Broken, broken

# Programs write these without ends of lines: cut behind a record (XML), before an object (JSON; no text holds that).
_XML_BREAK = r"(?<=</record>)|(?<=</PubmedArticle>)|(?<=</PubmedBookArticle>)"
_JSON_BREAK = r"(?<=\},)(?=\{\"\w)"


def read(content: bytes | BinaryIO, name: str, *, columns: Mapping[int, str] | None = None) -> "Reading":
    """Each record as it is read, in flat memory, and each that is broken, by its line; nothing else is lost.

    ``columns`` is a person's mapping of a table's columns (place: field) instead of the proposed one.
    """
    return Reading(content, name, columns)


class Reading(Iterator[Record | Broken]):
    """``form`` is known at once; ``encoding`` is certain when the last record was read."""

    def __init__(self, content: bytes | BinaryIO, name: str, columns: Mapping[int, str] | None = None) -> None:
        self._source = Source(content)
        self._sample = self._source.sample()
        self.form = format_of(self._source.head, self._sample, name)
        self._told = self._all(columns)

    @property
    def encoding(self) -> str:
        return "" if self.form == "xlsx" else self._source.encoding

    def __next__(self) -> Record | Broken:
        return next(self._told)

    def _all(self, columns: Mapping[int, str] | None) -> Iterator[Record | Broken]:
        if not self._sample.strip():
            yield broken(0, "", "empty")
            return
        if not self.form:
            yield broken(0, self._sample[:200], "unknown_format")
            return
        came = False
        for found in self._records(columns):
            came = True
            yield found
        yield from self._source.remarks()
        if not came:
            yield broken(0, self._sample[:200], "empty")

    def _records(self, columns: Mapping[int, str] | None) -> Iterator[Record | Broken]:
        lines = self._source.lines
        match self.form:
            case "xlsx":
                return read_workbook(self._source.whole(), columns)
            case "csv":
                return read_csv(lines(), self._sample, columns)
            case "bibtex":
                return read_bibtex(lines)
            case "csl":
                return read_csl(lines(_JSON_BREAK))
            case "endnote":
                return read_endnote(lines(_XML_BREAK))
            case "pubmed-xml":
                return read_pubmed(lines(_XML_BREAK))
            case "medline":
                return read_medline(lines())
            case "wos":
                return read_wos(lines())
            case "dois":
                return read_dois(lines())
            case _:
                return read_ris(lines())
