"""What the duties hold of a person."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.people.personal import Erasure, Holding, Mentions, by_person

from .actions.opening import escalate_unreachable
from .facts import DutyDelegated
from .models import Duty


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Duties"), Duty, by_person(Duty, "owner"),
            ("kind", "subject_title", "opened_at", "due", "state", "settled_at", "settled_how"), _given_back,
            "what was done about it, without the name; open ones go to the coordinators' desk",
        ),
        Holding(
            _("Duties handed on"), Duty, by_person(Duty, "delegated_by"), ("subject_title", "delegation_note"),
            _unsaid, "that it was handed on",
        ),
        Holding(
            _("Duties brought to your desk"), Duty, by_person(Duty, "escalated_to"), ("subject_title", "escalated_at"),
            _to_all_coordinators, "that it was long overdue",
        ),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [Mentions(Duty, ("settled_by", "settled_how", "delegation_note", "why_de", "why_en", "link"))]


def _given_back(rows: QuerySet[Any], erasure: Erasure) -> None:
    left = list(rows.filter(state=Duty.State.OPEN).values_list("pk", flat=True))
    opened = Duty.objects.filter(pk__in=left)
    opened.update(owner=None)
    escalate_unreachable(opened, lot=f"erased {erasure.person.pk}", by=erasure.by, at=erasure.at)


def _unsaid(rows: QuerySet[Any], erasure: Erasure) -> None:
    """What they wrote when they handed a duty on is about themselves more often than about the duty."""
    rows.update(delegation_note="")
    entries = Entry.objects.filter(fact=DutyDelegated.fact_name, payload__delegator=erasure.person.pk)
    for touch in Touch.objects.filter(entry__in=entries):
        touch.changes.pop("delegation_note", None)
        touch.save(update_fields=["changes"])
    entries.update(why="")


def _to_all_coordinators(rows: QuerySet[Any], erasure: Erasure) -> None:
    rows.filter(state=Duty.State.OPEN).update(escalated_to=None)
