"""Imports: in a list, and each with its steps, figures and what can be done now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.look.dates import day, moment
from nahtstelle.register.people.presenters.directory import person_url

from ..models import Batch, Row
from ..rules import UNDO_FOR, undoable_until
from ..sentences import of_file

State = Batch.State
TONES = {
    State.READING: "info", State.REFUSED: "danger", State.MAPPING: "warning", State.CHECKING: "info",
    State.PREVIEW: "warning", State.RUNNING: "info", State.DONE: "success", State.ABANDONED: "neutral",
    State.UNDOING: "info", State.UNDONE: "neutral",
}  # fmt: skip
TROUBLED = (State.REFUSED, State.PREVIEW, State.DONE)  # in which something may have gone wrong just before
BUSY = (State.READING, State.CHECKING, State.RUNNING, State.UNDOING)


def url_of(batch: Batch) -> str:
    return reverse("intake:import", args=[batch.pk])


def way(*steps: tuple[str, str]) -> list[dict[str, str]]:
    whole = [(_("People"), reverse("people:people")), (_("Imports of contacts"), reverse("intake:imports")), *steps]
    return [{"label": label, "url": url} for label, url in whole]


def badge_of(batch: Batch) -> dict[str, str]:
    return {"label": batch.get_state_display(), "tone": TONES[State(batch.state)]}


def imports_table(batches: Iterable[Batch]) -> dict[str, Any]:
    columns = [
        {"label": _("Table"), "kind": "head"},
        pgettext("import", "What"),
        pgettext("import", "State"),
        {"label": pgettext("import", "Rows"), "kind": "number"},
        pgettext("import", "Result"),
        {"label": pgettext("import", "Given"), "kind": "date"},
    ]
    rows = [
        [
            {"text": batch.file_name, "url": url_of(batch)},
            batch.get_kind_display(),
            {"badge": badge_of(batch)},
            batch.rows_read or "",
            result_of(batch),
            {"text": batch.given_at, "note": batch.given_by.person.name if batch.given_by else ""},
        ]
        for batch in batches
    ]
    return {"columns": columns, "rows": rows}


def result_of(batch: Batch) -> str:
    made, changed = batch.figures.get("made", {}), batch.figures.get("changed", {})
    parts = _counted(made)
    if changed:
        parts.append(_("%d changed") % sum(changed.values()))
    return ", ".join(parts)


def head_of(batch: Batch) -> dict[str, Any]:
    meta = [str(batch.get_kind_display())]
    if batch.rows_read:
        meta.append(ngettext("%(n)d row", "%(n)d rows", batch.rows_read) % {"n": batch.rows_read})
    if batch.given_by:
        meta.append(_("given by %s") % batch.given_by.person.name)
    meta.append(moment(batch.given_at, "short"))
    return {
        "kicker": _("Import of contacts"),
        "title": batch.file_name,
        "meta": meta,
        "badge": badge_of(batch),
        "breadcrumb": way((batch.file_name, "")),
        "purpose": batch.purpose,
    }


def steps_of(batch: Batch) -> list[dict[str, Any]]:
    """Where the import stands: read, assigned, looked at, imported."""
    order = [State.READING, State.MAPPING, State.PREVIEW, State.DONE]
    labels = [_("Read the table"), _("Assign the columns"), _("Look at the rows"), _("Import")]
    at = {State.CHECKING: 2, State.RUNNING: 3, State.DONE: 4, State.UNDOING: 4, State.UNDONE: 4}.get(State(batch.state))
    if at is None:
        at = order.index(State(batch.state)) if batch.state in order else 0
    ended = batch.state in (State.REFUSED, State.ABANDONED)
    states = ["skipped" if ended else "done" if n < at else "current" if n == at else "open" for n in range(4)]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def progress_of(batch: Batch) -> dict[str, Any]:
    url = url_of(batch) + "?fortschritt=1"
    if batch.state == State.READING:
        words = ngettext("%(n)d row so far", "%(n)d rows so far", batch.rows_read) % {"n": batch.rows_read}
        return {"label": _("Reading"), "value": None, "maximum": 1, "text": words, "url": url}
    if batch.state == State.RUNNING:
        words = _("All rows at once or none. You can leave this page; the import goes on.")
        return {"label": _("Importing"), "value": None, "maximum": 1, "text": words, "url": url}
    if batch.state == State.UNDOING:
        words = _("All of it at once or nothing. You can leave this page; the undoing goes on.")
        return {"label": _("Undoing"), "value": None, "maximum": 1, "text": words, "url": url}
    words = _("Every row is checked and compared with the register. Nothing is changed yet.")
    return {
        "label": _("Checking"), "value": batch.rows_checked, "maximum": batch.rows_read, "text": words, "url": url,
    }  # fmt: skip


def tiles_of(figures: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": _("Ready"), "value": figures["ready"]},
        {"label": _("With a problem"), "value": figures["problem"]},
        {
            "label": _("Possible duplicates"),
            "value": figures["duplicate"],
            "note": _("%d not decided yet") % figures["open"] if figures["open"] else "",
        },
        {"label": _("Same as existing"), "value": figures["same"]},
    ]


def tabs_of(figures: dict[str, int], chosen: str, words: str) -> list[dict[str, Any]]:
    more = {"q": words} if words else {}
    whole = sum(figures[state.value] for state in Row.State)
    tabs = [{"label": _("All rows"), "url": "?" + urlencode({"q": words}), "current": not chosen, "count": whole}]
    for state in Row.State:
        if figures[state.value]:
            url = "?" + urlencode({"state": state.value} | more)
            current = chosen == state.value
            tabs.append({"label": state.label, "url": url, "current": current, "count": figures[state.value]})
    return tabs


def actions_of(batch: Batch, figures: dict[str, int], not_now: str) -> list[dict[str, Any]]:
    """What can be done with an import now; a barred button says why."""
    act = reverse("intake:act", args=[batch.pk])
    abandon = {"label": _("Abandon"), "url": act, "post": True, "kind": "tertiary", "name": "abandon", "value": "1"}
    columns = {"label": _("Assign the columns"), "url": reverse("intake:columns", args=[batch.pk])}
    if batch.state == State.MAPPING:
        return [columns | {"kind": "primary"}, abandon]
    if batch.state in (State.RUNNING, State.UNDOING):
        return []
    if batch.state in BUSY:
        return [abandon]
    if batch.state != State.PREVIEW:
        return []
    found: list[dict[str, Any]] = [
        {
            "label": _("Import these rows"), "url": reverse("intake:confirm", args=[batch.pk]), "kind": "primary",
            "icon": "check", "disabled_reason": not_now,
        }
    ]  # fmt: skip
    if figures["open"]:
        found.append({"label": _("Decide the duplicates"), "url": reverse("intake:next", args=[batch.pk])})
    return [
        *found,
        columns | {"label": _("Change the columns")},
        {"label": _("Check again"), "url": act, "post": True, "name": "again", "value": "1"},
        abandon,
    ]


def bulk_of(batch: Batch, figures: dict[str, int]) -> list[dict[str, Any]]:
    """The same answer for all duplicates that are open."""
    if batch.state != State.PREVIEW or not figures["open"]:
        return []
    act = reverse("intake:act", args=[batch.pk])
    plain = {"url": act, "post": True}
    found = []
    if figures["by_mail"]:
        label = _("Merge the %d of the same e-mail address") % figures["by_mail"]
        found.append(plain | {"label": label, "name": "merge", "value": "mail"})
    if figures["open"] > figures["by_mail"]:
        found.append(plain | {"label": _("Merge all that are open"), "name": "merge", "value": "all"})
    return [*found, plain | {"label": _("Leave out all that are open"), "name": "skip", "value": "all"}]


def outcome_of(batch: Batch, *, at: datetime) -> dict[str, Any]:
    """What came of it: refused, imported, undone; and until when it can be undone."""
    until = undoable_until(batch)
    undoable = batch.state == State.DONE and batch.forgotten_at is None and until is not None and at < until
    facts = []
    if batch.state in (State.DONE, State.UNDOING, State.UNDONE):
        facts = [
            {"term": _("Added"), "value": ", ".join(_counted(batch.figures.get("made", {}))) or _("nothing")},
            {"term": _("Changed"), "value": ", ".join(_counted(batch.figures.get("changed", {}))) or _("nothing")},
            {"term": _("Imported on"), "value": moment(batch.done_at)},
        ]
    if batch.state == State.UNDONE:
        facts += [
            {"term": _("Undone on"), "value": moment(batch.undone_at)},
            {"term": _("Removed"), "value": ", ".join(_counted(batch.figures.get("removed", {}))) or _("nothing")},
            {"term": _("Put back"), "value": batch.figures.get("restored", 0)},
            {"term": _("Stayed"), "value": batch.figures.get("stayed", 0)},
        ]
    return {
        "trouble": of_file(batch.trouble) if batch.trouble and batch.state in TROUBLED else "",
        "refused": batch.state == State.REFUSED,
        "facts": facts,
        "undo_url": reverse("intake:undo", args=[batch.pk]) if undoable else "",
        "undo_until": day(until) if undoable else "",
        "forgotten": batch.forgotten_at,
        "ends_on": day((batch.done_at or batch.given_at) + UNDO_FOR),
    }


def _counted(figures: dict[str, int]) -> list[str]:
    return [f"{number} × {apps.get_model(kind)._meta.verbose_name}" for kind, number in figures.items()]


def thing_url(kind: str, thing: Any) -> str:
    """The page of what a row may be the same as."""
    if kind == Batch.Kind.PERSONS:
        return person_url(thing)
    if kind == Batch.Kind.ORGANISATIONS:
        return reverse("organisations:organisation", args=[thing.slug])
    return reverse("programmes:network" if kind == Batch.Kind.NETWORKS else "programmes:project", args=[thing.key])
