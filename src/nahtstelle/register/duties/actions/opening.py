"""Opening duties, one or very many."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField, DateTimeField, TextField

from nahtstelle.plumbing.kit.insert import insert_from
from nahtstelle.plumbing.ledger.actions import Touched, record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account, Person

from ..facts import DutiesEscalated, DutiesOpened, DutyOpened
from ..models import Duty

# The columns, in this order, of what ``open_in_bulk`` takes. ``owner`` is a person's id or NULL.
BULK_COLUMNS = ("kind", "owner", "subject_kind", "subject_id", "subject_title", "link", "why_de", "why_en", "due")

Escalation = Duty.Escalation


def open_duty(
    *,
    kind: str,
    owner: Person | None,
    subject_kind: str,
    subject_id: int,
    subject_title: str,
    link: str,
    cause: str,
    why_de: str,
    why_en: str,
    due: date,
    by: Actor,
    at: datetime,
) -> Duty:
    """Open a duty; the same cause, kind and subject again give the duty there is, unchanged.

    A duty that nobody can be told of (no owner, no account, no address) lies on the coordinators' desk at once.
    """
    with transaction.atomic():
        duty, made = Duty.objects.get_or_create(
            cause=cause,
            kind=kind,
            subject_kind=subject_kind,
            subject_id=subject_id,
            defaults={
                "owner": owner,
                "subject_title": _cut(subject_title, 300),
                "link": link,
                "why_de": why_de,
                "why_en": why_en,
                "due": due,
                "opened_at": at,
            },
        )
        if not made:
            return duty
        record(
            DutyOpened(duty=duty.pk, kind=kind, owner=owner.pk if owner else None, cause=cause),
            by=by,
            at=at,
            touched=[Touched(duty, {"owner": (None, owner), "due": (None, due)})],
        )
        if escalate_unreachable(Duty.objects.filter(pk=duty.pk), lot=f"duty-{duty.pk}", by=by, at=at):
            duty.refresh_from_db()
    return duty


def open_in_bulk(rows: QuerySet[Duty, Any], *, cause: str, by: Actor, at: datetime) -> int:
    """Open a duty for each row of ``rows``, a ``values_list`` of ``BULK_COLUMNS``; the number opened.

    One statement and one fact, however many. Rows whose cause, kind and subject already have a duty are passed over;
    titles must fit 300 characters and links 300. Nothing is recorded where nothing was new.
    """
    with transaction.atomic():
        last = Duty.objects.aggregate(last=Max("id"))["last"] or 0
        constants: dict[str, Any] = {
            "cause": Value(cause, output_field=CharField()),
            "opened_at": Value(at, output_field=DateTimeField()),
            "state": Value(Duty.State.OPEN.value, output_field=CharField()),
            **{
                name: Value("", output_field=TextField())
                for name in ("settled_by", "settled_how", "delegation_note", "escalated_because")
            },
        }
        filled = rows.annotate(**{f"bulk_{name}": value for name, value in constants.items()})
        count = insert_from(Duty, filled, [*BULK_COLUMNS, *constants])
        if not count:
            return 0
        opened = Duty.objects.filter(cause=cause, opened_at=at, id__gt=last)
        entry = record(DutiesOpened(cause=cause, count=count), by=by, at=at)
        touch_all(entry, opened)
        escalate_unreachable(opened, lot=f"{at.isoformat()} {cause}", by=by, at=at)
    return count


def escalate_unreachable(duties: QuerySet[Duty], *, lot: str, by: Actor, at: datetime) -> int:
    """Put those of ``duties`` that nobody can be told of on the coordinators' desk, with the reason; their number."""
    account = Exists(Account.objects.filter(person=OuterRef("owner"), is_active=True))
    reasons = {
        Escalation.NO_OWNER: Q(owner__isnull=True),
        Escalation.NO_ACCOUNT: Q(owner__isnull=False) & ~account,
        Escalation.NO_MAIL: Q(account, owner__mail=""),
    }
    number = 0
    for because, condition in reasons.items():
        found = duties.filter(condition, state=Duty.State.OPEN, escalated_at__isnull=True).values("pk")
        count = Duty.objects.filter(pk__in=found).update(escalated_at=at, escalated_because=because)
        if count:
            entry = record(
                DutiesEscalated(to=None, because=because, count=count, lot=lot), by=by, at=at, why=because.label
            )
            escalated = duties.filter(escalated_at=at, escalated_because=because)
            touch_all(entry, escalated, {"escalated_because": ("", because.value)})
            number += count
    return number


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
