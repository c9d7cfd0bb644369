"""Writing many concepts at once, in a number of statements that hardly grows with them.

The callers hold the transaction and record the fact.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models

from ..folding import fold
from ..models import Concept, Facet, Label, Spelling
from ..values import PLAIN_FIELDS, ConceptValue, FacetValue

BATCH = 500  # rows per statement: well below the number of parameters either database takes


def store_facets(facets: Iterable[FacetValue]) -> None:
    rows = [Facet(key=f.key, name_de=f.name_de, name_en=f.name_en, position=f.position) for f in facets]
    Facet.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["name_de", "name_en", "position"]
    )


def store(wanted: Collection[ConceptValue]) -> dict[str, int]:
    """Make the database say of these concepts exactly what ``wanted`` says; their ids by key.

    A concept that is not there is made. Neighbours must be there or among ``wanted``. Raises ``KeyError`` otherwise.
    """
    facets = dict(Facet.objects.values_list("key", "id"))
    rows = [
        Concept(key=value.key, facet_id=facets[value.facet], **{name: getattr(value, name) for name in PLAIN_FIELDS})
        for value in wanted
    ]
    # Codes are unique: those that pass from one concept to another must be let go before they are taken.
    _let_go_of_codes(wanted)
    Concept.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["facet", *PLAIN_FIELDS],
    )
    neighbours = {key for v in wanted for key in (*v.broader, *v.related, v.replaced_by) if key}
    ids = ids_of({value.key for value in wanted} | neighbours)
    _store_links(wanted, ids)
    _store_replacements(wanted, ids)
    _store_labels(wanted, ids)
    store_spellings(wanted, ids)
    return ids


def ids_of(keys: Iterable[str]) -> dict[str, int]:
    """The ids of concepts by key."""
    found: dict[str, int] = {}
    for some in _portions(sorted(keys)):
        found.update(Concept.objects.filter(key__in=some).order_by().values_list("key", "id"))
    return found


def _portions(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


def _let_go_of_codes(wanted: Collection[ConceptValue]) -> None:
    coded = [value.key for value in wanted if value.ags or value.iso_code or value.uri]
    for some in _portions(coded):
        Concept.objects.filter(key__in=some).update(ags="", iso_code="", uri="")


def _store_links(wanted: Collection[ConceptValue], ids: Mapping[str, int]) -> None:
    mine = [ids[value.key] for value in wanted]
    for through, name in ((Concept.broader.through, "broader"), (Concept.related.through, "related")):
        _clear(through, "from_concept_id", mine)
        if name == "related":
            _clear(through, "to_concept_id", mine)
        pairs = {(ids[value.key], ids[other]) for value in wanted for other in getattr(value, name)}
        if name == "related":
            pairs |= {(there, here) for here, there in pairs}
        through.objects.bulk_create(
            (through(from_concept_id=here, to_concept_id=there) for here, there in sorted(pairs)), batch_size=BATCH
        )


def _clear(model: type[models.Model], column: str, owners: list[int]) -> None:
    for some in _portions(owners):
        model._default_manager.filter(**{f"{column}__in": some}).delete()


def _store_replacements(wanted: Collection[ConceptValue], ids: Mapping[str, int]) -> None:
    mine = [ids[value.key] for value in wanted]
    for some in _portions(mine):
        Concept.objects.filter(pk__in=some, replaced_by__isnull=False).update(replaced_by=None)
    replaced = [Concept(pk=ids[v.key], replaced_by_id=ids[v.replaced_by]) for v in wanted if v.replaced_by]
    Concept.objects.bulk_update(replaced, ["replaced_by"], batch_size=BATCH)


def _store_labels(wanted: Collection[ConceptValue], ids: Mapping[str, int]) -> None:
    _clear(Label, "concept_id", [ids[value.key] for value in wanted])
    Label.objects.bulk_create(
        (
            Label(concept_id=ids[value.key], language=label.language, kind=label.kind, text=label.text)
            for value in wanted
            for label in sorted(value.labels)
        ),
        batch_size=BATCH,
    )


def store_spellings(wanted: Collection[ConceptValue], ids: Mapping[str, int]) -> None:
    """Renew the folded spellings of these concepts."""
    _clear(Spelling, "concept_id", [ids[value.key] for value in wanted])
    Spelling.objects.bulk_create(
        (
            Spelling(concept_id=ids[value.key], folded=spelling)
            for value in wanted
            for spelling in sorted(spellings_of(value))
        ),
        batch_size=BATCH,
    )


def spellings_of(value: ConceptValue) -> set[str]:
    texts = [value.key, value.name_de, value.name_en, value.iso_code, *(label.text for label in value.labels)]
    return {folded for text in texts if (folded := fold(text))}


def remove(concepts: models.QuerySet[Concept]) -> None:
    """Take concepts out with all that is theirs alone. The caller has made sure that nobody else refers to them."""
    ids = list(concepts.order_by().values_list("pk", flat=True))
    for some in _portions(ids):
        Concept.objects.filter(pk__in=some, replaced_by__isnull=False).update(replaced_by=None)
        Concept.objects.filter(replaced_by__in=some).update(replaced_by=None)
    for some in _portions(ids):
        for model, owner in ((Spelling, "concept"), (Label, "concept")):
            model._default_manager.filter(**{f"{owner}__in": some}).delete()
        for through in (Concept.broader.through, Concept.related.through):
            through.objects.filter(from_concept__in=some).delete()
            through.objects.filter(to_concept__in=some).delete()
        Concept.objects.filter(pk__in=some).delete()
