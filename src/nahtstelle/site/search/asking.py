"""A search as an address: what its parameters mean, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from .index import PER_PAGE, Question, Sort

# The name of a facet in the address, and in the index; in the order in which they are shown.
FACETS = {
    "art": "source",
    "format": "output",
    "gesetz": "law",
    "thema": "theme",
    "status": "status",
    "gruppe": "group",
    "region": "region",
    "programm": "programme",
    "akteur": "stakeholder",
    "sprache": "language",
}
SPANS = {"monat": 31, "halbjahr": 183, "jahr": 365}
LONGEST = 10_000
MOST_VALUES = 20  # of one facet


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for, by the names of the address."""

    typed: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    span: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not self.typed and not self.chosen and not self.span

    def question(self, *, keys: frozenset[str], language: str, today: date, per_page: int = PER_PAGE) -> Question:
        return Question(
            typed=self.typed,
            keys=keys,
            chosen={FACETS[name]: values for name, values in self.chosen.items()},
            since=today - timedelta(days=SPANS[self.span]) if self.span else None,
            sort=self.sort,
            page=self.page,
            per_page=per_page,
            language=language,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Everything but the page, as an address carries it."""
        pairs = [("q", self.typed)] if self.typed else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [("seit", self.span)] if self.span else []
        return pairs + ([("sort", self.sort.value)] if self.sort is not Sort.RELEVANCE else [])

    def lasting(self) -> "Asked":
        """What is worth keeping of it: neither page nor order nor span of time."""
        return Asked(typed=self.typed, chosen=self.chosen)

    def newest_first(self) -> "Asked":
        return replace(self, sort=Sort.NEWEST, page=1)

    def address(self) -> str:
        return urlencode(self.pairs())


def asked_in(query: QueryDict) -> Asked:
    """What an address asks for. Whatever it holds, something is asked; what means nothing is passed over."""
    clean = {name: [value.replace("\0", "") for value in query.getlist(name)] for name in query}
    page = (clean.get("page") or ["1"])[-1]
    span = (clean.get("seit") or [""])[-1]
    sort = (clean.get("sort") or [""])[-1]
    return Asked(
        typed=(clean.get("q") or [""])[-1].strip()[:LONGEST],
        chosen={
            name: tuple(dict.fromkeys(value[:200] for value in clean[name] if value))[:MOST_VALUES]
            for name in FACETS
            if any(clean.get(name, ()))
        },
        span=span if span in SPANS else "",
        sort=Sort(sort) if sort in list(Sort) else Sort.RELEVANCE,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def asked_by(address: str) -> Asked:
    """What a kept search asks for."""
    return asked_in(QueryDict(address))
