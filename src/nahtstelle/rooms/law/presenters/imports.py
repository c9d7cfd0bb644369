"""Imports and their files, for tables."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Import, ImportItem
from ..sentences import sentence_for

STATE_TONES = {
    Import.State.CHECKING: "info",
    Import.State.PREVIEW: "warning",
    Import.State.RUNNING: "info",
    Import.State.DONE: "success",
    Import.State.ABANDONED: "neutral",
    Import.State.UNDONE: "neutral",
}
ITEM_TONES = {
    ImportItem.State.REFUSED: "danger",
    ImportItem.State.NEWER: "warning",
    ImportItem.State.NEW_LAW: "success",
    ImportItem.State.LATE: "info",
}


def state_badge(batch: Import) -> dict[str, str]:
    return {"label": batch.get_state_display(), "tone": STATE_TONES[Import.State(batch.state)]}


def import_rows(batches: Iterable[Any]) -> list[list[Any]]:
    """Imports of ``queries.imports`` for a table."""
    return [
        [
            {"text": batch.source, "url": reverse("law:import", args=[batch.pk])},
            batch.seen_on,
            {"badge": state_badge(batch)},
            batch.files,
            {"text": batch.refused or "", "badge": {"label": _("see there"), "tone": "danger"}} if batch.refused else "",
            {"text": batch.started_at, "note": who_started(batch)},
        ]
        for batch in batches
    ]


def who_started(batch: Import) -> str:
    return batch.started_by.person.name if batch.started_by else _("from the command line")


def item_row(item: ImportItem, batch: Import) -> list[Any]:
    """One file of an import for the table: file, law, what it is, what it changes, what can be done."""
    law: Any = item.law_name
    if item.reading is not None:
        law = {"text": item.law_name, "url": reverse("law:reading", args=[item.reading.law.slug, item.reading_id])}
    tone = ITEM_TONES.get(ImportItem.State(item.state), "neutral")
    return [
        item.name,
        law,
        {"badge": {"label": item.get_state_display(), "tone": tone}},
        trouble_of(item) or _effect(item),
        {"actions": [_action(item, batch)]} if _may_be_left_out(item, batch) else "",
    ]


def trouble_of(item: ImportItem) -> str:
    """Why a file is not taken in, in the reader's language; "" for a good one."""
    if item.state != ImportItem.State.REFUSED:
        return ""
    return sentence_for(item.trouble_code, item.preview.get("details", {}), item.trouble)


def _may_be_left_out(item: ImportItem, batch: Import) -> bool:
    return batch.state == Import.State.PREVIEW and item.state != ImportItem.State.REFUSED


def _action(item: ImportItem, batch: Import) -> dict[str, Any]:
    leave = item.state != ImportItem.State.LEFT_OUT
    return {
        "label": _("Leave out") if leave else _("Take in after all"),
        "url": reverse("law:import-act", args=[batch.pk]),
        "post": True,
        "kind": "tertiary",
        "name": "leave" if leave else "return",
        "value": item.pk,
    }


def _effect(item: ImportItem) -> Any:
    preview = item.preview
    if "provisions" in preview:
        n = preview["provisions"]
        return ngettext("%(n)d provision comes into stock", "%(n)d provisions come into stock", n) % {"n": n}
    if "changed" not in preview:
        return ""
    n = preview["changed"]
    if not n:
        return _("no change of substance")
    names = ", ".join(preview["names"])
    more = n - len(preview["names"])
    if more > 0:
        names += " " + _("and %(n)d more") % {"n": more}
    return {"text": ngettext("%(n)d provision changes", "%(n)d provisions change", n) % {"n": n}, "note": names}
