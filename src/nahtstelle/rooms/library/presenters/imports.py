"""Imports: in a list, and each with its steps, its records and what can be done now."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.look.dates import day, moment

from ..columns import field_label
from ..kinds import kind_label
from ..models import Import, Record, Unread
from ..queries.undoing import Plan
from ..said import said_of, why_still
from . import harvesting
from .names import people, record_title
from .ways import FORMS, exports, import_url, to_imports, work_url

State = Import.State
TONES = {
    State.FETCHING: "info", State.READING: "info", State.REFUSED: "danger", State.MAPPING: "warning",
    State.PREVIEW: "warning", State.RUNNING: "info", State.DONE: "success", State.ABANDONED: "neutral",
    State.UNDOING: "info", State.UNDONE: "neutral",
}  # fmt: skip
RECORD_TONES = {
    Record.State.WAITING: "neutral", Record.State.NEW: "success", Record.State.CHANGED: "warning",
    Record.State.KNOWN: "neutral", Record.State.DELETED: "danger", Record.State.LEFT_OUT: "neutral",
}  # fmt: skip
BUSY = (State.FETCHING, State.READING, State.RUNNING, State.UNDOING)
LOOKED_AT = (State.PREVIEW, State.RUNNING, State.DONE, State.UNDOING, State.UNDONE)
_FORMS = FORMS | {
    "pubmed-xml": "PubMed XML", "medline": "PubMed (MEDLINE)", "wos": "Web of Science", "xlsx": "XLSX",
    "dois": "DOI", "csv": "CSV",
}  # fmt: skip


def badge_of(batch: Import) -> dict[str, str]:
    return {"label": str(batch.get_state_display()), "tone": TONES[State(batch.state)]}


def imports_table(batches: Iterable[Import]) -> dict[str, Any]:
    columns = [
        {"label": pgettext("literature", "Source"), "kind": "head"},
        pgettext("import", "File"),
        pgettext("import", "State"),
        {"label": pgettext("literature", "Records"), "kind": "number"},
        pgettext("import", "Result"),
        {"label": pgettext("import", "Given"), "kind": "date"},
    ]
    rows = [
        [
            {"text": batch.source, "url": import_url(batch), "note": str(batch.get_kind_display())},
            batch.file_name,
            {"badge": badge_of(batch)},
            batch.records_read or "",
            result_of(batch),
            {"text": batch.given_at, "note": batch.given_by.person.name if batch.given_by else ""},
        ]
        for batch in batches
    ]
    return {"columns": columns, "rows": rows}


def result_of(batch: Import) -> str:
    """What came of it, in a few words."""
    if batch.state == State.UNDONE:
        return _removed(batch)
    if batch.state not in (State.DONE, State.UNDOING):
        return ""
    new, changed = batch.figures.get("new", 0), batch.figures.get("changed", 0)
    said = [ngettext("%(n)s new work", "%(n)s new works", new) % {"n": new}]
    if changed:
        said.append(ngettext("%(n)s record changed", "%(n)s records changed", changed) % {"n": changed})
    return ", ".join(said)


def _removed(batch: Import) -> str:
    removed = batch.figures.get("removed", 0)
    return ngettext("%(n)s work removed", "%(n)s works removed", removed) % {"n": removed}


def head_of(batch: Import) -> dict[str, Any]:
    meta = [str(batch.get_kind_display())]
    if batch.form:
        meta.append(_FORMS.get(batch.form, batch.form))
    if batch.records_read:
        read = batch.records_read
        meta.append(ngettext("%(n)s record", "%(n)s records", read) % {"n": f"{read:n}"})
    if batch.given_by:
        meta.append(_("given by %s") % batch.given_by.person.name)
    meta.append(moment(batch.given_at, "short"))
    title = batch.source if not batch.file_name else f"{batch.source}: {batch.file_name}"
    return {
        "title": title, "kicker": _("Import of literature"), "meta": meta, "badge": badge_of(batch),
        "breadcrumb": to_imports((title, "")),
    }  # fmt: skip


def search_facts(batch: Import) -> list[dict[str, Any]]:
    facts = []
    if batch.searched_on:
        facts.append({"term": _("Searched on"), "value": day(batch.searched_on)})
    if batch.search_words:
        facts.append({"term": _("Search terms"), "value": batch.search_words})
    return facts


def steps_of(batch: Import) -> list[dict[str, Any]]:
    """Where the import stands; only tables have columns."""
    tables = bool(batch.headers) or batch.state == State.MAPPING
    labels = [_("Read the file"), *([_("Assign the columns")] if tables else []), _("Look at the records"), _("Import")]
    last = len(labels)
    at = {
        State.FETCHING: 0, State.READING: 0, State.MAPPING: 1, State.PREVIEW: last - 2, State.RUNNING: last - 1,
        State.DONE: last, State.UNDOING: last, State.UNDONE: last,
    }.get(State(batch.state), 0)  # fmt: skip
    ended = batch.state in (State.REFUSED, State.ABANDONED)
    states = ["skipped" if ended else "done" if n < at else "current" if n == at else "open" for n in range(last)]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def progress_of(batch: Import) -> dict[str, Any]:
    url = import_url(batch) + "?fortschritt=1"
    plain = {"value": None, "maximum": 1, "url": url}
    if batch.state == State.RUNNING:
        return plain | {
            "label": _("Importing"), "text": _("All records at once or none. You can leave this page; the import goes on."),
        }  # fmt: skip
    if batch.state == State.UNDOING:
        return plain | {
            "label": _("Undoing"), "text": _("All of it at once or nothing. You can leave this page; the undoing goes on."),
        }  # fmt: skip
    words = ngettext("%(n)s record so far", "%(n)s records so far", batch.records_read) % {
        "n": f"{batch.records_read:n}"
    }
    return plain | {"label": _("Reading"), "text": words}


def tiles_of(batch: Import, figures: dict[str, int]) -> list[dict[str, Any]]:
    unread = batch.figures.get("unread", 0)
    lost = batch.unread.filter(kept=False).count() if unread else 0
    url = reverse("library:import-unread", args=[batch.pk]) if unread else ""
    return [
        {"label": pgettext("records", "New"), "value": figures["new"] + figures["waiting"]},
        {"label": pgettext("records", "Changed by the source"), "value": figures["changed"]},
        {"label": pgettext("records", "Known already"), "value": figures["known"] + batch.figures.get("known_before", 0)},
        {
            "label": _("Could not be read"), "value": lost, "url": url,
            "note": ngettext("%(n)s remark", "%(n)s remarks", unread) % {"n": unread} if unread else "",
        },
    ]  # fmt: skip


def tabs_of(figures: dict[str, int], chosen: str, words: str) -> list[dict[str, Any]]:
    more = {"q": words} if words else {}
    whole = sum(figures.values())
    tabs = [{"label": _("All records"), "url": "?" + urlencode(more), "current": not chosen, "count": whole}]
    for state in Record.State:
        if figures[state.value]:
            url = "?" + urlencode({"state": state.value} | more)
            current = chosen == state.value
            tabs.append({"label": capfirst(state.label), "url": url, "current": current, "count": figures[state.value]})
    return tabs


def records_table(batch: Import, records: Iterable[Record]) -> dict[str, Any]:
    sorting = batch.state == State.PREVIEW
    columns: list[Any] = [
        {"label": pgettext("record", "No."), "kind": "number"},
        {"label": _("Title"), "kind": "head"},
        {"label": _("Year"), "kind": "number"},
        pgettext("record", "What it is"),
    ]
    if sorting:
        columns.append({"label": _("Leave out or take back"), "kind": "actions"})
    rows = []
    for one in records:
        state = Record.State(one.state)
        url = reverse("library:import-record", args=[batch.pk, one.number])
        row: list[Any] = [
            one.number,
            {"text": record_title(one), "url": url, "note": one.doi},
            str(one.year) if one.year else "",
            {"badge": {"label": str(state.label), "tone": RECORD_TONES[state]}},
        ]
        if sorting:
            row.append({"actions": [sort_action(one)]})
        rows.append(row)
    return {"columns": columns, "rows": rows}


def sort_action(one: Record) -> dict[str, Any]:
    out = one.state == Record.State.LEFT_OUT
    label = _("Take back") if out else _("Leave out")
    url = reverse("library:import-record", args=[one.batch_id, one.number])
    return {
        "label": label,
        "url": url,
        "post": True,
        "kind": "tertiary",
        "name": "back" if out else "out",
        "value": "1",
    }


def unread_entries(found: Iterable[Unread]) -> list[dict[str, Any]]:
    return [{"sentence": said_of(one), "raw": one.raw, "kept": one.kept} for one in found]


def actions_of(batch: Import, not_now: str) -> list[dict[str, Any]]:
    """What can be done with an import now; a barred button says why."""
    act = reverse("library:import-act", args=[batch.pk])
    abandon = {"label": _("Abandon"), "url": act, "post": True, "kind": "tertiary", "name": "abandon", "value": "1"}
    columns = {"label": _("Assign the columns"), "url": reverse("library:import-columns", args=[batch.pk])}
    if batch.state == State.MAPPING:
        return [columns | {"kind": "primary"}, abandon]
    if batch.state in (State.FETCHING, State.READING):
        return [abandon]
    if batch.state != State.PREVIEW:
        return []
    found: list[dict[str, Any]] = [
        {
            "label": _("Import these records"), "url": reverse("library:import-confirm", args=[batch.pk]),
            "kind": "primary", "icon": "check", "disabled_reason": not_now,
        }
    ]  # fmt: skip
    if batch.headers:
        found.append(columns | {"label": _("Change the columns")})
    return [*found, *harvesting.ways_to_complete(batch), abandon]


def outcome_of(batch: Import) -> dict[str, Any]:
    """What came of it: refused, imported, undone."""
    facts: list[dict[str, Any]] = []
    if batch.state in (State.DONE, State.UNDOING, State.UNDONE):
        figures = batch.figures
        facts = [
            {"term": _("Imported on"), "value": moment(batch.done_at)},
            {"term": _("New works"), "value": figures.get("new", 0)},
            {"term": _("Records changed by the source"), "value": figures.get("changed", 0)},
            {"term": _("Records known before"), "value": figures.get("known", 0)},
        ]
        if figures.get("notices"):
            facts.append({"term": _("Corrections and retractions noticed"), "value": figures["notices"]})
    if batch.state == State.UNDONE:
        facts += [
            {"term": _("Undone on"), "value": moment(batch.undone_at)},
            {"term": _("Works removed"), "value": batch.figures.get("removed", 0)},
            {"term": _("Works that stayed"), "value": batch.figures.get("stayed", 0)},
        ]
    return {
        "facts": facts,
        "trouble": why_still(batch.trouble) if batch.trouble else "",
        "refused": batch.state == State.REFUSED,
        "undo_url": reverse("library:import-undo", args=[batch.pk]) if batch.state == State.DONE else "",
        "works_url": f"{reverse('library:works')}?import={batch.pk}"
        if batch.state in (State.DONE, State.UNDONE)
        else "",
        "exports": exports("import-export", batch.pk) if batch.state in LOOKED_AT and batch.records_read else [],
    }


def record_facts(one: Record) -> list[dict[str, Any]]:
    """Everything a record says, its extras by the tags of its source."""
    values, facts = one.values, []
    for name, value in values.items():
        if name == "extras":
            continue
        shown = value
        if name in ("authors", "editors"):
            shown = people(value, shown=200)
        elif name == "kind":
            shown = kind_label(str(value))
        elif isinstance(value, list):
            shown = "; ".join(map(str, value))
        facts.append({"term": capfirst(field_label(name)), "value": str(shown)})
    facts += [{"term": str(tag)[:60], "value": str(text)} for tag, text in values.get("extras", [])]
    return facts


def consequences_of(figures: dict[str, int]) -> list[str]:
    new, changed, known = figures["new"] + figures["waiting"], figures["changed"], figures["known"]
    said = [ngettext("%(n)s record becomes a work.", "%(n)s records become works.", new) % {"n": f"{new:n}"}]
    if changed:
        words = ngettext("%(n)s work is brought up to date.", "%(n)s works are brought up to date.", changed)
        said.append(words % {"n": changed})
    if known:
        words = ngettext("%(n)s record is known already.", "%(n)s records are known already.", known)
        said.append(words % {"n": known})
    if figures["left_out"]:
        out = figures["left_out"]
        said.append(ngettext("%(n)s record is left out.", "%(n)s records are left out.", out) % {"n": out})
    said.append(_("Afterwards works that are the same are brought together; what is in doubt waits for a person."))
    said.append(_("All of it happens at once or not at all, and can be undone as a whole at any time."))
    return said


def undoing_of(plan: Plan) -> list[str]:
    removed, recomputed, stays = len(plan.removed), len(plan.recomputed), len(plan.stays)
    said = []
    if removed:
        said.append(ngettext("%(n)s work is removed.", "%(n)s works are removed.", removed) % {"n": f"{removed:n}"})
    if recomputed:
        words = ngettext(
            "%(n)s work is also described by other imports; it says again what those say.",
            "%(n)s works are also described by other imports; they say again what those say.",
            recomputed,
        )
        said.append(words % {"n": f"{recomputed:n}"})
    if stays:
        words = ngettext(
            "%(n)s work stays, because others built on it; it is listed below.",
            "%(n)s works stay, because others built on them; they are listed below.",
            stays,
        )
        said.append(words % {"n": stays})
    return said or [_("Nothing of this import is left to be undone.")]


def stays_table(titles: dict[int, str], plan: Plan) -> dict[str, Any]:
    columns = [{"label": pgettext("literature", "Work"), "kind": "head"}, pgettext("literature", "Why it stays")]
    rows = [
        [{"text": title, "url": work_url(pk)}, ", ".join(_reason(code) for code in plan.stays[pk])]
        for pk, title in titles.items()
    ]
    return {"columns": columns, "rows": rows}


def _reason(code: str) -> str:
    said = {
        "card": _("it has an assessment card"), "review": _("it is in a review that is being screened"),
        "text": _("a full text is attached to it"), "notice": _("somebody noted a notice on it"),
        "successor": _("it is named as the successor of another work"), "hand": _("somebody corrected it by hand"),
    }  # fmt: skip
    return said.get(code) or _("it is used: %s") % code
