"""Asking which text stands where, for those who keep the pages."""

from collections.abc import Iterable

from django.db.models import Prefetch

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
