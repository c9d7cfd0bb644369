"""What of a record is compared, small enough that a million of them can be laid aside as bytes."""

import json
from typing import NamedTuple

from nahtstelle.engines.literature.formats.fields import doi_in
from nahtstelle.engines.literature.linking.folding import words_of
from nahtstelle.engines.literature.linking.journals import journal_of
from nahtstelle.engines.literature.linking.locators import number_of, pages_of
from nahtstelle.engines.literature.linking.people import people_of
from nahtstelle.engines.literature.linking.titles import title_of
from nahtstelle.engines.literature.records import Record

ABSTRACT_READ, ABSTRACT_KEPT = 600, 240
_BOOKS = frozenset(("book", "collection"))


class Traits(NamedTuple):
    title: str
    other_titles: list[str]
    main_title: str
    numbers: list[int]
    about: list[str]
    generic: bool
    translated: bool
    tongue: str
    families: list[str]
    other_names: list[str]
    year: int  # 0: unknown
    journal: str
    journal_head: str
    volume: str
    issue: str
    first_page: str
    last_page: str
    doi: str
    kind: str  # "book", "chapter" or nothing
    edition: str
    abstract: str
    cut: bool  # the title ends in dots: its source cut it


def traits_of(record: Record) -> Traits:
    title = title_of(record.title)
    families, other_names = people_of(record.authors)
    journal, journal_head = journal_of(record.container)
    first_page, last_page = pages_of(record.pages)
    return Traits(
        title=title.whole,
        other_titles=list(title.others),
        main_title=title.main,
        numbers=list(title.numbers),
        about=list(title.about),
        generic=title.generic,
        translated=title.translated,
        tongue=title.tongue,
        families=families,
        other_names=other_names,
        year=record.year or 0,
        journal=journal,
        journal_head=journal_head,
        volume=number_of(record.volume),
        issue=number_of(record.issue),
        first_page=first_page,
        last_page=last_page,
        doi=doi_in(record.doi),
        kind="book" if record.kind in _BOOKS else record.kind if record.kind == "chapter" else "",
        edition=number_of(record.edition),
        abstract="".join(words_of(record.abstract[:ABSTRACT_READ]))[:ABSTRACT_KEPT] if record.abstract else "",
        cut=record.title.rstrip().endswith(("...", "…")),
    )


def packed(traits: Traits) -> bytes:
    return json.dumps(traits, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> Traits:
    return Traits._make(json.loads(data.decode("utf-8", "surrogatepass")))
