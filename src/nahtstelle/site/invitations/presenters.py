"""Invitations as their list shows them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.look.dates import day, moment
from nahtstelle.register.programmes.presenters.places import project_url

from .models import Invitation

KINDS = ("open", "over", "accepted", "withdrawn")


def labels() -> dict[str, str]:
    return {"open": _("Open"), "over": _("Run out"), "accepted": _("Accepted"), "withdrawn": _("Withdrawn")}


def tabs(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?stand={kind}", "current": kind == chosen, "count": counts[kind]}
        for kind, label in labels().items()
    ]


def table(invitations: Iterable[Invitation], kind: str, *, at: datetime) -> dict[str, Any]:
    when = {"open": _("Good until"), "over": _("Ran out"), "accepted": _("Accepted"), "withdrawn": _("Withdrawn")}[kind]
    columns = [
        {"label": _("E-mail"), "kind": "head"},
        _("Role"),
        _("Role ends"),
        _("Invited by"),
        when,
        {"label": _("Actions"), "kind": "actions"},
    ]
    rows = [
        [
            one.mail,
            {"text": one.role, "note": one.project.name if one.project else _("At the centre")},
            day(one.last_day, "short") if one.last_day else _("open end"),
            {"text": one.invited_by.person.name, "note": day(one.invited_at, "short")},
            _when(one, kind),
            {"actions": _actions(one) if kind in ("open", "over") else []},
        ]
        for one in invitations
    ]
    return {"columns": columns, "rows": rows}


def _when(one: Invitation, kind: str) -> Any:
    if kind == "accepted" and one.accepted_by is not None:
        page = reverse("people:person", args=[one.accepted_by.slug])
        return {"text": one.accepted_by.name, "url": page, "note": day(one.accepted_at, "short")}
    return day(one.withdrawn_at if kind == "withdrawn" else one.until, "short")


def _actions(one: Invitation) -> list[dict[str, Any]]:
    return [
        {"label": _("Send again"), "url": reverse("invitations:send-again", args=[one.pk]), "post": True},
        {"label": _("Withdraw"), "url": reverse("invitations:withdraw", args=[one.pk]), "post": True, "kind": "danger"},
    ]


def accept_facts(invitation: Invitation) -> list[dict[str, Any]]:
    """What is offered to whom, for the page behind the link."""
    project = invitation.project
    rows = [
        {"term": _("Invited by"), "value": invitation.invited_by.person.name},
        {"term": _("Role"), "value": invitation.role},
        {
            "term": _("Where"),
            "value": project.name if project else _("At the centre"),
            "url": project_url(project) if project else "",
        },
        {"term": _("From"), "value": _("today, when you accept")},
        {"term": _("Until"), "value": day(invitation.last_day) if invitation.last_day else _("open end")},
        {"term": _("Link good until"), "value": moment(invitation.until)},
    ]
    return [row for row in rows if row["value"]]
