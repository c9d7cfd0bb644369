"""The search in one small interface: search, suggest, write, remove, rebuild.

Whatever database stands behind it answers alike; the same tests run on both. ``keys`` are those of the reader
(``readers.keys_of``): nothing they do not open is found, counted or suggested.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.db import connection

from nahtstelle.engines.wording.clauses import Alternative

from . import facets as facet_counts
from .facets import Counted
from .models import Page
from .phrases import holding
from .ranking import ENOUGH, Filters, Placed, Ranked, Search, rank
from .readers import locks_open_to
from .rebuilding import Rebuilt, rebuild
from .suggesting import suggest
from .understanding import Understood, understand
from .writing import remove, write

__all__ = [
    "Found",
    "Hit",
    "Question",
    "Rebuilt",
    "Sort",
    "rebuild",
    "remove",
    "search",
    "suggest",
    "write",
]

PER_PAGE = 20
MOST_PAGES = 50


class Sort(StrEnum):
    RELEVANCE = "relevanz"
    NEWEST = "neu"


@dataclass(frozen=True, slots=True)
class Question:
    """``chosen``: facet → values, any of a facet and all facets. ``since``: nothing older than that day."""

    typed: str
    keys: frozenset[str]
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE
    language: str = ""  # the reader's own; texts in it come first among equals
    changed_after: datetime | None = None  # only what is news since
    strict: bool = False  # all words, even where few texts have them

    def news_since(self, moment: datetime) -> "Question":
        """The same for what became new since, the newest first: a text that is only like it is no news."""
        return replace(self, changed_after=moment, strict=True, sort=Sort.NEWEST, page=1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A document and how it answers each clause of the query (by the clause's number)."""

    page: Page
    ways: dict[int, Alternative]


@dataclass(frozen=True, slots=True)
class Found:
    """``exact``: every document has all words; else they have most of them. ``counted.total`` is how many there are."""

    understood: Understood
    hits: list[Hit]
    counted: Counted
    exact: bool
    page: int = 1
    pages: int = 1


def search(question: Question) -> Found:
    """What a reader finds. Any text may be asked."""
    locks = list(locks_open_to(question.keys).distinct())
    understood = understand(question.typed, locks=locks)
    asked = Search(understood, locks=locks)
    filters = Filters(since=question.since, changed_after=question.changed_after)
    if understood.empty:
        return _browsed(question, asked, filters)
    condition = asked.strict_condition()
    groups = facet_counts.grouped_by_condition(asked, condition, filters) if condition else {}
    loose = sum(groups.values()) < ENOUGH and not understood.parsed.phrases and not question.strict
    if loose:
        asked.loosen()
    ranked: Ranked | None = None
    placed: dict[int, Placed] | None = None
    wanted = min(question.page, MOST_PAGES) * question.per_page
    if loose or understood.parsed.phrases:
        ranked = rank(asked, filters, loose=loose, wanted=wanted, language=question.language)
        placed = asked.placed(holding(ranked.ids, understood.parsed.phrases))
        groups = Counter(one.facet_set for one in placed.values())
    values = facet_counts.values_of(groups)
    counted = facet_counts.counted(groups, values, question.chosen)
    if any(question.chosen.values()):
        filters = replace(filters, facet_sets=facet_counts.fitting(question.chosen, values))
    reach = counted.total
    if placed is not None:
        fitting = None if filters.facet_sets is None else set(filters.facet_sets)
        ids = [pk for pk, one in placed.items() if fitting is None or one.facet_set in fitting]
        if question.sort is Sort.NEWEST:
            ids.sort(key=lambda pk: (placed[pk].day, pk), reverse=True)
    elif question.sort is Sort.NEWEST and condition is not None:
        ids = _newest(asked.visible(condition, filters, "d.id, d.day"), wanted)
        ranked = None
    else:
        ranked = rank(asked, filters, loose=False, wanted=wanted, language=question.language)
        ids = ranked.ids
        reach = min(reach, len(ids))  # of very many only the best were weighed
    return _page(
        question,
        understood,
        ids,
        ranked.ways if ranked else {},
        counted,
        reach=reach,
        exact=not loose or _all_exact(understood, ranked, ids),
    )


def _all_exact(understood: Understood, ranked: Ranked | None, ids: Sequence[int]) -> bool:
    """Whether looking further brought nothing that lacks a word."""
    number = len(understood.clauses)
    return ranked is not None and all(
        len(ranked.ways[one]) == number and all(way.near for way in ranked.ways[one].values()) for one in ids
    )


def _page(
    question: Question,
    understood: Understood,
    ids: Sequence[int],
    ways: Mapping[int, dict[int, Alternative]],
    counted: Counted,
    *,
    reach: int,
    exact: bool,
) -> Found:
    pages = max(1, min(MOST_PAGES, -(-reach // question.per_page)))
    page = max(1, min(question.page, pages))
    shown = ids[(page - 1) * question.per_page : page * question.per_page]
    found = Page.objects.select_related("document__facet_set").in_bulk(shown)
    hits = [Hit(found[one], ways.get(one, {})) for one in shown if one in found]
    return Found(understood, hits, counted, exact, page, pages)


def _browsed(question: Question, asked: Search, filters: Filters) -> Found:
    """Without words: everything that was chosen by facets, the newest first."""
    if not any(question.chosen.values()) and question.since is None:
        return Found(asked.understood, [], Counted(0, {}), exact=True)
    groups = facet_counts.grouped_all(asked, filters)
    values = facet_counts.values_of(groups)
    counted = facet_counts.counted(groups, values, question.chosen)
    filters = replace(filters, facet_sets=facet_counts.fitting(question.chosen, values))
    wanted = min(question.page, MOST_PAGES) * question.per_page
    ids = _newest(asked.everything(filters, "d.id, d.day"), wanted)
    return _page(question, asked.understood, ids, {}, counted, reach=counted.total, exact=True)


def _newest(statement: tuple[str, list[object]], wanted: int) -> list[int]:
    with connection.cursor() as cursor:
        words, params = statement
        cursor.execute(f"{words} ORDER BY d.day IS NULL, d.day DESC, d.id DESC LIMIT {wanted}", params)
        return [row[0] for row in cursor.fetchall()]
