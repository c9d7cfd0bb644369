"""Imports and their files, for tables."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.look.dates import moment

from ..models import Import, ImportItem
from ..queries import Figures
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
    ImportItem.State.NEWER: "accent",
    ImportItem.State.NEW_LAW: "accent",
    ImportItem.State.LATE: "info",
}


def state_badge(batch: Import) -> dict[str, str]:
    return {"label": batch.get_state_display(), "tone": STATE_TONES[Import.State(batch.state)]}


def import_columns() -> list[Any]:
    return [
        {"label": pgettext("import", "Delivery"), "kind": "head"},
        {"label": _("Shows the day"), "kind": "date"},
        pgettext("import", "State"),
        {"label": _("Files"), "kind": "number"},
        {"label": _("Refused"), "kind": "number"},
        {"label": _("Given"), "kind": "date"},
    ]


def import_rows(batches: Iterable[Any]) -> list[list[Any]]:
    """Imports of ``queries.imports`` for a table."""
    return [
        [
            {"text": batch.source, "url": reverse("law:import", args=[batch.pk])},
            batch.seen_on,
            {"badge": state_badge(batch)},
            batch.files,
            batch.refused or "",
            {"text": batch.started_at, "note": who_started(batch)},
        ]
        for batch in batches
    ]


def who_started(batch: Import) -> str:
    return batch.started_by.person.name if batch.started_by else _("from the command line")


def _crumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    first = {"label": _("Law"), "url": reverse("law:laws")}
    second = {"label": _("Imports"), "url": reverse("law:imports")}
    return [first, second, *({"label": label, "url": url} for label, url in items)]


def imports_head() -> dict[str, Any]:
    action = {
        "label": _("New import"),
        "url": reverse("law:new-import"),
        "kind": "primary",
        "icon": "drive-folder-upload",
    }
    return {"actions": [action], "action": action, "breadcrumb": [_crumbs()[0], {"label": _("Imports"), "url": ""}]}


def new_import_head() -> dict[str, Any]:
    return {"breadcrumb": _crumbs((_("New import"), "")), "cancel_url": reverse("law:imports")}


def import_head(batch: Import, figures: Figures) -> dict[str, Any]:
    meta = [ngettext("%(n)d file", "%(n)d files", figures.files) % {"n": figures.files}]
    if batch.complete:
        meta.append(_("every law of the portal"))
    meta.append(_("given by %(who)s") % {"who": who_started(batch)} if batch.started_by else who_started(batch))
    meta.append(moment(batch.started_at, "short"))
    return {
        "kicker": pgettext("noun", "Import"),
        "title": batch.source,
        "stand": batch.seen_on,
        "meta": meta,
        "badge": state_badge(batch),
        "breadcrumb": _crumbs((batch.source, "")),
    }


def progress_of(batch: Import, figures: Figures) -> dict[str, Any]:
    """What the progress bar says while an import is checked or runs."""
    url = reverse("law:import", args=[batch.pk]) + "?fortschritt=1"
    if batch.state == Import.State.RUNNING:
        words = _("Each file is taken in by itself; a broken one harms no other.")
        return {"label": _("Taking in"), "value": figures.done, "maximum": figures.files, "text": words, "url": url}
    if not batch.listed:
        words = ngettext("%(n)d file found so far", "%(n)d files found so far", figures.files) % {"n": figures.files}
        return {"label": _("Unpacking"), "value": None, "maximum": 1, "text": words, "url": url}
    words = _("Each file is read and compared with what we have. Nothing is changed yet.")
    return {"label": _("Checking"), "value": figures.checked, "maximum": figures.files, "text": words, "url": url}


def summary_tiles(batch: Import, figures: Figures) -> list[dict[str, Any]]:
    """The import in figures."""
    state = ImportItem.State
    tiles = [
        {"label": _("Laws not yet known"), "value": figures.of(state.NEW_LAW)},
        {"label": _("Newer readings"), "value": figures.of(state.NEWER)},
        {"label": _("Known already"), "value": figures.of(state.SAME)},
        {"label": _("Refused"), "value": figures.of(state.REFUSED)},
    ]
    if batch.state == Import.State.DONE:
        words = _("in substance, over all laws")
        tiles.insert(2, {"label": _("Provisions changed"), "value": figures.changes, "note": words})
    return tiles


def state_filters(figures: Figures, chosen: str) -> list[dict[str, Any]]:
    """The files of an import by what they are, as tabs with counts."""
    tabs = [{"label": _("All files"), "url": "?", "current": not chosen, "count": figures.files}]
    for state in ImportItem.State:
        if number := figures.of(state):
            label = str(state.label)
            tabs.append(
                {"label": label, "url": f"?zustand={state.value}", "current": chosen == state.value, "count": number}
            )
    return tabs


def item_columns() -> list[Any]:
    return [
        {"label": _("File"), "kind": "head"},
        pgettext("one law", "Law"),
        _("What it is"),
        _("What it changes"),
        {"label": _("Action"), "kind": "actions"},
    ]


def import_actions(batch: Import, not_confirmable: str) -> list[dict[str, Any]]:
    """What can be done with an import before it is carried out; a barred button says why."""
    url = reverse("law:import-act", args=[batch.pk])
    abandon = {"label": _("Abandon"), "url": url, "post": True, "kind": "secondary", "name": "abandon", "value": "1"}
    if batch.state == Import.State.CHECKING:
        return [abandon]
    if batch.state != Import.State.PREVIEW:
        return []
    confirm = {
        "label": _("Confirm: take these files in"), "url": url, "post": True, "kind": "primary", "name": "confirm",
        "value": "1", "icon": "check", "disabled_reason": not_confirmable,
    }  # fmt: skip
    return [confirm, abandon]


def undo_barred(reason: str) -> list[dict[str, Any]]:
    """The grey button of an import that cannot be taken back, with its reason; nothing where it can."""
    if not reason:
        return []
    return [{"label": _("Take the import back"), "kind": "danger", "disabled_reason": reason}]


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
    parts = [
        f"{word}: {', '.join(preview[name])}"
        for name, word in (("new", pgettext("provision", "new")), ("gone", _("no longer there")))
        if preview.get(name)
    ]
    names = "; ".join([*parts, ", ".join(preview["names"])] if preview["names"] else parts)
    more = n - sum(len(preview.get(name, ())) for name in ("new", "gone", "names"))
    if more > 0:
        names += " " + _("and %(n)d more") % {"n": more}
    return {"text": ngettext("%(n)d provision changes", "%(n)d provisions change", n) % {"n": n}, "note": names}
