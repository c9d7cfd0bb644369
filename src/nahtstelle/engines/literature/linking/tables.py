"""Records from the rows of a table, with the columns reference managers and exports give them."""

import re
from collections.abc import Mapping

from nahtstelle.engines.literature.records import Name, Record

_KINDS = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference", "book": "book",
    "proceedings": "book", "collection": "book", "incollection": "chapter", "inbook": "chapter", "techreport": "report",
    "report": "report", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_AND = re.compile(r"\s+(?:and|AND)\s+|\s*;\s*")
_RUN_TOGETHER = re.compile(r"(?<=[A-Z]\.)(?=[^\W\d_a-z]\w)|(?<=[A-Z]\.),?\s+(?=[A-Z][\w'-]+\s+[A-Z]\.)")
_INITIALS = re.compile(r"^(?P<family>.*?[^\W\d_]{2}\S*)\s+(?P<given>(?:[^\W\d_](?:\.|-|\s|$)\s*)+)$")
# Names of columns that mean one thing; the first that says something counts.
_COLUMNS = {
    "title": ("title", "primary_title"), "author": ("author", "authors"), "year": ("year", "publication_year", "date"),
    "container": ("journal", "booktitle", "container-title", "secondary_title", "series"),
    "volume": ("volume",), "issue": ("number", "issue"), "pages": ("pages", "page"), "doi": ("doi",), "isbn": ("isbn",),
    "issn": ("issn",), "abstract": ("abstract",), "url": ("url",), "language": ("language",), "edition": ("edition",),
    "publisher": ("publisher",), "kind": ("entrytype", "type"), "key": ("id",),
}  # fmt: skip


def knows_column(name: str) -> bool:
    return any(name.strip().lower() in names for names in (_COLUMNS["title"], _COLUMNS["doi"], _COLUMNS["author"]))


def record_from_row(row: Mapping[str, str]) -> Record:
    said = {name.strip().lower(): value.strip() for name, value in row.items() if name and value}

    def get(what: str) -> str:
        return next((said[name] for name in _COLUMNS[what] if said.get(name)), "")

    year = _YEAR.search(get("year"))
    return Record(
        key=get("key"),
        kind=_KINDS.get(get("kind").lower(), "document"),
        title=get("title"),
        authors=names_in(get("author")),
        year=int(year[1]) if year else None,
        container=get("container"),
        volume=get("volume"),
        issue=get("issue"),
        pages=get("pages"),
        publisher=get("publisher"),
        edition=get("edition"),
        doi=get("doi"),
        isbn=get("isbn"),
        issn=get("issn"),
        url=get("url"),
        language=get("language"),
        abstract=get("abstract"),
    )


def names_in(text: str) -> tuple[Name, ...]:
    """ "Adeli, K. and Lewis, G. F.", "Adeli K; Lewis GF", "Adeli K.Lewis G. F."; what cannot be told apart stays whole."""
    parts = _AND.split(text)
    if len(parts) == 1:
        parts = _RUN_TOGETHER.split(text)
    return tuple(_name(part.strip()) for part in parts if part and part.strip())


def _name(text: str) -> Name:
    family, comma, given = text.partition(",")
    if comma and family.strip():
        return Name(family.strip(), given.strip())
    if found := _INITIALS.match(text):
        return Name(found["family"].strip(), found["given"].strip())
    return Name(text)
