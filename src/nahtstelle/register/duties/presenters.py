"""Duties as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.register.vocabulary.models import spoken

from .kinds import kind_called, sentence_of
from .models import Duty
from .queries import Counts, kinds_among
from .rules import check_close, check_delegate


@dataclass(frozen=True, slots=True)
class Item:
    """A duty in a list, as ``inbox_item`` wants it."""

    title: str
    url: str
    when: datetime
    kind: str
    text: str
    due_on: date | None  # None once it is closed


def item(duty: Duty) -> Item:
    return Item(
        title=sentence_of(duty),
        url=reverse("duties:duty", args=[duty.pk]),
        when=duty.opened_at,
        kind=str(kind_called(duty.kind).label),
        text=" ".join([why(duty), *notes(duty)]).strip(),
        due_on=duty.due if duty.state == Duty.State.OPEN else None,
    )


def why(duty: Duty) -> str:
    """Why it is owed, in the active language; in the other one where only that is given."""
    return spoken(duty, "why")


def notes(duty: Duty) -> list[str]:
    """Who handed it on, why it was escalated, how it ended."""
    found = []
    if duty.delegated_by:
        found.append(_("Handed on by %(name)s.") % {"name": duty.delegated_by.name})
    if duty.escalated_at:
        found.append(_("Escalated: %(reason)s.") % {"reason": duty.get_escalated_because_display()})
    if duty.state != Duty.State.OPEN:
        found.append(
            _("%(state)s by %(name)s. %(how)s")
            % {"state": duty.get_state_display().capitalize(), "name": duty.settled_by, "how": duty.settled_how}
        )
    return found


def facts_of(duty: Duty, answers: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """Everything about one duty and what came in about it, as ``definition_list`` wants it."""
    rows: list[tuple[str, Any]] = [
        (_("What it is about"), duty.subject_title),
        (_("Why"), why(duty)),
        (_("Responsible"), duty.owner.name if duty.owner else _("nobody")),
        (_("State"), duty.get_state_display()),
    ]
    if duty.delegated_by:
        rows += [(_("Handed on by"), duty.delegated_by.name), (_("Note"), duty.delegation_note)]
    if duty.escalated_at:
        to = duty.escalated_to.name if duty.escalated_to else _("the coordinators")
        rows += [(_("Escalated to"), to), (_("Escalated because"), duty.get_escalated_because_display())]
    if duty.state != Duty.State.OPEN:
        rows += [(_("Closed by"), duty.settled_by), (_("How"), duty.settled_how)]
    shown = [
        {"term": term, "value": value, "url": duty.link if row == 0 else ""} for row, (term, value) in enumerate(rows)
    ]
    return shown + [{"term": _("Answered by mail"), "value": name, "url": url} for name, url in answers]


def actions_of(duty: Duty, account: object, *, on: date) -> list[dict[str, Any]]:
    """What can be done with a duty; what cannot says why."""
    close = refused(check_close, account, duty, on=on)
    delegate = refused(check_delegate, account, duty, on=on)
    choices = [
        ("secondary", "check", _("Settled"), "duties:settle", close),
        ("secondary", "arrow-forward", _("Hand on"), "duties:delegate", delegate),
        ("tertiary", "close", _("No longer needed"), "duties:drop", close),
    ]
    offered = [
        {"label": label, "url": reverse(name, args=[duty.pk]), "kind": kind, "icon": icon, "disabled_reason": reason}
        for kind, icon, label, name, reason in choices
    ]
    if duty.link and not close:
        offered.insert(0, {"label": _("Do it"), "url": duty.link, "kind": "primary"})
    return offered


def facets(
    duties: QuerySet[Duty], figures: Counts, *, when: Sequence[str], kinds: Sequence[str]
) -> list[dict[str, Any]]:
    """The filters beside the list, as ``facet_list`` wants them."""
    times = [
        ("overdue", _("overdue"), figures.overdue),
        ("soon", _("within a fortnight"), figures.soon),
        ("later", _("later"), figures.later),
    ]
    found = [
        {
            "name": "when",
            "label": _("Due"),
            "values": [
                {"value": value, "label": label, "count": count, "selected": value in when}
                for value, label, count in times
            ],
        }
    ]
    several = kinds_among(duties)
    if len(several) > 1:
        found.append(
            {
                "name": "kind",
                "label": _("What is to be done"),
                "values": [
                    {"value": name, "label": str(kind_called(name).label), "count": count, "selected": name in kinds}
                    for name, count in several
                ],
            }
        )
    return found
