"""What undoing would do, as sentences."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..comparing import MODELS
from ..fields import FIELDS
from ..undo_plan import Stayed, UndoPlan


def consequences_of(plan: UndoPlan) -> list[str]:
    said = [
        _("%(n)d × %(kind)s will be removed.") % {"n": len(ids), "kind": apps.get_model(kind)._meta.verbose_name}
        for kind, ids in plan.removed.items()
    ]
    if plan.restored:
        words = ngettext(
            "%(n)d changed entry gets back what stood there before.",
            "%(n)d changed entries get back what stood there before.",
            len(plan.restored),
        )
        said.append(words % {"n": len(plan.restored)})
    if plan.stayed:
        words = ngettext(
            "%(n)d entry stays as it is; it is listed below.",
            "%(n)d entries stay as they are; they are listed below.",
            len(plan.stayed),
        )
        said.append(words % {"n": len(plan.stayed)})
    return said or [_("Nothing of this import is left to be undone.")]


def stayed_table(stayed: list[Stayed]) -> dict[str, Any]:
    columns = [{"label": _("Entry"), "kind": "head"}, _("Kind"), _("Why it stays")]
    rows = [[one.label, str(apps.get_model(one.kind)._meta.verbose_name), why(one)] for one in stayed]
    return {"columns": columns, "rows": rows}


def why(one: Stayed) -> str:
    if one.reason == "changed":
        return _("was changed since: %s") % _fields(one)
    if one.reason == "gone":
        return _("what stood there before is no longer there: %s") % _fields(one)
    if one.reason == "taken":
        return _("the former address is somebody else’s by now")
    if one.reason == "days":
        return _("with the former days the end would lie before the start")
    if one.reason == "used":
        return _("others build on it since: %s") % ", ".join(one.details)
    return _("is needed by what stays: %s") % ", ".join(one.details)


def _fields(one: Stayed) -> str:
    """Its fields, called as in the tables where those have them."""
    model = apps.get_model(one.kind)
    columns = next((FIELDS[kind] for kind, imported in MODELS.items() if imported is model), ())
    labels = {column.name: column.label for column in columns}
    return ", ".join(str(labels.get(name) or model._meta.get_field(name).verbose_name) for name in one.details)
