"""Records from the rows of a table, with the columns reference managers and exports give them."""

import re
from collections.abc import Mapping

from nahtstelle.engines.literature.formats.columns import KNOWN, bare, kind_of
from nahtstelle.engines.literature.formats.fields import pages_of
from nahtstelle.engines.literature.formats.names import names_in
from nahtstelle.engines.literature.records import Record

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_TELLING = frozenset((*KNOWN["title"], *KNOWN["doi"], *KNOWN["authors"]))


def knows_column(name: str) -> bool:
    return bare(name) in _TELLING


def record_from_row(row: Mapping[str, str]) -> Record:
    """Of several columns that may be one field, the first that says something in this row."""
    said = {bare(name): value.strip() for name, value in row.items() if name and value}

    def get(what: str) -> str:
        return next((said[name] for name in KNOWN[what] if said.get(name)), "")

    year = _YEAR.search(get("year")) or _YEAR.search(get("issued"))
    return Record(
        key=get("key"),
        kind=kind_of(get("kind")) or "document",
        title=get("title"),
        authors=names_in(get("authors")),
        year=int(year[1]) if year else None,
        container=get("container"),
        volume=get("volume"),
        issue=get("issue"),
        pages=get("pages") or pages_of(get("first"), get("last")),
        publisher=get("publisher"),
        edition=get("edition"),
        doi=get("doi"),
        isbn=get("isbn"),
        issn=get("issn"),
        url=get("url"),
        language=get("language"),
        abstract=get("abstract"),
    )
