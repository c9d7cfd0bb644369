"""Asking the vocabulary. Days are given; nothing here looks at the clock."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.related import ManyToOneRel

from nahtstelle.plumbing.ledger.actions import kind_of
from nahtstelle.plumbing.ledger.models import Touch

from . import facts
from .folding import fold
from .models import Batch, Concept, Facet, Mapping, Spelling

_CHANGES = [fact.fact_name for fact in (facts.ConceptChanged, facts.ConceptEnded, facts.ConceptsImported,
            facts.ImportUndone, facts.VocabularyLoaded)]  # fmt: skip


def facets_on(day: date) -> QuerySet[Facet]:
    """All facets with ``number``: how many of their concepts are valid on ``day``."""
    holds = Q(concepts__valid_from__isnull=True) | Q(concepts__valid_from__lte=day)
    holds &= Q(concepts__valid_until__isnull=True) | Q(concepts__valid_until__gte=day)
    return Facet.objects.annotate(number=Count("concepts", filter=holds)).order_by("position", "key")


def concepts_of(facet_key: str, *, on: date | None = None) -> QuerySet[Concept]:
    """The concepts of a facet, on ``on`` or of all times."""
    concepts = Concept.objects.filter(facet__key=facet_key)
    return concepts.on(on) if on else concepts


def concepts_called(text: str, *, facet_key: str = "", on: date | None = None) -> QuerySet[Concept]:
    """Concepts of which ``text`` is a key, name, code or label, however it is written (see ``folding``)."""
    return _among(Spelling.objects.filter(folded=fold(text)), facet_key, on)


def concepts_like(text: str, *, facet_key: str = "", on: date | None = None) -> QuerySet[Concept]:
    """Concepts one of whose names or labels contains every word of ``text``; all where ``text`` has no word."""
    spellings = Spelling.objects.all()
    for word in fold(text).split():
        spellings = spellings.filter(folded__contains=word)
    return _among(spellings, facet_key, on)


def _among(spellings: QuerySet[Spelling], facet_key: str, on: date | None) -> QuerySet[Concept]:
    concepts = Concept.objects.filter(pk__in=spellings.values("concept")).select_related("facet")
    if facet_key:
        concepts = concepts.filter(facet__key=facet_key)
    return concepts.on(on) if on else concepts


def mapped_from(spellings: Iterable[str]) -> list[tuple[str, str, str]]:
    """Folded words that name a concept of another vocabulary: (word, key of the concept of ours, relation)."""
    given, found = sorted(set(spellings)), []
    for start in range(0, len(given), 5_000):
        rows = Mapping.objects.filter(theirs__spellings__folded__in=given[start : start + 5_000])
        found += rows.values_list("theirs__spellings__folded", "ours__key", "relation").distinct()
    wanted = set(given)
    return [row for row in found if row[0] in wanted]


def mappings_of(concept: Concept) -> QuerySet[Mapping]:
    """What the concept is called in other vocabularies."""
    return (
        Mapping.objects.filter(ours=concept).select_related("theirs__facet").order_by("theirs__facet__position", "pk")
    )


def with_narrower(concepts: Iterable[int | Concept]) -> RawSQL:
    """The ids of these concepts and of everything below them, for ``filter(region__in=with_narrower(…))``.

    A subquery of one recursive statement; circles, should one ever get in, end it too.
    """
    return _closure(concepts, "to_concept_id", "from_concept_id")


def with_broader(concepts: Iterable[int | Concept]) -> RawSQL:
    """The ids of these concepts and of everything above them, as ``with_narrower``."""
    return _closure(concepts, "from_concept_id", "to_concept_id")


def _closure(concepts: Iterable[int | Concept], here: str, there: str) -> RawSQL:
    ids = [concept.pk if isinstance(concept, Concept) else int(concept) for concept in concepts]
    table = Concept.broader.through._meta.db_table
    start = "0=1" if not ids else f"id IN ({', '.join(['%s'] * len(ids))})"
    return RawSQL(  # noqa: S611 - names come from our own models, values are parameters
        f"WITH RECURSIVE reached(id) AS (SELECT id FROM vocabulary_concept WHERE {start} UNION "  # noqa: S608 - as above
        f"SELECT link.{there} FROM {table} AS link JOIN reached ON link.{here} = reached.id) SELECT id FROM reached",
        ids,
    )


def narrower_keys(key: str) -> frozenset[str]:
    """The key of a concept and those of everything below it."""
    ids = Concept.objects.filter(key=key).values_list("pk", flat=True)
    return frozenset(Concept.objects.filter(pk__in=with_narrower(ids)).values_list("key", flat=True))


def batches() -> QuerySet[Batch]:
    """All imports, newest first."""
    return Batch.objects.select_related("facet", "entry", "undone").order_by("-id")


def uses_of(concepts: QuerySet[Concept]) -> list[tuple[str, int]]:
    """What outside the vocabulary refers to ``concepts``: (kind of thing, how often), one short query per kind.

    Found from the foreign keys themselves, so that a room that is added later is asked too.
    """
    ids = concepts.order_by().values("pk")
    found = []
    for relation in Concept._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model._meta.app_label == "vocabulary":
            continue
        number = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids}).count()
        if number:
            found.append((_spoken_kind(relation), number))
    return found


def _spoken_kind(relation: ManyToOneRel) -> str:
    model = relation.related_model
    if not model._meta.auto_created:
        return str(model._meta.verbose_name_plural)
    owner = next(field.related_model for field in model._meta.get_fields() if _leads_elsewhere(field))
    return str(owner._meta.verbose_name_plural)


def _leads_elsewhere(field: object) -> bool:
    return getattr(field, "related_model", None) not in (None, Concept)


def changed_since(batch: Batch) -> list[str]:
    """Names of concepts the import touched and somebody changed afterwards; at most a hundred."""
    if batch.entry_id is None:
        return []
    touched = Touch.objects.filter(entry=batch.entry_id, kind=kind_of(Concept)).values("object_id")
    later = Touch.objects.filter(
        kind=kind_of(Concept), object_id__in=touched, entry__gt=batch.entry_id, entry__fact__in=_CHANGES
    ).values("object_id")
    return [str(concept) for concept in Concept.objects.filter(pk__in=later).order_by("key")[:100]]
