"""The studies readers have: published cards in their newest edition, narrowed by facets.

Counted is each card once, by the edition readers have now. A work that was merged into another counts only where that one
has no card of its own. A broader concept stands for everything narrower.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.folding import fold
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.queries import with_narrower

from ..models import Card, CardEdition, Work

RETRACTED = Work.Standing.RETRACTED
SORTS = {
    "neu": ("-published_at", "-id"),
    "jahr": ("-card__work__year", "card__work__first_author", "id"),
    "staerke": ("-strength", "-card__work__year", "id"),
    "titel": ("card__work__title", "id"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose: any value within a facet, every facet.

    ``since`` and ``until`` are years: a study is in where its data, or without such an answer its year of publication,
    lie at least partly between them.
    """

    words: str = ""
    concepts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    strengths: tuple[int, ...] = ()
    since: int | None = None
    until: int | None = None
    within: tuple[tuple[str, ...], ...] = field(default=())  # further concepts, one of each group

    @property
    def is_empty(self) -> bool:
        return self == Choice()


def published() -> QuerySet[CardEdition]:
    """The editions readers have."""
    kept = Card.objects.filter(
        work=OuterRef("card__work__merged_into"), edition__isnull=False
    ).exclude(state=Card.State.WITHDRAWN)  # fmt: skip
    return (
        CardEdition.objects.filter(card__edition=F("pk"))
        .exclude(card__state=Card.State.WITHDRAWN)
        .filter(Q(card__work__merged_into__isnull=True) | ~Exists(kept))
    )


def countable() -> QuerySet[CardEdition]:
    """What the map counts: not what was retracted."""
    return published().exclude(card__work__standing=RETRACTED)


def chosen(choice: Choice, found: QuerySet[CardEdition] | None = None) -> QuerySet[CardEdition]:
    """The published studies in ``choice``, in no order."""
    found = (published() if found is None else found).order_by()
    for word in choice.words.split():
        found = found.filter(
            Q(card__work__title__icontains=word) | Q(card__work__folded__contains=fold(word))
            | Q(finding_de__icontains=word) | Q(finding_en__icontains=word)
        )  # fmt: skip
    through = CardEdition.concepts.through.objects
    for meant in _by_facet(choice.concepts):
        found = found.filter(_tagged(through, meant))
    for group in choice.within:
        found = found.filter(_tagged(through, Concept.objects.filter(key__in=group).values_list("pk", flat=True)))
    if choice.programmes:
        programmes = CardEdition.programmes.through.objects.filter(cardedition=OuterRef("pk"))
        found = found.filter(Exists(programmes.filter(programme__key__in=choice.programmes)))
    if choice.kinds:
        found = found.filter(template__in=choice.kinds)
    if choice.strengths:
        found = found.filter(strength__in=choice.strengths)
    if choice.since is not None:
        found = found.filter(Q(data_until__gte=choice.since) | Q(data_until=None, data_from__gte=choice.since)
                             | Q(data_until=None, data_from=None, card__work__year__gte=choice.since))  # fmt: skip
    if choice.until is not None:
        found = found.filter(Q(data_from__lte=choice.until) | Q(data_from=None, data_until__lte=choice.until)
                             | Q(data_until=None, data_from=None, card__work__year__lte=choice.until))  # fmt: skip
    return found


def _by_facet(keys: Sequence[str]) -> list[list[int]]:
    meant: dict[int, list[int]] = {}
    concepts = Concept.objects.filter(key__in=keys).order_by() if keys else Concept.objects.none()
    for facet, concept in concepts.values_list("facet", "pk"):
        meant.setdefault(facet, []).append(concept)
    if keys and not meant:
        return [[]]  # a name nobody knows finds nothing
    return list(meant.values())


def _tagged(through: Any, concepts: Iterable[int]) -> Exists:
    return Exists(through.filter(cardedition=OuterRef("pk"), concept__in=with_narrower(concepts)))


def listed(choice: Choice, *, sort: str = "neu") -> QuerySet[CardEdition]:
    """What a choice finds, as a list shows it."""
    return chosen(choice).select_related("card__work__merged_into").order_by(*SORTS.get(sort, SORTS["neu"]))


def study(citekey: str) -> CardEdition | None:
    """The study readers find under a citation key; that of a work merged into another leads to what readers have of it."""
    work = Work.objects.filter(citekey=citekey).select_related("merged_into").first()
    seen: set[int] = set()
    while work is not None and work.pk not in seen:
        seen.add(work.pk)
        found = published().filter(card__work=work).select_related("card__work__merged_into", "card__reviewer").first()
        if found is not None:
            return found
        work = work.merged_into
    return None


def bibliographic(edition: CardEdition) -> Work:
    """The work as it is described now: of one that was merged into another, that other one."""
    work = edition.card.work
    return work.merged_into or work


@dataclass(frozen=True, slots=True)
class Counts:
    """How many studies one would find by choosing a value."""

    number: int
    concepts: dict[int, int]  # with what is narrower
    programmes: dict[int, int]
    kinds: dict[str, int]
    strengths: dict[int, int]


def counts(choice: Choice) -> Counts:
    """Behind each value the number one would find by choosing it; what is chosen in a facet does not narrow that facet."""
    base = chosen(choice)
    facets = dict(Concept.objects.filter(key__in=choice.concepts).order_by().values_list("key", "facet"))
    concepts = _concept_numbers(base, without=set(facets.values()))
    for facet in set(facets.values()):
        others = tuple(key for key in choice.concepts if facets.get(key) != facet)
        concepts |= _concept_numbers(chosen(replace(choice, concepts=others)), only=facet)
    return Counts(
        number=base.count(),
        concepts=concepts,
        programmes=dict(
            CardEdition.programmes.through.objects.filter(
                cardedition__in=(chosen(replace(choice, programmes=())) if choice.programmes else base).values("pk")
            ).values_list("programme").annotate(number=Count("pk")).order_by()
        ),
        kinds=dict(
            (chosen(replace(choice, kinds=())) if choice.kinds else base).values_list("template")
            .annotate(number=Count("pk"))
        ),
        strengths=dict(
            (chosen(replace(choice, strengths=())) if choice.strengths else base).values_list("strength")
            .annotate(number=Count("pk"))
        ),
    )  # fmt: skip


def _concept_numbers(
    found: QuerySet[CardEdition], *, only: int | None = None, without: Iterable[int] = ()
) -> dict[int, int]:
    """How many of these studies are about each concept, itself or by a narrower one; one statement."""
    live, params = found.values("pk").query.sql_with_params()
    limits, more = "", []
    if only is not None:
        limits, more = " AND concept.facet_id = %s", [only]
    elif without := list(without):
        limits, more = f" AND concept.facet_id NOT IN ({', '.join(['%s'] * len(without))})", without
    statement = (
        f"WITH RECURSIVE live(study) AS MATERIALIZED ({live}), {REACH} "  # noqa: S608 - names come from our own models
        "SELECT reach.at, COUNT(DISTINCT link.cardedition_id) "
        f"FROM live JOIN {LINKS} AS link ON link.cardedition_id = live.study JOIN reach ON reach.of = link.concept_id "
        f"JOIN {CONCEPTS} AS concept ON concept.id = reach.at WHERE 1 = 1{limits} GROUP BY reach.at"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, *more])
        return dict(cursor.fetchall())


LINKS = CardEdition.concepts.through._meta.db_table
CONCEPTS = Concept._meta.db_table
BROADER = Concept.broader.through._meta.db_table
# Each concept that a card bears, and everything broader it counts under; circles, should one ever get in, end it too.
REACH = (
    f"reach(at, of) AS (SELECT DISTINCT concept_id, concept_id FROM {LINKS} UNION "  # noqa: S608 - as above
    f"SELECT broad.to_concept_id, reach.of FROM {BROADER} AS broad JOIN reach ON broad.from_concept_id = reach.at)"
)


def programmes_named(keys: Iterable[str]) -> QuerySet[Programme]:
    return Programme.objects.filter(key__in=list(keys)).order_by("position", "key")
