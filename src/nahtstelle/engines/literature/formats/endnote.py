"""EndNote XML, read and written."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from ..records import Extra, Record
from . import fields
from .carrying import MARK, carried, sole, with_carried
from .drafts import Item, drafted
from .sources import Line
from .values import Broken
from .xml_pieces import leaves, records_of, words

_RANKS = {
    "kind": ("ref-type",), "key": ("rec-number",), "title": ("titles/title",),
    "authors": ("contributors/authors/author",), "editors": ("contributors/secondary-authors/author",),
    "container": ("titles/secondary-title", "periodical/full-title"), "year": ("dates/year",),
    "issued": ("dates/pub-dates/date", "dates/year"), "volume": ("volume",), "issue": ("number",), "pages": ("pages",),
    "publisher": ("publisher",), "place": ("pub-location",), "edition": ("edition",),
    "doi": ("electronic-resource-num",), "isbn": ("isbn",), "issn": ("isbn",), "pmid": ("pmid",),
    "url": ("urls/related-urls/url",), "language": ("language",), "abstract": ("abstract",),
    "keywords": ("keywords/keyword",), "notes": ("notes",),
}  # fmt: skip
_KINDS = {
    "Journal Article": ("article-journal", 17), "Book": ("book", 6), "Book Section": ("chapter", 5),
    "Conference Paper": ("paper-conference", 47), "Conference Proceedings": ("paper-conference", 10),
    "Report": ("report", 27), "Thesis": ("thesis", 32), "Web Page": ("webpage", 12), "Dataset": ("dataset", 59),
    "Newspaper Article": ("article-newspaper", 23), "Magazine Article": ("article-magazine", 19),
    "Computer Program": ("software", 9), "Statute": ("legislation", 31), "Bill": ("bill", 4), "Case": ("legal_case", 7),
    "Patent": ("patent", 25), "Manuscript": ("manuscript", 36), "Blog": ("post-weblog", 56), "Map": ("map", 20),
    "Generic": ("document", 13),
}  # fmt: skip
_TYPES = {kind: (name, number) for name, (kind, number) in reversed(_KINDS.items())}
_CARRIER = "custom7"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
FOOT = "</records></xml>\n"


def read_endnote(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    for piece in records_of(lines, ("record",)):
        yield piece if isinstance(piece, Broken) else _record(piece[1])


def _record(element: etree._Element) -> Record:
    items: list[Item] = []
    carrier = ""
    for way, leaf in leaves(element, ("style",)):
        text = fields.tidy(words(leaf))
        if way == "ref-type":
            text = leaf.get("name") or text
        if way == _CARRIER and text.startswith(MARK):
            carrier = text
        elif text:
            items.append((way, text))
    record = drafted(items, _RANKS, kinds=lambda text: _KINDS.get(text, ("",))[0])
    return with_carried(record, carrier) if carrier else record


def write_endnote(record: Record) -> str:
    element = _element(record)
    text = etree.tostring(element, encoding="unicode")
    carrier = carried(record, sole(read_endnote(enumerate(text.split("\n"), start=1))))
    if carrier:
        etree.SubElement(element, _CARRIER).text = carrier
        text = etree.tostring(element, encoding="unicode")
    return f"{text}\n"


def _element(record: Record) -> etree._Element:
    root = etree.Element("record")

    def say(way: str, text: str) -> None:
        if not text:
            return
        place = root
        *outer, last = way.split("/")
        for name in outer:
            found = place.find(name)
            place = etree.SubElement(place, name) if found is None else found
        etree.SubElement(place, last).text = fields.speakable(text)

    name, number = _TYPES.get(record.kind, ("Generic", 13))
    say("rec-number", record.key)
    etree.SubElement(root, "ref-type", name=name).text = str(number)
    for person in record.authors:
        say("contributors/authors/author", str(person))
    for person in record.editors:
        say("contributors/secondary-authors/author", str(person))
    say("titles/title", record.title)
    say("titles/secondary-title", record.container)
    for way, text in (
        ("pages", record.pages), ("volume", record.volume), ("number", record.issue), ("edition", record.edition),
        *(("keywords/keyword", word) for word in record.keywords),
        ("dates/year", "" if record.year is None else f"{record.year:04}"),
        ("dates/pub-dates/date", record.issued if len(record.issued) > 4 else ""), ("pub-location", record.place),
        ("publisher", record.publisher), ("isbn", record.isbn), ("isbn", record.issn),
        ("electronic-resource-num", record.doi), ("pmid", record.pmid), ("urls/related-urls/url", record.url),
        ("language", record.language), ("abstract", record.abstract), *(("notes", note) for note in record.notes),
        *(extra for extra in record.extras if _writable(extra)),
    ):  # fmt: skip
        say(way, text)
    return root


def _writable(extra: Extra) -> bool:
    return all(part.replace("-", "").isascii() and part[:1].isalpha() and part.replace("-", "").isalnum()
               for part in extra.tag.split("/")) and extra.tag.split("/")[0] not in ("ref-type", "record", "style")  # fmt: skip
