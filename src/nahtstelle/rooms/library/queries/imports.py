"""Asking for imports and their records."""

from django.db.models import Count, Q, QuerySet

from ..models import Import, Record

State = Record.State


def imports(*, state: str = "", words: str = "") -> QuerySet[Import]:
    """Imports, newest first, with who gave them."""
    found = Import.objects.select_related("given_by__person", "search").order_by("-pk")
    if state:
        found = found.filter(state=state)
    if words.strip():
        found = found.filter(Q(file_name__icontains=words.strip()) | Q(source__icontains=words.strip()))
    return found


def figures_of(batch: Import) -> dict[str, int]:
    """Records by state; one query over an index."""
    counted = dict.fromkeys(State.values, 0)
    counted |= dict(batch.records.order_by().values_list("state").annotate(Count("pk")))
    return counted


def records_of(batch: Import, *, state: str = "", words: str = "") -> QuerySet[Record]:
    """The records in the order of the delivery, without their values."""
    found = batch.records.select_related("work").defer("values", "work__abstract", "work__folded").order_by("number")
    if state in State.values:
        found = found.filter(state=state)
    if words.strip():
        found = found.filter(Q(title__icontains=words.strip()) | Q(doi__icontains=words.strip()))
    return found
