"""What a room offers to the search: one document, as a reader would see it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from nahtstelle.engines.wording import fold

from .readers import AUDIENCES


@dataclass(frozen=True, slots=True)
class Offer:
    """One document.

    ``keys`` name who may see it. ``about`` are terms it is about itself (the provision it is), ``mentions`` terms it
    speaks of (provisions it cites, concepts it is tagged with). ``kicker`` and ``keywords`` are further words it is found
    under.
    ``facets`` are (facet, value). ``renewed`` is the day that makes it news where ``stand`` only says when it was last seen
    as it is. ``moment`` is when a reader could first see it so, where the room knows.
    """

    source: str
    key: str
    title: str
    address: str
    keys: frozenset[str]
    language: str = "de"
    kicker: str = ""
    lead: str = ""
    body: str = ""
    keywords: str = ""
    about: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    day: date | None = None
    stand: date | None = None
    renewed: date | None = None
    status: str = ""
    notes: tuple[str, ...] = field(default=())
    quality: float = 1.0
    moment: datetime | None = None
    heading: str | None = None  # what of the title says what it is about; all of it where None

    def digest(self, seen: str) -> str:
        """Changes with anything that was offered, but the moment; ``seen`` as below."""
        return _digest([
            seen, self.address, sorted(self.keys), self.language, self.kicker, self.keywords, self.about,
            self.mentions, sorted(self.facets), str(self.day), str(self.stand), self.notes, self.quality, self.heading,
        ])  # fmt: skip

    def seen(self) -> str:
        """Changes with what a reader would call news: the words and the standing of the text, and that it is open to more."""
        opened = sorted(self.keys & AUDIENCES)
        return _digest([self.title, self.lead, self.body, self.status, str(self.renewed or self.stand), opened])


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]


class Source(Protocol):
    """A module of ``sources``."""

    NAME: str

    def offers(self, only: Iterable[int] | None = None) -> Iterator[Offer]:
        """Everything there is, or what stands behind the given ids."""
        ...


def section_term(law: str, section: str) -> str:
    return f"s:{fold(section)}:{fold(law)}"


def section_alone_term(section: str) -> str:
    return f"n:{fold(section)}"


def law_term(law: str) -> str:
    return f"l:{fold(law)}"


def concept_term(key: str) -> str:
    return f"c:{key}"
