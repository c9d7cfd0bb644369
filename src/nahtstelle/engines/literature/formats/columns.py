"""Which column of a table is which field: a proposal from the headers of well-known exports, to be changed by a person."""

import re
from collections.abc import Mapping, Sequence

from .ris_tags import TYPES

# Headers in small letters, the best first: our own, Scopus, Web of Science (long and short), Zotero, Embase, ASReview,
# bib-dedupe, and German ones.
KNOWN: dict[str, tuple[str, ...]] = {
    "key": ("key", "eid", "ut (unique wos id)", "ut", "record_id", "id", "record id"),
    "kind": ("kind", "document type", "item type", "publication type", "entrytype", "type", "dt", "itemtype"),
    "title": ("title", "article title", "primary_title", "ti", "titel", "document title"),
    "authors": ("authors", "author full names", "author", "author names", "au", "af", "first_authors", "autor*innen", "autoren"),
    "editors": ("editors", "editor", "book editors", "be", "herausgeber*innen", "herausgeber"),
    "year": ("year", "publication year", "py", "pubyear", "publication_year", "jahr", "erscheinungsjahr"),
    "issued": ("issued", "date", "publication date", "da"),
    "container": ("container", "source title", "publication title", "journal", "source", "so", "journal_name", "secondary_title", "zeitschrift", "booktitle", "container-title", "journal/book", "series"),
    "volume": ("volume", "vl", "band"),
    "issue": ("issue", "number", "is", "heft"),
    "pages": ("pages", "page", "seiten"),
    "first": ("page start", "start page", "first page", "bp"),
    "last": ("page end", "end page", "last page", "ep"),
    "publisher": ("publisher", "publisher name", "pu", "verlag"),
    "place": ("place", "publisher city", "pi", "ort"),
    "edition": ("edition", "auflage"),
    "doi": ("doi", "di", "digital object identifier"),
    "isbn": ("isbn", "bn"),
    "issn": ("issn", "sn"),
    "pmid": ("pmid", "pubmed id", "pm", "medline pmid"),
    "url": ("url", "link", "full text link", "urls"),
    "language": ("language", "language of original document", "article language", "languages", "la", "sprache"),
    "abstract": ("abstract", "ab", "abstract note", "notes_abstract", "zusammenfassung"),
    "keywords": ("keywords", "author keywords", "de", "manual tags", "keyword", "schlagwörter"),
    "notes": ("notes", "note", "anmerkung", "anmerkungen"),
}  # fmt: skip

KINDS = {
    "article": "article-journal", "journal article": "article-journal", "journalarticle": "article-journal",
    "review": "article-journal", "book": "book", "book chapter": "chapter", "booksection": "chapter",
    "inproceedings": "paper-conference", "conference paper": "paper-conference", "conferencepaper": "paper-conference",
    "proceedings paper": "paper-conference", "incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report", "webpage": "webpage",
    "misc": "document", "document": "document", "conference": "paper-conference", "proceedings": "book",
    "collection": "collection",
}  # fmt: skip


def kind_of(text: str) -> str:
    """A type of CSL, by its own name or by one of those programs give it; empty where it is none."""
    return text if text in TYPES else KINDS.get(text.lower(), "")


def bare(header: str) -> str:
    """A header as the names above are written."""
    return re.sub(r"\s+", " ", header.strip().strip("\ufeff").lower())


def proposed(headers: Sequence[str]) -> dict[int, str]:
    """Column by column the field it seems to be; a field has one column, a column without a field goes to the extras."""
    named = [bare(header) for header in headers]
    found: dict[int, str] = {}
    for field, names in KNOWN.items():
        at = next((named.index(name) for name in names if name in named and named.index(name) not in found), None)
        if at is not None:
            found[at] = field
    return dict(sorted(found.items()))


def usable(mapping: Mapping[int, str]) -> bool:
    """A table without a title or a DOI names no publication."""
    return "title" in mapping.values() or "doi" in mapping.values()
