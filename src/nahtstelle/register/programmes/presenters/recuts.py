"""New cuts as their pages show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.plumbing.look.dates import day

from ..forms import in_period
from ..models import Move, Recut
from ..recut_queries import Leaving
from ..recut_rules import check_can_be_entered, check_can_be_taken_back
from .places import network_url, project_url, way

State = Recut.State
TONES = {State.PLANNED: "warning", State.DONE: "success", State.DROPPED: "neutral"}


def recut_url(recut: Recut) -> str:
    return reverse("programmes:recut", args=[recut.pk])


def crumbs(*steps: tuple[str, str]) -> list[Any]:
    return way((_("New cuts"), reverse("programmes:recuts")), *steps)


def title_of(recut: Recut) -> str:
    names = {"old": recut.old_level.name, "new": recut.new_level.name, "day": day(recut.on, "short")}
    return _("%(old)s becomes %(new)s on %(day)s") % names


def badge_of(recut: Recut) -> dict[str, str]:
    return {"label": recut.get_state_display(), "tone": TONES[State(recut.state)]}


def recuts_table(recuts: Iterable[Recut]) -> dict[str, Any]:
    columns = [
        {"label": _("New cut"), "kind": "head"},
        _("Programme"),
        {"label": _("First day"), "kind": "date"},
        pgettext("recut", "State"),
    ]
    rows = [
        [
            {"text": title_of(recut), "url": recut_url(recut)},
            recut.old_level.period.programme.short_name,
            recut.on,
            {"badge": badge_of(recut)},
        ]
        for recut in recuts
    ]
    return {"columns": columns, "rows": rows}


def facts_of(recut: Recut) -> list[dict[str, Any]]:
    return [
        {"term": _("Programme"), "value": recut.old_level.period.programme.name},
        {"term": _("Networks that end"), "value": in_period(recut.old_level)},
        {"term": _("Networks that begin"), "value": in_period(recut.new_level)},
        {"term": _("Level of the projects from then on"), "value": in_period(recut.project_level)},
        {"term": _("First day of the new structure"), "value": day(recut.on)},
    ]


def actions_of(recut: Recut, *, today: date) -> list[dict[str, Any]]:
    act = {"url": reverse("programmes:act-on-recut", args=[recut.pk]), "post": True}
    if recut.state == State.PLANNED:
        enter = {"label": _("Enter the new cut"), "kind": "primary", "name": "enter", "value": "1"}
        return [
            act | enter | {"disabled_reason": refused(check_can_be_entered, recut)},
            act | {"label": _("Look again"), "name": "refresh", "value": "1"},
            act | {"label": _("Drop the plan"), "kind": "tertiary", "name": "drop", "value": "1"},
        ]
    if recut.state == State.DONE:
        back = {"label": _("Take the new cut back"), "kind": "danger", "name": "back", "value": "1"}
        return [act | back | {"disabled_reason": refused(check_can_be_taken_back, recut, today=today)}]
    return []


def mapping_table(recut: Recut, lines: Iterable[Leaving]) -> dict[str, Any]:
    """Every old network, what it goes on as, and how much of it has no target yet."""
    columns: list[Any] = [
        {"label": _("Network"), "kind": "head"},
        _("Goes on as"),
        {"label": _("Projects"), "kind": "number"},
        {"label": _("Roles"), "kind": "number"},
        {"label": _("without a target"), "kind": "number"},
    ]
    planned = recut.state == State.PLANNED
    if planned:
        columns.append({"label": _("Action"), "kind": "actions"})
    rows = []
    for line in lines:
        row: list[Any] = [
            {"text": line.network.name, "url": network_url(line.network)},
            ", ".join(network.name for network in line.successors),
            line.projects,
            line.engagements,
            line.open or "",
        ]
        if planned:
            url = reverse("programmes:recut-network", args=[recut.pk, line.network.key])
            label = _("Assign: %s") % line.network.name
            row.append({"actions": [{"label": label, "url": url, "kind": "tertiary"}]})
        rows.append(row)
    return {"mapping_columns": columns, "mapping_rows": rows}


def moves_table(recut: Recut, moves: Iterable[Move]) -> dict[str, Any]:
    columns = [
        {"label": _("Project or role"), "kind": "head"},
        _("From"),
        _("Goes to"),
    ]
    return {"columns": columns, "rows": [_move_row(recut, move) for move in moves]}


def _move_row(recut: Recut, move: Move) -> list[Any]:
    place = move.project or move.engagement
    assert place is not None
    link = reverse("programmes:recut-move", args=[recut.pk, move.pk]) if recut.state == State.PLANNED else ""
    if move.project is not None and not link:
        link = project_url(move.project)
    goes = move.target.name if move.target else ""
    if move.ends:
        goes = _("ends")
    return [
        {"text": name_of(move), "url": link},
        place.network.name if place.network else "",
        goes or {"badge": {"label": _("no target yet"), "tone": "warning"}},
    ]


def name_of(move: Move) -> str:
    if move.project is not None:
        return move.project.name
    assert move.engagement is not None
    return f"{move.engagement.person.name} ({move.engagement.get_role_display()})"
