"""Asking which text stands where, and what the texts are about."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, QuerySet

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs.models import Output

from .models import Placement


def placements(keys: Iterable[str]) -> dict[str, Placement]:
    """What stands in these places, each text with its variants and their checks; three queries."""
    texts = Output.objects.select_related("edition", "base").prefetch_related("reader_checks").order_by("language")
    variants = Prefetch("output__variants", queryset=texts)
    found = Placement.objects.filter(place__in=list(keys)).select_related("output__edition", "placed_by__person")
    return {one.place: one for one in found.prefetch_related(variants)}


def written_keys() -> set[str]:
    return set(Placement.objects.values_list("place", flat=True))


def themes_of(texts: QuerySet[Output], *, shown: int) -> list[tuple[Concept, int]]:
    """The themes of these texts, the most frequent first."""
    through = Output.concepts.through.objects.filter(
        output__in=texts.order_by().values("pk"), concept__facet__key="theme"
    )
    numbers = dict(
        through.values_list("concept").annotate(number=Count("output")).order_by("-number", "concept")[:shown]
    )
    concepts = Concept.objects.select_related("facet").in_bulk(numbers)
    return [(concepts[pk], number) for pk, number in numbers.items()]
