"""OpenAlex: a page of works. What changes by the day (how often cited, scores) is not part of a record."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..formats import fields
from ..records import Extra, Record
from .pieces import first, inside, items_of, name_in_order, number, read_object, several, text, unmarked
from .values import Page

_KINDS = {
    "article": "article-journal", "review": "article-journal", "letter": "article-journal",
    "editorial": "article-journal", "erratum": "article-journal", "retraction": "article-journal", "book": "book",
    "book-chapter": "chapter", "dissertation": "thesis", "report": "report", "preprint": "article",
    "dataset": "dataset", "reference-entry": "entry-encyclopedia", "standard": "standard",
}  # fmt: skip
_LONGEST = 20_000  # words of an abstract


def read_works(content: bytes) -> Page:
    """Raises ``SourceTrouble``."""
    told = read_object(content)
    items, torn = items_of(told.get("results"), record_of)
    return Page(items, torn, text(inside(told, "meta", "next_cursor")), number(inside(told, "meta", "count")))


def record_of(work: Mapping[str, Any]) -> Record:
    """Raises ``ValueError`` (and what comes of other shapes) where it is no work."""
    key = text(work["id"]).rpartition("/")[2]
    if not key:
        raise ValueError("A work of OpenAlex has an id.")
    source = inside(work, "primary_location", "source")
    kind = _KINDS.get(text(work.get("type")), "document")
    year = number(work.get("publication_year"))
    issued = fields.day_of(text(work.get("publication_date"))) or (str(year) if year else "")
    return Record(
        key=key,
        kind=kind,
        title=unmarked(text(work.get("title")) or text(work.get("display_name"))),
        authors=tuple(name_in_order(name) for name in _authors(work)),
        year=year if year is not None else int(issued[:4]) if issued else None,
        issued=issued,
        container=text(inside(source, "display_name")),
        volume=text(inside(work, "biblio", "volume")),
        issue=text(inside(work, "biblio", "issue")),
        pages=fields.pages_of(text(inside(work, "biblio", "first_page")), text(inside(work, "biblio", "last_page"))),
        publisher=text(inside(source, "host_organization_name")),
        doi=fields.doi_of(text(work.get("doi"))),
        issn=text(inside(source, "issn_l")) or first(inside(source, "issn")),
        pmid=text(inside(work, "ids", "pmid")).rstrip("/").rpartition("/")[2],
        url=text(inside(work, "primary_location", "landing_page_url")),
        language=text(work.get("language")),
        abstract=abstract_of(work.get("abstract_inverted_index")),
        keywords=tuple(filter(None, (text(inside(one, "display_name")) for one in several(work.get("keywords"))))),
        extras=tuple(_extras(work, kind)),
    )


def abstract_of(index: Any) -> str:
    """OpenAlex keeps for each word the places where it stands.

    >>> abstract_of({"Arbeit": [1], "Zugang": [0, 2]})
    'Zugang Arbeit Zugang'
    """
    if not isinstance(index, dict):
        return ""
    placed = [(place, word) for word, places in index.items() for place in several(places) if number(place) is not None]
    return fields.one_line(" ".join(word for _, word in sorted(placed)[:_LONGEST]))


def _authors(work: Mapping[str, Any]) -> Iterator[str]:
    for one in several(work.get("authorships")):
        name = text(inside(one, "author", "display_name")) or text(inside(one, "raw_author_name"))
        if name:
            yield fields.one_line(name)


def _extras(work: Mapping[str, Any], kind: str) -> Iterator[Extra]:
    if kind == "document" and (told := text(work.get("type"))):
        yield Extra("type", told)
    if work.get("is_retracted") is True:
        yield Extra("status", "retracted")
    for name, value in (
        ("open access", text(inside(work, "open_access", "oa_status"))),
        ("full text", text(inside(work, "best_oa_location", "pdf_url")) or text(inside(work, "open_access", "oa_url"))),
        ("licence", text(inside(work, "best_oa_location", "license"))),
    ):
        if value:
            yield Extra(name, value)
    for one in several(work.get("authorships")):
        if orcid := text(inside(one, "author", "orcid")):
            yield Extra("orcid", f"{text(inside(one, 'author', 'display_name'))}: {orcid}")
