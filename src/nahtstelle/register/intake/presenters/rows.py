"""Rows of an import: in the list, and one beside what it may be the same as."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nahtstelle.plumbing.look.dates import day
from nahtstelle.register.people.models import LANGUAGES
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.register.vocabulary.presenters.concepts import validity

from ..comparing import MODELS, adds, as_state, differences
from ..fields import Kind, field_of
from ..models import Batch, Row
from ..queries import names_of
from ..sentences import of_row
from ..staleness import REFERS
from .batches import thing_url

TONES = {
    Row.State.WAITING: "neutral", Row.State.READY: "success", Row.State.PROBLEM: "danger",
    Row.State.DUPLICATE: "warning", Row.State.SAME: "neutral",
}  # fmt: skip


def rows_table(batch: Batch, rows: Iterable[Row]) -> dict[str, Any]:
    columns = [
        {"label": pgettext("table", "Row"), "kind": "number"},
        {"label": _("Name"), "kind": "head"},
        pgettext("row", "State"),
        _("What is to be said of it"),
    ]
    return {"columns": columns, "rows": [_line(batch, row) for row in rows]}


def _line(batch: Batch, row: Row) -> list[Any]:
    state = Row.State(row.state)
    return [
        str(row.number),
        {"text": row.label or _("without a name"), "url": reverse("intake:row", args=[batch.pk, row.number])},
        {"badge": {"label": row.get_state_display(), "tone": TONES[state]}},
        _remark(batch, row, state),
    ]


def _remark(batch: Batch, row: Row, state: Row.State) -> Any:
    if state == Row.State.PROBLEM:
        return of_row(batch.kind, row.problems)
    if state in (Row.State.DUPLICATE, Row.State.SAME):
        decided = row.get_decision_display() if state == Row.State.DUPLICATE else ""
        return {
            "text": why_alike(row),
            "note": decided or (_("not decided yet") if state == Row.State.DUPLICATE else ""),
        }
    return row.values.get("mail", "")


def why_alike(row: Row) -> str:
    """Why a row may be the same as something."""
    if row.twin is not None:
        return _("like row %(number)d: %(label)s") % {"number": row.twin.number, "label": row.twin.label}
    if row.reason == "mail":
        return _("the same e-mail address as an entry of the register")
    if row.likeness == 100:
        return _("the same name as an entry of the register")
    return _("a name like that of an entry of the register (%d %%)") % row.likeness


class Reading:
    """Values as people read them; names of what they refer to are asked for once."""

    def __init__(self, *states: dict[str, Any]) -> None:
        pairs = [
            (model, state[name])
            for state in states
            for name, model in REFERS.items()
            if isinstance(state.get(name), int)
        ]
        for state in states:
            for held in state.get("held", ()):
                pairs += _held_pairs(held)
        self._names = names_of(pairs)

    def of(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return _("not given")
        if name in REFERS:
            return self._names.get((REFERS[name]._meta.label, value), str(value))
        if name == "language":
            return str(dict(LANGUAGES).get(value, value))
        if name.endswith(("_on", "_from", "_until")):
            return day(date.fromisoformat(value))
        return str(value)

    def held(self, one: list[Any]) -> str:
        """A dated thing that a person holds, in one line."""
        if one[0] == "membership":
            where, role = self.of("organisation", one[1]), ""
        else:
            place = next((n for n, v in (("project", one[4]), ("network", one[3]), ("programme", one[2])) if v), "")
            where = self.of(place, {"project": one[4], "network": one[3], "programme": one[2]}[place]) if place else ""
            role = str(Engagement.Role(one[1]).label)
        start, end = (date.fromisoformat(value) if value else None for value in one[-2:])
        return " · ".join(filter(None, [role, where, validity(start, end) if start or end else ""]))


def _held_pairs(held: list[Any]) -> list[tuple[Any, int]]:
    names = ["organisation"] if held[0] == "membership" else ["programme", "network", "project"]
    ids = held[1:2] if held[0] == "membership" else held[2:5]
    return [(REFERS[name], pk) for name, pk in zip(names, ids, strict=True) if pk]


def review_of(batch: Batch, row: Row, there: dict[str, Any]) -> dict[str, Any]:
    """One row beside what is there: fields to choose, fields that only fill a gap, dated things that are added."""
    mine = as_state(batch.kind, row.values)
    reading = Reading(row.values, mine, there)
    found = differences(batch.kind, row.values, there)
    choose = [
        (one.field, field_of(batch.kind, one.field).label, _side(_("ours"), reading.of(one.field, one.ours)),
         _side(_("theirs"), reading.of(one.field, one.theirs)))
        for one in found if one.open
    ]  # fmt: skip
    fills = [
        {"term": str(field_of(batch.kind, one.field).label), "value": reading.of(one.field, one.theirs)}
        for one in found
        if not one.open
    ]
    new = adds(row.values, there) if batch.kind == Kind.PERSONS else []
    added = [reading.held(one) for one in mine.get("held", ()) if one[0] in new]
    return {
        "choose": choose,
        "fills": fills,
        "added": added,
        "held": [reading.held(one) for one in there.get("held", ())],
    }


def _side(whose: str, value: str) -> str:
    return f"{value} ({whose})"


def cells_of(batch: Batch, row: Row) -> list[dict[str, str]]:
    """The row as the table has it."""
    return [{"term": header, "value": cell} for header, cell in zip(batch.headers, row.cells, strict=False) if cell]


def target_link(batch: Batch, row: Row) -> dict[str, str] | None:
    if not row.target:
        return None
    thing = MODELS[Kind(batch.kind)].objects.filter(pk=row.target).first()
    return {"label": str(thing), "url": thing_url(batch.kind, thing)} if thing else None
