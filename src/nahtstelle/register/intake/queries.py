"""Asking about imports and their rows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from nahtstelle.register.vocabulary.folding import matching

from .models import Batch, Row

SAMPLES = 3


def imports(*, kind: str = "", words: str = "") -> QuerySet[Batch]:
    """Imports, newest first, with who gave them."""
    found = Batch.objects.select_related("given_by__person").order_by("-pk")
    if kind:
        found = found.filter(kind=kind)
    if words.strip():
        found = found.filter(Q(file_name__icontains=words.strip()) | Q(purpose__icontains=words.strip()))
    return found


def figures_of(batch: Batch) -> dict[str, int]:
    """Rows by state, and how many duplicates are open; one query."""
    counted = {"open": 0, "by_mail": 0} | {state.value: 0 for state in Row.State}
    rows = batch.rows.order_by().values_list("state", "decision", "reason").annotate(Count("pk"))
    for state, decision, reason, number in rows:
        counted[state] += number
        if state == Row.State.DUPLICATE and not decision:
            counted["open"] += number
            counted["by_mail"] += number if reason == "mail" else 0
    return counted


def rows_of(batch: Batch, *, state: str = "", words: str = "") -> QuerySet[Row]:
    """The rows in the order of the table."""
    found = batch.rows.select_related("twin").order_by("number")
    if state in Row.State.values:
        found = found.filter(state=state)
    if words.strip():
        labels = found.order_by().values_list("pk", "label")
        found = found.filter(pk__in=matching(labels, words))
    return found


def samples_of(batch: Batch) -> dict[str, list[str]]:
    """Some different cells of each column, from the first rows."""
    found: dict[str, list[str]] = {header: [] for header in batch.headers}
    for cells in batch.rows.order_by("number").values_list("cells", flat=True)[:50]:
        for header, cell in zip(batch.headers, cells, strict=False):
            said = " ".join(cell.split())[:40]
            if said and said not in found[header] and len(found[header]) < SAMPLES:
                found[header].append(said)
    return found


def next_open(batch: Batch, *, after: int = 0) -> Row | None:
    """The next possible duplicate that nobody decided, from a row on and then from the beginning."""
    waiting = batch.rows.filter(state=Row.State.DUPLICATE, decision="").order_by("number")
    return waiting.filter(number__gt=after).first() or waiting.first()


def names_of(pairs: Iterable[tuple[Any, int]]) -> dict[tuple[str, int], str]:
    """(model label, id) → name, for the few ids of one row; one query per model."""
    by_model: dict[Any, set[int]] = {}
    for model, pk in pairs:
        by_model.setdefault(model, set()).add(pk)
    return {
        (model._meta.label, thing.pk): str(thing.name)
        for model, ids in by_model.items()
        for thing in model._default_manager.filter(pk__in=ids)
    }
