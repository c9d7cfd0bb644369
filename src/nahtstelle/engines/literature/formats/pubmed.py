"""PubMed's XML, read."""

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from ..records import Name, Record
from . import fields
from .drafts import Item, drafted
from .sources import Line
from .values import Broken
from .xml_pieces import flat, leaves, records_of, words

_CITATION = "MedlineCitation"
_ARTICLE = f"{_CITATION}/Article"
_BOOK = "BookDocument"
_RANKS = {
    "kind": ("kind",), "key": ("key",), "pmid": (f"{_CITATION}/PMID", f"{_BOOK}/PMID"),
    "title": (f"{_ARTICLE}/ArticleTitle", f"{_BOOK}/ArticleTitle", f"{_BOOK}/Book/BookTitle"), "authors": ("author",),
    "container": (f"{_ARTICLE}/Journal/Title", f"{_ARTICLE}/Journal/ISOAbbreviation", f"{_BOOK}/Book/BookTitle"),
    "year": ("year",), "issued": ("issued",), "volume": (f"{_ARTICLE}/Journal/JournalIssue/Volume",),
    "issue": (f"{_ARTICLE}/Journal/JournalIssue/Issue",), "pages": (f"{_ARTICLE}/Pagination/MedlinePgn",),
    "first": (f"{_ARTICLE}/Pagination/StartPage",), "last": (f"{_ARTICLE}/Pagination/EndPage",),
    "publisher": (f"{_BOOK}/Book/Publisher/PublisherName",), "place": (f"{_BOOK}/Book/Publisher/PublisherLocation",),
    "doi": ("doi",), "isbn": (f"{_BOOK}/Book/Isbn",), "issn": (f"{_ARTICLE}/Journal/ISSN",),
    "language": (f"{_ARTICLE}/Language", f"{_BOOK}/Language"), "abstract": ("abstract",),
    "keywords": ("keyword",),
}  # fmt: skip
_STOPS = ("Author", "AbstractText", "ArticleTitle", "BookTitle", "PubDate", "PubMedPubDate", "MeshHeading")
_DATE = ("Year", "Month", "Day")


def read_pubmed(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    for piece in records_of(lines, ("PubmedArticle", "PubmedBookArticle")):
        yield piece if isinstance(piece, Broken) else _record(piece[1])


def _record(root: etree._Element) -> Record:
    items: list[Item] = [("kind", "article-journal" if root.tag == "PubmedArticle" else "book")]
    people: dict[str, Name] = {}
    abstract: list[str] = []
    for way, leaf in leaves(root, _STOPS):
        text = fields.tidy(flat(leaf))
        if "/ReferenceList" in way:
            items.append((way, text))
        elif leaf.tag == "Author":
            name = _person(leaf)
            told = f"{len(people)}"
            people[told] = name
            items.append(("author", told))
            items.extend((f"Author/{part}", flat(said)) for part, said in leaves(leaf, ()) if part not in _NAMES)
        elif leaf.tag == "AbstractText" and "/OtherAbstract/" not in way:
            label = leaf.get("Label")
            abstract.append(f"{label}: {text}" if label else text)
        elif leaf.tag in ("ELocationID", "ArticleId") and leaf.get("EIdType", leaf.get("IdType")) == "doi":
            items.append(("doi", text))
        elif leaf.tag == "PubDate":
            items.extend(_dated(leaf, way))
        elif leaf.tag == "MeshHeading":
            items.append(("keyword", "/".join(flat(part) for part in leaf)))
        elif leaf.tag == "PubMedPubDate":
            day = "-".join(words(part) for part in leaf)
            items.append((f"{way}[{leaf.get('PubStatus', '')}]", day))
        elif way == f"{_CITATION}/KeywordList/Keyword":
            items.append(("keyword", text))
        else:
            if leaf.getparent().tag == "CommentsCorrections":  # what it is to that publication stands in an attribute
                way = way.replace("Corrections/", f"Corrections[{leaf.getparent().get('RefType', '')}]/")
            if way in _RANKS["pmid"]:
                items.append(("key", text))
            items.append((way, text))
    if abstract:
        items.append(("abstract", "\n".join(abstract)))
    return drafted(items, _RANKS, kinds=str, person=people.__getitem__)


_NAMES = ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")


def _person(leaf: etree._Element) -> Name:
    family, fore, initials, suffix, body = (flat(found) if (found := leaf.find(n)) is not None else "" for n in _NAMES)
    given = ", ".join(filter(None, (fore or initials, suffix)))
    return Name(family or body, given if family else "")


def _dated(leaf: etree._Element, way: str) -> Iterator[Item]:
    parts = {part.tag: words(part) for part in leaf if isinstance(part.tag, str)}
    year, month, day = (parts.get(name, "") for name in _DATE)
    if year:
        number = fields.month_of(month)
        yield "year", year
        yield "issued", f"{year}/{number}/{day}" if number and day else f"{year}/{number}" if number else year
    for name, text in parts.items():
        if name not in _DATE or (name == "Month" and not fields.month_of(text)):
            yield f"{way}/{name}", text
        if name == "MedlineDate" and fields.year_of(text):
            yield "year", text[:4]
