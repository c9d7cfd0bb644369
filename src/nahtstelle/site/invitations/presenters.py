"""Invitations as their list shows them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.plumbing.look.dates import day, moment
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.presenters.places import project_url

from .models import Invitation
from .rules import check_may_keep

KINDS = ("open", "over", "accepted", "withdrawn")


def labels() -> dict[str, str]:
    return {"open": _("Open"), "over": _("Run out"), "accepted": _("Accepted"), "withdrawn": _("Withdrawn")}


def tabs(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?stand={kind}", "current": kind == chosen, "count": counts[kind]}
        for kind, label in labels().items()
    ]


def table(invitations: Iterable[Invitation], kind: str, *, reader: Account, on: date) -> dict[str, Any]:
    when = {"open": _("Good until"), "over": _("Ran out"), "accepted": _("Accepted"), "withdrawn": _("Withdrawn")}[kind]
    columns = [
        {"label": _("E-mail"), "kind": "head"},
        _("Role"),
        _("Role ends"),
        _("Invited by"),
        when,
        {"label": _("Actions"), "kind": "actions"},
    ]
    reasons: dict[tuple[bool, str], str] = {}
    rows = [
        [
            one.mail,
            {"text": one.role, "note": one.project.name if one.project else _("At the centre")},
            day(one.last_day, "short") if one.last_day else _("open end"),
            {"text": one.invited_by.person.name, "note": day(one.invited_at, "short")},
            _when(one, kind),
            {
                "actions": _actions(one, _why_not(one, reasons, reader=reader, on=on))
                if kind in ("open", "over")
                else []
            },
        ]
        for one in invitations
    ]
    return {"columns": columns, "rows": rows}


def _when(one: Invitation, kind: str) -> Any:
    if kind == "accepted" and one.accepted_by is not None:
        page = reverse("people:person", args=[one.accepted_by.slug])
        return {"text": one.accepted_by.name, "url": page, "note": day(one.accepted_at, "short")}
    return day(one.withdrawn_at if kind == "withdrawn" else one.until, "short")


def _why_not(one: Invitation, reasons: dict[tuple[bool, str], str], *, reader: Account, on: date) -> str:
    """Why the reader may not keep it. Of what they see at all it depends on the role alone, so it is asked once for each."""
    key = (one.project_id is None, one.project_role)
    if key not in reasons:
        reasons[key] = refused(check_may_keep, reader, one, on=on)
    return reasons[key]


def _actions(one: Invitation, why_not: str) -> list[dict[str, Any]]:
    again, back = (reverse(f"invitations:{what}", args=[one.pk]) for what in ("send-again", "withdraw"))
    return [
        {"label": _("Send again"), "url": again, "post": True, "disabled_reason": why_not},
        {"label": _("Withdraw"), "url": back, "post": True, "kind": "danger", "disabled_reason": why_not},
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
