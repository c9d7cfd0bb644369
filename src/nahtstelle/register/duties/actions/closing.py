"""Closing duties: settled by doing what was owed, dropped because it is no longer needed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import DutiesClosed, DutiesReopened, DutyDropped, DutySettled
from ..models import Duty
from ..rules import account_behind, check_close, check_open
from .locking import local_day, locked

State = Duty.State


def settle(*, duty: Duty, how: str, by: Actor, at: datetime) -> Duty:
    """What was owed is done. Raises ``NotYours`` or ``NotNow``."""
    return _close(duty, State.SETTLED, DutySettled, how=how, by=by, at=at)


def drop(*, duty: Duty, why: str, by: Actor, at: datetime) -> Duty:
    """The duty is no longer needed; ``why`` must say so. Raises ``NotYours`` or ``NotNow``."""
    if not why.strip():
        raise NotNow(_("Please say why the duty is no longer needed."))
    return _close(duty, State.DROPPED, DutyDropped, how=why, by=by, at=at)


def _close(
    duty: Duty, state: State, fact: type[DutySettled | DutyDropped], *, how: str, by: Actor, at: datetime
) -> Duty:
    with transaction.atomic():
        duty = locked(duty)
        account = account_behind(by)
        if by.account_id is None:
            check_open(duty)
        else:
            check_close(account, duty, on=local_day(at))
        duty.state = state
        duty.settled_at = at
        duty.settled_by = by.label
        duty.settled_how = how.strip()
        duty.save(update_fields=["state", "settled_at", "settled_by", "settled_how"])
        closed = fact(duty=duty.pk, closer=account.person_id if account else None)
        record(closed, by=by, at=at, why=duty.settled_how, touched=[_touch(duty, state)])
    return duty


def settle_all_for(
    *,
    subject: tuple[str, int] | None = None,
    subject_ids: QuerySet[Any, Any] | None = None,
    kind: str = "",
    cause: str = "",
    how: str,
    by: Actor,
    at: datetime,
) -> int:
    """Settle every open duty about ``subject`` (kind, id), of this ``kind``, from this ``cause``; the number settled.

    ``subject_ids`` narrows to the subjects whose ids a query selects, however many. The room that calls has judged that
    the work is done; whether ``by`` may do it is that room's rule. Empty narrows nothing, but subject or cause must be
    given: raises ``ValueError`` otherwise.
    """
    return _close_all(
        State.SETTLED, subject=subject, subject_ids=subject_ids, kind=kind, cause=cause, how=how, by=by, at=at
    )


def drop_all_for(
    *,
    subject: tuple[str, int] | None = None,
    subject_ids: QuerySet[Any, Any] | None = None,
    kind: str = "",
    cause: str = "",
    why: str,
    by: Actor,
    at: datetime,
) -> int:
    """Drop them, as when an act is revoked and its wave of reviews with it; see ``settle_all_for``."""
    return _close_all(
        State.DROPPED, subject=subject, subject_ids=subject_ids, kind=kind, cause=cause, how=why, by=by, at=at
    )


def reopen_all_for(
    *,
    subject_ids: QuerySet[Any, Any],
    kind: str,
    cause: str,
    dropped_at: datetime,
    why: str,
    by: Actor,
    at: datetime,
) -> int:
    """Open again what ``drop_all_for`` dropped at that moment, because its reason has gone; the number reopened."""
    chosen = Duty.objects.filter(
        state=State.DROPPED, settled_at=dropped_at, kind=kind, cause=cause, subject_id__in=subject_ids
    )
    with transaction.atomic():
        ids = list(chosen.values_list("pk", flat=True))
        if ids:
            entry = record(DutiesReopened(cause=cause, count=len(ids)), by=by, at=at, why=why)
            touch_all(entry, chosen, {"state": (State.DROPPED.value, State.OPEN.value)})
            chosen.update(state=State.OPEN, settled_at=None, settled_by="", settled_how="")
    return len(ids)


def _close_all(
    state: State,
    *,
    subject: tuple[str, int] | None,
    subject_ids: QuerySet[Any, Any] | None,
    kind: str,
    cause: str,
    how: str,
    by: Actor,
    at: datetime,
) -> int:
    if subject is None and not cause:
        raise ValueError("Say which duties: those about a subject, or those of a cause.")
    chosen = Duty.objects.all()
    if subject is not None:
        chosen = chosen.filter(subject_kind=subject[0], subject_id=subject[1])
    if subject_ids is not None:
        chosen = chosen.filter(subject_id__in=subject_ids)
    if kind:
        chosen = chosen.filter(kind=kind)
    if cause:
        chosen = chosen.filter(cause=cause)
    with transaction.atomic():
        count = chosen.filter(state=State.OPEN).update(
            state=state, settled_at=at, settled_by=by.label, settled_how=how.strip()
        )
        if count:
            fact = DutiesClosed(
                state=state.value,
                subject_kind=subject[0] if subject else "",
                subject_id=subject[1] if subject else None,
                cause=cause,
                count=count,
            )
            entry = record(fact, by=by, at=at, why=how.strip())
            closed: QuerySet[Duty] = chosen.filter(state=state, settled_at=at)
            touch_all(entry, closed, {"state": (State.OPEN.value, state.value)})
    return count


def _touch(duty: Duty, state: State) -> Touched:
    return Touched(duty, {"state": (State.OPEN.value, state.value), "settled_how": ("", duty.settled_how)})
