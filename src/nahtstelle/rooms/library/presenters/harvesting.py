"""Saved searches in a list, and each with its trial, its runs and what can be done now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.plumbing.look.dates import day, moment

from ..harvest_sentences import sentence_of
from ..kinds import kind_label
from ..models import Import, Record, SavedSearch
from ..queries.harvesting import completable
from ..rules import harvesting as rules
from .names import record_title
from .ways import import_url, way_in_library, work_url

State = Import.State
Rhythm = SavedSearch.Rhythm
TONES = {"new": "success", "changed": "warning", "deleted": "danger"}
RUN_TONES = {
    State.FETCHING: "info", State.READING: "info", State.REFUSED: "danger", State.MAPPING: "warning",
    State.PREVIEW: "warning", State.RUNNING: "info", State.DONE: "success", State.ABANDONED: "neutral",
    State.UNDOING: "info", State.UNDONE: "neutral",
}  # fmt: skip


def search_url(search: SavedSearch | int) -> str:
    return reverse("library:search", args=[search if isinstance(search, int) else search.pk])


def way(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return way_in_library((_("Saved searches in sources"), reverse("library:searches")), *steps)


def badge_of(search: SavedSearch) -> dict[str, str]:
    state = search.probe.get("state")
    if search.paused and state == "asking":
        return {"label": _("is being tried"), "tone": "info"}
    if search.paused and search.trouble:
        return {"label": _("paused, in trouble"), "tone": "danger"}
    if search.paused and not search.next_at and not search.since:
        return {"label": _("not begun"), "tone": "neutral"}
    if search.paused:
        return {"label": _("paused"), "tone": "neutral"}
    if search.trouble:
        return {"label": _("in trouble"), "tone": "warning"}
    return {"label": _("runs"), "tone": "success"}


def table_of(
    searches: Iterable[SavedSearch], runs: Mapping[int, Import], figures: Mapping[int, Mapping[str, int]]
) -> dict[str, Any]:
    columns = [
        {"label": _("Saved search"), "kind": "head"},
        _("State"),
        pgettext("saved search", "Last run"),
        {"label": pgettext("saved search", "New in it"), "kind": "number"},
        pgettext("saved search", "Next run"),
        _("Owner"),
    ]
    rows = []
    for search in searches:
        run = runs.get(search.pk)
        rows.append(
            [
                {"text": search.name, "url": search_url(search), "note": source_label(search)},
                {"badge": badge_of(search)},
                {"text": moment(run.given_at, "short"), "note": str(run.get_state_display())} if run else "",
                figures.get(run.pk, {}).get("new", 0) if run else "",
                next_label(search),
                search.owner.name,
            ]
        )
    return {"columns": columns, "rows": rows}


def source_label(search: SavedSearch) -> str:
    if search.source != SavedSearch.Source.OAI:
        return str(search.get_source_display())
    return search.probe.get("name") or search.address


def next_label(search: SavedSearch) -> str:
    if search.paused or search.next_at is None:
        return "" if search.paused else str(Rhythm.NEVER.label)
    return moment(search.next_at, "short")


def head_of(search: SavedSearch) -> dict[str, Any]:
    return {
        "kicker": _("Saved search in a source"), "title": search.name, "badge": badge_of(search),
        "meta": [str(search.get_source_display()), str(search.get_rhythm_display()), _("owner: %s") % search.owner.name],
        "breadcrumb": way((search.name, "")),
    }  # fmt: skip


def facts_of(search: SavedSearch) -> list[dict[str, Any]]:
    query = search.query
    facts: list[dict[str, Any]] = []
    if search.source == SavedSearch.Source.OAI:
        facts.append({"term": _("Address of the interface"), "value": search.address})
        facts.append({"term": pgettext("oai", "Set"), "value": query.get("set_name") or _("everything")})
    else:
        facts.append({"term": _("Words"), "value": query.get("words", "")})
        span = "–".join(str(query.get(name) or "") for name in ("since_year", "until_year"))
        if span != "–":
            facts.append({"term": _("Published"), "value": span})
        if query.get("language"):
            facts.append({"term": _("Language"), "value": query["language"]})
        if query.get("kind"):
            facts.append({"term": _("Kind of publication"), "value": kind_label(query["kind"])})
        if query.get("open"):
            facts.append({"term": _("Access"), "value": _("only what everybody may read")})
        facts.append({"term": _("Records at the most"), "value": f"{query.get('most', 0):n}"})
    taken = _("is taken in without asking") if search.at_once else _("waits to be looked at")
    facts.append({"term": _("What comes"), "value": taken})
    if search.since:
        facts.append({"term": _("All is in that the source had on"), "value": _written(search.since)})
    if not search.paused:
        facts.append({"term": pgettext("saved search", "Next run"), "value": next_label(search)})
    return facts


def trial_of(search: SavedSearch) -> dict[str, Any]:
    """What the source answered to the trial."""
    probe = search.probe
    busy = probe.get("state") == "asking"
    trouble = sentence_of(probe.get("trouble", {})) if probe.get("state") != "done" else ""
    count, more = probe.get("count"), probe.get("more")
    if count is not None:
        told = ngettext("%(n)s record would come.", "%(n)s records would come.", count) % {"n": f"{count:n}"}
        most = search.query.get("most")
        if most and count > most:
            told += " " + _("The first %s of them are taken.") % f"{most:n}"
    else:
        told = _("The source does not say how many records there are; there is more than one page.") if more else ""
    facts = []
    if probe.get("name"):
        facts.append({"term": _("Calls itself"), "value": probe["name"]})
    if probe.get("earliest"):
        facts.append({"term": _("Oldest entry"), "value": _written(probe["earliest"][:10])})
    if "tells_deleted" in probe:
        says = _("is told") if probe["tells_deleted"] else _("is not told; what disappears there stays here")
        facts.append({"term": _("What was withdrawn"), "value": says})
    return {
        "busy": busy, "done": probe.get("state") == "done", "trouble": trouble, "told": told, "facts": facts,
        "first": [_first(one) for one in probe.get("first", [])] if probe.get("state") == "done" else [],
        "progress": {
            "label": _("The source is being tried"), "value": None, "maximum": 1, "url": f"{search_url(search)}?fortschritt=1",
            "text": trouble or _steps(probe),
        },
        "sets": len(probe.get("groups", ())) if search.source == SavedSearch.Source.OAI else 0,
        "sets_url": reverse("library:search-sets", args=[search.pk]),
    }  # fmt: skip


def _written(moment_or_day: str) -> str:
    """A day or a moment of a source, as our readers write it; in its own words where it is neither."""
    try:
        if "T" in moment_or_day:
            return moment(datetime.fromisoformat(moment_or_day), "short")
        return day(date.fromisoformat(moment_or_day))
    except ValueError:
        return moment_or_day


def _steps(probe: dict[str, Any]) -> str:
    match probe.get("step"):
        case "sets":
            return _("It is asked for its sets: %s so far.") % len(probe.get("groups", ()))
        case "first":
            return _("It is asked for the first records.")
        case _:
            return _("It is asked who it is. The worker does this; it takes some seconds.")


def _first(one: dict[str, Any]) -> dict[str, Any]:
    note = ", ".join(filter(None, (one.get("authors"), str(one.get("year") or ""), one.get("container"))))
    return {"title": one.get("title") or _("without a title"), "note": note}


def progress_of_run(run: Import, search: SavedSearch) -> dict[str, Any]:
    total, read = run.cursor.get("total"), run.cursor.get("seen", 0)
    most = search.query.get("most")
    if total is not None and most:
        total = min(total, most)
    trouble = sentence_of(run.trouble)
    rest = run.cursor.get("rest", "")
    if trouble and rest:
        text = _("%(trouble)s It is asked again at %(time)s.") % {
            "trouble": trouble, "time": moment(datetime.fromisoformat(rest), "short"),
        }  # fmt: skip
    else:
        text = ngettext("%(n)s record so far", "%(n)s records so far", read) % {"n": f"{read:n}"}
    return {
        "label": _("The source is being asked"), "value": read if total else None, "maximum": total or 1, "text": text,
        "url": f"{search_url(search)}?fortschritt=1",
    }  # fmt: skip


def actions_of(search: SavedSearch, *, at: datetime) -> list[dict[str, Any]]:
    """What can be done with a search now; a barred button says why."""
    act = {"url": reverse("library:search-act", args=[search.pk]), "post": True, "name": "do"}
    today = at.date()
    found: list[dict[str, Any]] = []
    if search.paused:
        label = pgettext("saved search", "Go on") if search.runs.exists() else pgettext("saved search", "Begin")
        barred = refused(rules.check_can_resume, search, on=today)
        found.append({"label": label, "value": "resume", "kind": "primary", "disabled_reason": barred} | act)
    run_kind = "" if search.paused else "primary"
    found.append(
        {
            "label": _("Ask now"),
            "value": "run",
            "kind": run_kind or "secondary",
            "disabled_reason": refused(rules.check_can_run, search),
        }
        | act
    )
    if not search.paused:
        found.append({"label": _("Pause"), "value": "pause"} | act)
    found.append({"label": _("Edit"), "url": reverse("library:search-edit", args=[search.pk]), "icon": "edit"})
    found.append(
        {
            "label": _("Try again"),
            "value": "try",
            "kind": "tertiary",
            "disabled_reason": refused(rules.check_can_be_tried, search),
        }
        | act
    )
    if search.since:
        found.append({"label": _("Ask for everything again"), "value": "anew", "kind": "tertiary"} | act)
    if not search.runs.exists():
        found.append({"label": _("Remove"), "value": "remove", "kind": "danger"} | act)
    return found


def runs_table(runs: Iterable[Import], figures: Mapping[int, Mapping[str, int]]) -> dict[str, Any]:
    columns = [
        {"label": pgettext("saved search", "Run"), "kind": "head"},
        _("State"),
        {"label": pgettext("records", "New"), "kind": "number"},
        {"label": pgettext("records", "Changed by the source"), "kind": "number"},
        {"label": pgettext("records", "Withdrawn"), "kind": "number"},
        {"label": pgettext("records", "Known already"), "kind": "number"},
        pgettext("saved search", "What it met"),
    ]
    rows = []
    for run in runs:
        counted = figures.get(run.pk, {})
        by = run.given_by.person.name if run.given_by else _("by its rhythm")
        rows.append(
            [
                {"text": moment(run.given_at, "short"), "url": import_url(run), "note": by},
                {"badge": {"label": str(run.get_state_display()), "tone": RUN_TONES[State(run.state)]}},
                counted.get("new", 0),
                counted.get("changed", 0),
                counted.get("deleted", 0),
                run.figures.get("known_before", 0),
                sentence_of(run.trouble),
            ]
        )
    return {"columns": columns, "rows": rows}


def news_table(records: Iterable[Record]) -> dict[str, Any]:
    columns = [
        {"label": _("Title"), "kind": "head"},
        {"label": _("Year"), "kind": "number"},
        pgettext("record", "What it is"),
        _("Saved search"),
        {"label": pgettext("record", "Came"), "kind": "date"},
    ]
    rows = []
    for one in records:
        search = one.batch.search
        url = (
            work_url(one.work_id) if one.work_id else reverse("library:import-record", args=[one.batch_id, one.number])
        )
        rows.append(
            [
                {"text": record_title(one), "url": url, "note": one.doi},
                str(one.year) if one.year else "",
                {"badge": {"label": str(one.get_state_display()), "tone": TONES.get(one.state, "neutral")}},
                {"text": search.name, "url": search_url(search)} if search else "",
                {"text": one.batch.given_at},
            ]
        )
    return {"columns": columns, "rows": rows}


def seen_label(at: datetime | None) -> str:
    return (
        _("Everything that came since you last looked, on %s.") % day(at)
        if at
        else _("You have not looked yet: this is all that came.")
    )


def sources_of(chosen: str) -> list[dict[str, Any]]:
    url = reverse("library:search-new")
    return [
        {"label": str(label), "url": f"{url}?quelle={value}", "current": value == chosen}
        for value, label in SavedSearch.Source.choices
    ]


def ways_to_complete(batch: Import) -> list[dict[str, Any]]:
    """The button of an import whose records are, some of them, nothing but a DOI."""
    if batch.search_id or not completable(batch).exists():
        return []
    url = reverse("library:import-complete", args=[batch.pk])
    return [{"label": _("Look up the DOIs at Crossref"), "url": url, "post": True, "name": "complete", "value": "1"}]
