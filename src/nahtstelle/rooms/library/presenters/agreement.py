"""Agreement of screeners, in figures with their intervals."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from nahtstelle.engines.literature.screening.agreement import Measured

from ..models import Stage
from ..queries.agreement import Pair


def table_of(pairs: Sequence[Pair]) -> dict[str, Any]:
    columns = [
        {"label": _("Screeners"), "kind": "head"}, _("Stage"), {"label": _("Works"), "kind": "number"},
        _("Agreement"), _("Kappa"), _("PABAK"),
    ]  # fmt: skip
    rows = [
        [
            _("%(one)s and %(two)s") % {"one": pair.one, "two": pair.two}, Stage(pair.stage).label, pair.measured.records,
            _figure(pair.measured.percent, per_cent=True), _figure(pair.measured.kappa), _figure(pair.measured.pabak),
        ]
        for pair in pairs
    ]  # fmt: skip
    return {"columns": columns, "rows": rows}


def bars_of(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    return [
        {
            "label": _("%(one)s and %(two)s, %(stage)s") % {"one": pair.one, "two": pair.two, "stage": Stage(pair.stage).label},
            "value": round(100 * (pair.measured.percent.value or 0)), "note": _("of %d works") % pair.measured.records,
        }
        for pair in pairs
    ]  # fmt: skip


def _figure(measured: Measured, *, per_cent: bool = False) -> str:
    if measured.value is None or measured.low is None or measured.high is None:
        return _("not defined")
    values = [measured.value, measured.low, measured.high]
    if per_cent:
        words = [f"{number_format(100 * value, 0)}" for value in values]
        return _("%(value)s %% (%(low)s to %(high)s)") % dict(zip(("value", "low", "high"), words, strict=True))
    words = [number_format(value, 2) for value in values]
    return _("%(value)s (%(low)s to %(high)s)") % dict(zip(("value", "low", "high"), words, strict=True))
