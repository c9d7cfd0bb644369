"""A bibliographic record: what one source says of one publication, in the words of that source."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Name(NamedTuple):
    """A person or, with an empty ``given``, a body or a name that could not be told apart."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


class Extra(NamedTuple):
    """Something a source said that has no field of its own: its tag there, its words; in the order of the source."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one source says of one publication. Empty text: the source does not say.

    ``kind`` is a type of CSL 1.0.2 (``article-journal``, ``chapter``, ``report`` …; ``document`` where nothing is known).
    Texts are as the source has them, but for the white space round them; ``doi`` is the bare number in small letters
    (``10.1234/abc``). Nothing of a source is lost: what has no field of its own lies in ``extras``.
    """

    key: str = ""  # the source's own id of it
    kind: str = "document"
    title: str = ""
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    year: int | None = None
    issued: str = ""  # the whole date as ISO 8601, as far as it is known: 2021, 2021-03, 2021-03-05
    container: str = ""  # journal, book or series that holds it
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    edition: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    pmid: str = ""
    url: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = field(default=())
