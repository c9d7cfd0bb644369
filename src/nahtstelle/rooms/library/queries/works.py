"""Asking for works: those there are now, the list with its filters, where a signpost leads."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from nahtstelle.plumbing.kit.slices import slices
from nahtstelle.register.vocabulary.folding import fold
from nahtstelle.register.vocabulary.models import Concept

from ..models import Card, FullText, Import, Record, Tag, Work

AT_ONCE = 5_000  # values given to one statement
ORDERS = {
    "": ("-year", "first_author", "id"),
    "year": ("year", "first_author", "id"),
    "author": ("first_author", "-year", "id"),
    "new": ("-created_at", "-id"),
}


def current() -> QuerySet[Work]:
    """Works that were not merged into another."""
    return Work.objects.filter(merged_into__isnull=True)


def slices_of(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """Ids, each once, as many at a time as a statement may be given."""
    return slices(sorted(set(ids)), AT_ONCE)


def roots_of(works: Iterable[Work]) -> dict[int, Work]:
    """Each of these works by its id, or what it was merged into; a statement for each step of merging, however many works."""
    found = {work.pk: work for work in works}
    known = dict(found)
    while any(work.merged_into_id for work in found.values()):
        missing = {work.merged_into_id for work in found.values() if work.merged_into_id} - known.keys()
        known |= {work.pk: work for work in Work.objects.filter(pk__in=missing).select_related("card__edition")}
        found = {pk: known[work.merged_into_id] if work.merged_into_id else work for pk, work in found.items()}
    return found


def root_of(work: Work) -> Work:
    """The work that a merged one stands for; itself where it was not merged."""
    return roots_of([work])[work.pk]


def families(works: Iterable[int]) -> dict[int, int]:
    """Every work that was ever merged into one of ``works``, and these: which of them it is today."""
    of = {pk: pk for pk in works}
    newest: Collection[int] = list(of)
    while newest:
        rows = [
            row
            for part in slices_of(newest)
            for row in Work.objects.filter(merged_into__in=part).values_list("pk", "merged_into")
        ]
        of |= {pk: of[into] for pk, into in rows}
        newest = [pk for pk, _into in rows]
    return of


def speaking(records: QuerySet[Record] | None = None) -> QuerySet[Record]:
    """Records that count: the newest a source said, and not withdrawn by it."""
    found = Record.objects.all() if records is None else records
    return found.filter(replaced=False).exclude(state=Record.State.DELETED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks the list of works for; empty: everything."""

    words: str = ""
    kind: str = ""
    since: int | None = None
    until: int | None = None
    standing: str = ""
    source: str = ""
    batch: int | None = None
    concept: int | None = None
    having: str = ""
    in_texts: bool = False
    order: str = ""

    @property
    def any(self) -> bool:
        return self != Wanted(order=self.order)


HAVING = ("text", "no-text", "card", "no-card")


def listed(wanted: Wanted) -> QuerySet[Work]:
    """The works somebody asked for, in their order; without the words nobody needs in a list."""
    found = current()
    for word in fold(wanted.words).split():
        there = Q(folded__contains=word)
        if wanted.in_texts:
            there |= Exists(FullText.objects.filter(work=OuterRef("pk"), text__icontains=word))
        found = found.filter(there)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.since:
        found = found.filter(year__gte=wanted.since)
    if wanted.until:
        found = found.filter(year__lte=wanted.until)
    if wanted.standing:
        found = found.filter(standing=wanted.standing)
    if wanted.batch:
        found = found.filter(Exists(Record.objects.filter(work=OuterRef("pk"), batch=wanted.batch)))
    if wanted.source:
        batches = Import.objects.filter(source=wanted.source)
        found = found.filter(Exists(Record.objects.filter(work=OuterRef("pk"), batch__in=batches)))
    if wanted.concept:
        tags = Tag.objects.filter(work=OuterRef("pk"), concept=wanted.concept, state=Tag.State.ACCEPTED)
        found = found.filter(Exists(tags))
    match wanted.having:
        case "text":
            found = found.filter(Exists(FullText.objects.filter(work=OuterRef("pk"))))
        case "no-text":
            found = found.filter(~Exists(FullText.objects.filter(work=OuterRef("pk"))))
        case "card":
            found = found.filter(Exists(Card.objects.filter(work=OuterRef("pk"))))
        case "no-card":
            found = found.filter(~Exists(Card.objects.filter(work=OuterRef("pk"))))
    return found.order_by(*ORDERS.get(wanted.order, ORDERS[""]))


def sources() -> list[str]:
    """The names of the sources from which something was taken in."""
    done = Import.objects.filter(state__in=[Import.State.DONE, Import.State.UNDOING])
    return sorted(set(done.order_by().values_list("source", flat=True)))


def kinds() -> list[str]:
    """The kinds of publication there are."""
    return sorted(current().order_by().values_list("kind", flat=True).distinct())


def concepts() -> list[tuple[int, str]]:
    """The concepts that works have, by name."""
    used = Tag.objects.filter(concept=OuterRef("pk"), state=Tag.State.ACCEPTED)
    found = Concept.objects.filter(Exists(used))
    return sorted(((concept.pk, str(concept)) for concept in found), key=lambda pair: fold(pair[1]))


def wanted_from(query: QueryDict | dict[str, Any]) -> Wanted:
    """What an address asks for; nonsense in it asks for nothing."""

    def number(name: str) -> int | None:
        text = str(query.get(name) or "").strip()
        return int(text) if text.isdecimal() and len(text) < 10 else None

    having = str(query.get("having") or "")
    return Wanted(
        words=str(query.get("q") or "")[:200],
        kind=str(query.get("kind") or "")[:30],
        since=number("since"),
        until=number("until"),
        standing=str(query.get("standing") or "") if query.get("standing") in Work.Standing.values else "",
        source=str(query.get("source") or "")[:200],
        batch=number("import"),
        concept=number("concept"),
        having=having if having in HAVING else "",
        in_texts=bool(query.get("texts")),
        order=str(query.get("order") or "") if query.get("order") in ORDERS else "",
    )
