"""Which documents answer best, and how many there are: rights and filters inside each statement.

A document's worth is the sum over the clauses of the best way it answers each: the way's weight, times how rare its terms
are, times the level at which the document has them. Only a limited number of documents is weighed: a clause of frequent
terms is first narrowed by the rarest clause, or, standing alone, taken from its highest levels downward.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import log
from typing import Any

from django.db import connection

from nahtstelle.engines.wording import LEVELS, Clause, Kind
from nahtstelle.engines.wording.clauses import Alternative
from nahtstelle.engines.wording.tokens import plain_words

from .counting import EVERYTHING
from .memory import analyser_for
from .models import Page
from .store import All, AnyOf, Condition, Level, Not, Term, store
from .understanding import Understood

FREQUENT = 1500  # documents: from here on a term is narrowed before it is weighed
MOST_WEIGHED = 3000
ENOUGH = 15  # so many documents with all words: those with only most of them are left out
RANKED_WITH_QUALITY = 200
SHARE = 0.35  # of the weight of all words a document without some of them must have
FAR = 0.05  # of the best one's worth: what is worth less is left out
RETITLED = 60  # whose titles are looked at
TITLE = 0.5  # what a title made of nothing but the searched words adds
FOREIGN = 0.85  # a text in another language than the reader's
QUALITY = 0.45  # how much of a document's worth its quality decides
# The word itself is weighed by its exact level; what only stands for it in two bands, which takes fewer look-ups.
BY_LEVEL = frozenset((Kind.WORD, Kind.SPELLING, Kind.CITATION, Kind.LAW, Kind.PARTS))
EACH_LEVEL = tuple((level,) for level in range(LEVELS, 0, -1))
BANDS = ((6, 5, 4), (3, 2, 1))


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search besides its words: facet sets that fit (None: any), the earliest day, what is news."""

    facet_sets: Sequence[int] | None = None
    since: date | None = None
    changed_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """``ids`` from the best on, as far as they were weighed; ``ways`` tells for each how it answers each clause."""

    ids: list[int]
    ways: dict[int, dict[int, Alternative]]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a document stands among the others; ``day`` as a machine writes it, "" for none."""

    facet_set: int
    day: str


class Search:
    """One search of one reader."""

    def __init__(self, understood: Understood, *, locks: Sequence[int]) -> None:
        self.understood = understood
        self.clauses = [self._alive(clause, only_near=True) for clause in understood.clauses]
        self._counts = understood.counts
        self._all = max(2, understood.counts[EVERYTHING])
        self.store = store()
        self._locks = locks

    def _alive(self, clause: Clause, *, only_near: bool) -> Clause:
        """Without the ways that no document can answer, or that are too far."""
        counts = self.understood.counts
        ways = (way for way in clause.alternatives if way.near or not only_near)
        return Clause(clause.typed, tuple(way for way in ways if all(counts.get(term) for term in way.all_of)))

    def loosen(self) -> None:
        """Also take the ways that lead only near what was asked."""
        self.clauses = [self._alive(clause, only_near=False) for clause in self.understood.clauses]

    # --- conditions ---------------------------------------------------------------------------------------------------

    def _condition_of(self, clause: Clause) -> Condition:
        return AnyOf([_all_of(way) for way in clause.alternatives])

    def strict_condition(self) -> Condition | None:
        """All words; None where one of them is nowhere."""
        if not self.clauses or any(not clause.alternatives for clause in self.clauses):
            return None
        return self._but(All([self._condition_of(clause) for clause in self.clauses]))

    def _but(self, condition: Condition) -> Condition:
        without = self.understood.without
        return Not(condition, AnyOf([Term(term) for term in without])) if without else condition

    def visible(self, condition: Condition, filters: Filters, columns: str) -> tuple[str, list[object]]:
        """A statement over the documents that meet the condition, behind the reader's locks and within the filters."""
        where, params = self._narrowed(filters)
        statement = f"SELECT {columns} FROM {self.store.documents} {where}"  # noqa: S608 - names are ours, values parameters
        return statement, [self.store.spoken(condition), *params]

    def everything(self, filters: Filters, columns: str) -> tuple[str, list[object]]:
        """The same over all documents."""
        where, params = self._narrowed(filters)
        return f"SELECT {columns} FROM search_document d WHERE {where}", params  # noqa: S608 - as above

    def _narrowed(self, filters: Filters) -> tuple[str, list[object]]:
        where = [f"d.lock_id IN ({_marks(self._locks)})"]
        params: list[object] = [*self._locks]
        if filters.facet_sets is not None:
            where.append(f"d.facet_set_id IN ({_marks(filters.facet_sets)})")
            params += filters.facet_sets
        if filters.since is not None:
            where.append("d.day >= %s")
            params.append(filters.since)
        if filters.changed_after is not None:
            where.append("d.changed_at > %s")
            params.append(connection.ops.adapt_datetimefield_value(filters.changed_after))
        return " AND ".join(where), params

    def placed(self, ids: Sequence[int]) -> dict[int, "Placed"]:
        """Facets and days of documents that were found, in the order in which they are given."""
        found = {
            pk: Placed(facet_set, str(day or "")) for pk, facet_set, day in self._rows(ids, "d.facet_set_id, d.day")
        }
        return {one: found[one] for one in ids if one in found}

    def told(self, ids: Sequence[int]) -> Iterable[tuple[int, float, str]]:
        """Quality and language of documents that were found."""
        return self._rows(ids, "d.quality, d.language")

    def _rows(self, ids: Sequence[int], columns: str) -> list[Any]:
        where, among = self.store.among(ids)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT d.id, {columns} FROM search_document d WHERE {where}", [among])  # noqa: S608 - as above
            return cursor.fetchall()

    # --- weighing -----------------------------------------------------------------------------------------------------

    def _worth(self, way: Alternative) -> float:
        rarest = min(self._counts[term] for term in way.all_of)
        return way.weight * log(1 + (max(self._all - rarest, 0) + 0.5) / (rarest + 0.5))

    def worth_of(self, clause: Clause) -> float:
        return max(self._worth(way) for way in clause.alternatives)

    def _expense(self, clause: Clause) -> int:
        return sum(min(self._counts[term] for term in way.all_of) for way in clause.alternatives)

    def weigh(self, filters: Filters) -> tuple[dict[int, float], dict[int, dict[int, Alternative]]]:
        """What each document is worth, without its quality; and how it answers each clause."""
        living = [index for index, clause in enumerate(self.clauses) if clause.alternatives]
        if not living:
            return {}, {}
        order = sorted(living, key=lambda index: self._expense(self.clauses[index]))
        anchor = self._condition_of(self.clauses[order[0]])
        worths: dict[int, dict[int, float]] = {}
        ways: dict[int, dict[int, Alternative]] = {}
        for index in order:
            narrow = anchor if index != order[0] else None
            for way, level, ids in self._postings(self.clauses[index], filters, narrow=narrow):
                worth = self._worth(way) * level / LEVELS
                for one in ids:
                    of_document = worths.setdefault(one, {})
                    if worth > of_document.get(index, 0.0):
                        of_document[index] = worth
                        ways.setdefault(one, {})[index] = way
        return {one: sum(of.values()) for one, of in worths.items()}, ways

    def _postings(
        self, clause: Clause, filters: Filters, *, narrow: Condition | None
    ) -> Iterable[tuple[Alternative, float, list[int]]]:
        plan: list[tuple[Alternative, float, Condition]] = []
        for way in clause.alternatives:
            # Of several terms the rarest one's level counts.
            first, *others = sorted(way.all_of, key=lambda term: self._counts[term])
            also: list[Condition] = [Term(term) for term in others]
            if narrow is not None and self._counts[first] > FREQUENT:
                also.append(narrow)
            for band in EACH_LEVEL if way.kind in BY_LEVEL else BANDS:
                levels = [Level(first, level) for level in band]
                condition: Condition = levels[0] if len(levels) == 1 else AnyOf(levels)
                plan.append((way, sum(band) / len(band), All([condition, *also]) if also else condition))
        plan.sort(key=lambda step: -step[0].weight * step[1])
        if narrow is not None or self._expense(clause) <= MOST_WEIGHED:
            yield from self._fetched(plan, filters)
            return
        # Frequent, and nothing to narrow it by: from the highest level down, until there are enough.
        seen = 0
        for step in plan:
            for way, level, ids in self._fetched([step], filters, most=MOST_WEIGHED):
                seen += len(ids)
                yield way, level, ids
            if seen >= MOST_WEIGHED:
                return

    def _fetched(
        self, plan: Sequence[tuple[Alternative, float, Condition]], filters: Filters, *, most: int | None = None
    ) -> Iterable[tuple[Alternative, float, list[int]]]:
        conditions = [self._but(condition) for _way, _level, condition in plan]
        found = self.store.each(conditions, *self._narrowed(filters), most=most)
        for (way, level, _condition), ids in zip(plan, found, strict=True):
            if ids:
                yield way, level, ids


def _all_of(way: Alternative) -> Condition:
    return Term(way.all_of[0]) if len(way.all_of) == 1 else All([Term(term) for term in way.all_of])


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def rank(search: Search, filters: Filters, *, loose: bool, wanted: int, language: str = "") -> Ranked:
    """The documents from the best on: those with all words or, ``loose``, those with most of their weight."""
    worths, ways = search.weigh(filters)
    living = [index for index, clause in enumerate(search.clauses) if clause.alternatives]
    if loose:
        chosen = _near(search, living, worths, ways)
    elif len(living) == len(search.clauses):
        chosen = [one for one in worths if len(ways[one]) == len(living)]
    else:
        chosen = []
    chosen.sort(key=lambda one: (-worths[one], -one))
    best = chosen[: max(wanted, RANKED_WITH_QUALITY)]
    quality = {
        pk: (1 - QUALITY + QUALITY * worth) * (1.0 if not language or of[:2] == language[:2] else FOREIGN)
        for pk, worth, of in search.told(best)
    }
    covered = _titles(search, best[:RETITLED])
    best.sort(key=lambda one: (-worths[one] * quality.get(one, 1.0) * (1 + TITLE * covered.get(one, 0.0)), -one))
    return Ranked([*best, *chosen[len(best) :]], ways)


def _titles(search: Search, ids: Sequence[int]) -> dict[int, float]:
    """Which share of each title's words was asked for: "Passpflicht" before "Befreiung von der Passpflicht"."""
    wanted = {term for clause in search.clauses for way in clause.alternatives if way.near for term in way.all_of}
    analyser = analyser_for("de", memory=search.understood.memory)
    covered = {}
    for pk, title in Page.objects.filter(pk__in=ids).values_list("pk", "title"):
        heading = title.partition(": ")[2] or title if title.startswith(("§", "Art")) else title
        words = [word for word in map(analyser.word, plain_words(heading)) if word.whole]
        hits = sum(1 for word in words if word.whole in wanted or wanted.intersection(word.parts))
        covered[pk] = hits / len(words) if words else 0.0
    return covered


def _near(
    search: Search, living: Sequence[int], worths: dict[int, float], ways: dict[int, dict[int, Alternative]]
) -> list[int]:
    """Those that have most of what was asked; what they lack makes them worth less."""
    weight = {index: search.worth_of(search.clauses[index]) for index in living}
    full = sum(weight.values())
    near = []
    for one, of_document in ways.items():
        share = sum(weight[index] for index in of_document) / full
        if share >= SHARE:
            worths[one] *= share
            near.append(one)
    least = FAR * max((worths[one] for one in near), default=0.0)
    return [one for one in near if worths[one] >= least]
