"""An import as its pages show it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Batch
from ..skos.fitting import Fitted
from ..states import readable
from ..values import ConceptValue, FacetValue

SHOWN = 100  # problems and concepts listed one by one


def imports_table(batches: Iterable[Batch]) -> dict[str, Any]:
    """Columns and rows for all imports."""
    columns = [
        {"label": _("File"), "kind": "head"},
        _("Facet"),
        {"label": _("Prepared"), "kind": "date"},
        _("State"),
        _("By"),
    ]
    rows = [
        [
            {"text": batch.file_name, "url": reverse("vocabulary:import", args=[batch.pk])},
            batch.facet.name if batch.facet else "",
            batch.prepared_at,
            state_of(batch),
            batch.entry.actor_label if batch.entry else "",
        ]
        for batch in batches
    ]
    return {"columns": columns, "rows": rows}


def state_of(batch: Batch) -> str:
    if batch.undone_id:
        return _("undone")
    return _("imported") if batch.entry_id else _("prepared, not imported")


def import_page(batch: Batch, fitted: Fitted | None) -> dict[str, Any]:
    """What an import would do (``fitted``), or what it did."""
    page: dict[str, Any] = {"state": state_of(batch), "fitted": None}
    if fitted is None:
        assert batch.entry is not None
        made, changed = batch.entry.payload["created"], batch.entry.payload["changed"]
        return page | {"tiles": _tiles(made, changed, None), "may_undo": batch.undone_id is None}
    return page | {
        "fitted": fitted,
        "tiles": _tiles(len(fitted.created), len(fitted.changed), fitted.unchanged),
        "errors": len(fitted.errors),
        "into": ", ".join(_name(facet) for facet in fitted.facets),
        "problem_columns": [{"label": _("Concept"), "kind": "head"}, _("Kind"), _("Problem")],
        "problems": [
            [problem.who, _error() if problem.is_error else _note(), problem.sentence]
            for problem in fitted.problems[:SHOWN]
        ],
        "more_problems": max(0, len(fitted.problems) - SHOWN),
        "created": [_said(value) for value in fitted.created[:SHOWN]],
        "more_created": max(0, len(fitted.created) - SHOWN),
        "changed": [(_said(value), _differences(fitted.before[value.key], value)) for value in fitted.changed[:SHOWN]],
        "more_changed": max(0, len(fitted.changed) - SHOWN),
        "left_out": [f"{name} ({number})" for name, number in fitted.left_out.items()],
    }


def _tiles(created: int, changed: int, unchanged: int | None) -> list[dict[str, Any]]:
    tiles = [{"label": _("New concepts"), "value": created}, {"label": _("Changed concepts"), "value": changed}]
    return tiles if unchanged is None else [*tiles, {"label": _("Unchanged concepts"), "value": unchanged}]


def _name(facet: FacetValue) -> str:
    return f"{facet.name_de} / {facet.name_en}"


def _said(value: ConceptValue) -> str:
    names = [name for name in dict.fromkeys((value.name_de, value.name_en)) if name]
    return f"{' / '.join(names)} ({value.key})"


def _differences(before: ConceptValue, after: ConceptValue) -> str:
    old, new = readable(before), readable(after)
    return ", ".join(name for name in new if old[name] != new[name]) or _("order in the list")


def _error() -> str:
    return _("error")


def _note() -> str:
    return _("note")
