"""Crossref: a page of works, as their publishers registered them, with what befell them since."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..formats import fields
from ..records import Extra, Name, Record
from .pieces import first, inside, items_of, number, read_object, several, text, unmarked
from .values import Page, SourceTrouble

_KINDS = {
    "journal-article": "article-journal", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "book-chapter": "chapter", "book-section": "chapter", "book-part": "chapter",
    "reference-entry": "entry-encyclopedia", "proceedings-article": "paper-conference", "proceedings": "book",
    "posted-content": "article", "report": "report", "report-component": "report", "dissertation": "thesis",
    "dataset": "dataset", "standard": "standard", "peer-review": "review",
}  # fmt: skip
_PLACES = ("published", "published-print", "published-online", "issued", "posted")


def read_works(content: bytes) -> Page:
    """The token is given even behind the last page; one without works ends the list. Raises ``SourceTrouble``."""
    told = read_object(content)
    message = told.get("message")
    if not isinstance(message, dict):
        raise SourceTrouble("not_json")
    items, torn = items_of(message.get("items"), record_of)
    token = text(message.get("next-cursor")) if items or torn else ""
    return Page(items, torn, token, number(message.get("total-results")))


def record_of(work: Mapping[str, Any]) -> Record:
    """Raises ``ValueError`` (and what comes of other shapes) where it is no work."""
    doi = fields.doi_of(text(work["DOI"]))
    if not doi:
        raise ValueError("A work of Crossref has a DOI.")
    title, subtitle = first(work.get("title")), first(work.get("subtitle"))
    kind = _KINDS.get(text(work.get("type")), "document")
    issued = next((day for place in _PLACES if (day := _day(work.get(place)))), "")
    return Record(
        key=doi,
        kind=kind,
        title=unmarked(f"{title}: {subtitle}" if title and subtitle and subtitle not in title else title or subtitle),
        authors=tuple(_people(work.get("author"))),
        editors=tuple(_people(work.get("editor"))),
        year=int(issued[:4]) if issued else None,
        issued=issued,
        container=unmarked(first(work.get("container-title"))),
        volume=text(work.get("volume")),
        issue=text(work.get("issue")),
        pages=text(work.get("page")) or text(work.get("article-number")),
        publisher=text(work.get("publisher")),
        place=text(work.get("publisher-location")),
        edition=text(work.get("edition-number")),
        doi=doi,
        isbn=first(work.get("ISBN")),
        issn=first(work.get("ISSN")),
        url=text(inside(work, "resource", "primary", "URL")) or text(work.get("URL")),
        language=text(work.get("language")),
        abstract=unmarked(text(work.get("abstract")), abstract=True),
        keywords=tuple(filter(None, (text(one) for one in several(work.get("subject"))))),
        extras=tuple(_extras(work, kind)),
    )


def _people(listed: Any) -> Iterator[Name]:
    for one in several(listed):
        family = text(inside(one, "family"))
        given = ", ".join(filter(None, (text(inside(one, "given")), text(inside(one, "suffix")))))
        if family or given:
            yield Name(family, given) if family else Name(given)
        elif body := text(inside(one, "name")):
            yield Name(body)


def _day(value: Any) -> str:
    """{"date-parts": [[2021, 3, 5]]}."""
    parts = next(several(inside(value, "date-parts")), None)
    return fields.day_of("/".join(str(part) for part in several(parts) if part))


def _extras(work: Mapping[str, Any], kind: str) -> Iterator[Extra]:
    if kind == "document" and (told := text(work.get("type"))):
        yield Extra("type", told)
    for name in ("update-to", "updated-by"):
        for one in several(work.get(name)):
            if fields.doi_of(text(inside(one, "DOI"))):
                said = {
                    part: one[part] for part in ("type", "label", "DOI", "source") if isinstance(one.get(part), str)
                }
                yield Extra(name, json.dumps(said | {"updated": _day(one.get("updated"))}, ensure_ascii=False))
    relations = work.get("relation")
    for name, others in relations.items() if isinstance(relations, dict) else ():
        for one in several(others):
            if other := text(inside(one, "id")):
                yield Extra(f"relation:{name}", other)
    for name in ("original-title", "short-title"):
        if told := first(work.get(name)):
            yield Extra(name, unmarked(told))
    for one in several(work.get("license")):
        if address := text(inside(one, "URL")):
            yield Extra("licence", address)
    for one in several(work.get("author")):
        if orcid := text(inside(one, "ORCID")):
            yield Extra("orcid", f"{text(inside(one, 'family'))}: {orcid}")
