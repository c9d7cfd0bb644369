"""Dublin Core, as repositories give it by OAI-PMH, becomes a record; what has no field of its own lies in the extras."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from ..formats import fields
from ..formats.drafts import Item, drafted
from ..formats.xml_pieces import words
from ..records import Record

_DC = "{http://purl.org/dc/elements/1.1/}"
_RANKS = {
    "kind": ("kind",), "title": ("title",), "authors": ("dc:creator",), "keywords": ("dc:subject",),
    "abstract": ("abstract",), "issued": ("issued",), "doi": ("doi",), "isbn": ("isbn",), "issn": ("issn",),
    "url": ("url",), "publisher": ("dc:publisher",), "language": ("dc:language",), "container": ("container",),
    "volume": ("volume",), "issue": ("issue",), "pages": ("pages",),
}  # fmt: skip
_KINDS = {
    "article": "article-journal", "journalarticle": "article-journal", "review": "article-journal",
    "zeitschriftenartikel": "article-journal", "aufsatz": "article-journal", "book": "book", "monograph": "book",
    "monographie": "book", "buch": "book", "collection": "book", "sammelwerk": "book", "bookpart": "chapter",
    "bookchapter": "chapter", "chapter": "chapter", "booksection": "chapter", "sammelwerksbeitrag": "chapter",
    "report": "report", "workingpaper": "report", "researchreport": "report", "forschungsbericht": "report",
    "arbeitspapier": "report", "technicalreport": "report", "preprint": "article", "doctoralthesis": "thesis",
    "masterthesis": "thesis", "bachelorthesis": "thesis", "thesis": "thesis", "dissertation": "thesis",
    "hochschulschrift": "thesis", "conferenceobject": "paper-conference", "conferencepaper": "paper-conference",
    "konferenzbeitrag": "paper-conference", "conferenceproceedings": "book", "dataset": "dataset",
    "magazinearticle": "article-magazine", "newspaperarticle": "article-newspaper",
}  # fmt: skip
# Open Journal Systems, which most open journals run on: "Name; Vol. 12 Nr. 3 (2021): About this issue; 12-34".
_JOURNAL = re.compile(
    r"(?P<container>.{2,300}?); (?:Vol\.?|Bd\.?|Jg\.?|Band|Jahrgang) (?P<volume>[^\s;:(]{1,20})"
    r"(?:,? (?:No\.?|Nr\.?|Heft|H\.?|Issue) (?P<issue>[^\s;:(]{1,20}))? \(\d{4}\)[^;]*(?:; (?P<pages>[\w.–-]{1,40}))?"
)
_ISSN = re.compile(r"(?:urn:)?(?:e-?|p-?)?issn\W{0,3}(\d{4}-\d{3}[\dXx])|^(\d{4}-\d{3}[\dXx])$", re.IGNORECASE)
_ISBN = re.compile(r"^(?:urn:)?isbn\W{0,3}([\dXx -]{10,17})$", re.IGNORECASE)


def record_of(key: str, described: etree._Element) -> Record:
    """``key`` is the id the repository gives it."""
    said = [(_name(child), fields.tidy(words(child))) for child in described if isinstance(child.tag, str)]
    said = [(name, text) for name, text in said if text]
    record = drafted(list(_items(said)), _RANKS, kinds=_kind_of)
    return replace(record, key=key)


def _name(child: etree._Element) -> str:
    if child.tag.startswith(_DC):
        return f"dc:{child.tag.removeprefix(_DC)}"
    return str(etree.QName(child).localname)


def _items(said: list[Item]) -> Iterator[Item]:
    title = next((text for name, text in said if name == "dc:title"), "")
    kind = next((text for name, text in said if name == "dc:type" and _kind_of(text)), "")
    abstract = max((text for name, text in said if name == "dc:description"), key=len, default="")
    day = _day(text for name, text in said if name == "dc:date")
    taken: set[str] = set()

    def first(tag: str) -> bool:
        new = tag not in taken
        taken.add(tag)
        return new

    for name, text in said:
        if name == "dc:title" and text == title and first("title"):
            yield "title", fields.one_line(text)
        elif name == "dc:type" and text == kind and first("kind"):
            yield "kind", text
        elif name == "dc:description" and text == abstract and first("abstract"):
            yield "abstract", text
        elif name == "dc:date" and day and _as_day(text) == day and first("issued"):
            yield "issued", day
        elif name in ("dc:identifier", "dc:relation", "dc:source"):
            yield from _pointers(name, text, first)
        else:
            yield name, text


def _pointers(name: str, text: str, first: Callable[[str], bool]) -> Iterator[Item]:
    """Identifiers stand in three elements; those of other things (a relation's DOI) are no identifiers of this one."""
    own = name == "dc:identifier"
    if own and (doi := fields.doi_of(text)) and first("doi"):
        yield "doi", doi
    elif (number := _ISSN.search(text)) and first("issn"):
        yield "issn", number[1] or number[2]
        if number[0] != text:
            yield name, text
    elif (number := _ISBN.match(text)) and own and first("isbn"):
        yield "isbn", number[1].strip()
    elif own and re.match(r"https?://", text) and first("url"):
        yield "url", text
    elif name == "dc:source" and (found := _JOURNAL.match(text)) and first("container"):
        yield from ((part, value) for part, value in found.groupdict().items() if value)
        if found[0] != text:
            yield name, text
    else:
        yield name, text


def _kind_of(text: str) -> str:
    word = re.sub(r"[^a-z]", "", text.lower().rpartition("/")[2].removeprefix("doc-type:"))
    return _KINDS.get(word, "")


def _as_day(text: str) -> str:
    return fields.day_of(text.partition("T")[0])


def _day(texts: Iterator[str]) -> str:
    """The day it was issued: repositories also say when it came to them, as a moment with its hour."""
    days = [("T" in text, _as_day(text)) for text in texts]
    return min(((moment, day) for moment, day in days if day), default=(False, ""))[1]
