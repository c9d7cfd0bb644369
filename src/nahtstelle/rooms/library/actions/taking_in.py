"""Taking a delivery in: all of it in one transaction, some hundred records a statement."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.kit.setting import set_each
from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import ImportConfirmed, LiteratureImported
from ..models import Import, Record, Work
from ..queries.known import Before, earlier_imports, known_among
from ..rules.imports import check_can_be_confirmed, check_can_be_sorted
from .notices import find_notices
from .reading import sort_out
from .works import make_works, put_together

AT_ONCE = 1_000
State = Record.State


@transaction.atomic
def confirm(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Have the records taken in by the worker. Raises ``NotNow`` where there is none, or a second time."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_confirmed(batch)
    batch.state = Import.State.RUNNING
    batch.save(update_fields=["state"])
    record(ImportConfirmed(batch.pk), by=by, at=at, touched=[batch])
    return batch


@transaction.atomic
def leave_out(*, one: Record, out: bool, by: Actor, at: datetime) -> Record:
    """Leave a record out of its import, or take it back; twice is as once."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=one.batch_id)
    check_can_be_sorted(batch)
    one = Record.objects.get(pk=one.pk)
    if out:
        one.state = State.LEFT_OUT
    elif one.state == State.LEFT_OUT:
        sort_out([one], batch=batch)
    one.save(update_fields=["state"])
    return one


@transaction.atomic
def take_in(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Make works of what is new, and let what is known speak for its work. Nothing where the import does not wait for it."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != Import.State.RUNNING:
        return batch
    figures = {"new": 0, "known": 0, "changed": 0, "notices": 0}
    earlier, last = earlier_imports(batch), 0
    while rows := _next(batch, last):
        last = rows[-1].number
        known = known_among(rows, batch=batch, earlier=earlier)  # another import may have come in since the preview
        new = [one for one in rows if one.number not in known]
        make_works(new, batch=batch, by=by, at=at)
        told = [one for one in rows if one.number in known]
        _speak_again(told, known, at=at)
        changed = [one for one in told if not known[one.number].same]
        for state, ones in ((State.NEW, new), (State.CHANGED, changed)):
            _set_state(state, ones)
        _set_state(State.KNOWN, [one for one in told if known[one.number].same])
        figures["new"] += len(new)
        figures["changed"] += len(changed)
        figures["known"] += len(told) - len(changed)
        figures["notices"] += find_notices([*new, *changed], by=by, at=at)
    batch.state, batch.done_at = Import.State.DONE, at
    batch.figures = batch.figures | figures
    batch.save(update_fields=["state", "done_at", "figures"])
    fact = LiteratureImported(
        batch.pk, records=sum(figures[n] for n in ("new", "known", "changed")), works=figures["new"]
    )
    entry = record(fact, by=by, at=at, touched=[batch])
    touch_all(entry, Work.objects.filter(pk__in=batch.records.filter(work__isnull=False).values("work")))
    return batch


def _next(batch: Import, last: int) -> list[Record]:
    rows = batch.records.exclude(state__in=[State.LEFT_OUT, State.DELETED]).filter(number__gt=last)
    return list(rows.order_by("number")[:AT_ONCE])


def _set_state(state: str, ones: Sequence[Record]) -> None:
    ids = [one.pk for one in ones if one.state != state]
    if ids:
        Record.objects.filter(pk__in=ids).update(state=state)


def _speak_again(told: Sequence[Record], known: dict[int, Before], *, at: datetime) -> None:
    """What a source says anew stands in the place of what it said before."""
    if not told:
        return
    before = {one.pk: known[one.number] for one in told}
    set_each(Record, "work", [(pk, old.work_id) for pk, old in before.items()])
    set_each(Record, "replaces", [(pk, old.pk) for pk, old in before.items()])
    Record.objects.filter(pk__in=[old.pk for old in before.values()]).update(replaced=True)
    versions = dict(Record.objects.filter(pk__in=[old.pk for old in before.values()]).values_list("pk", "version"))
    for version in set(versions.values()) - {Record.Version.SAME}:
        ids = [pk for pk, old in before.items() if versions[old.pk] == version]
        Record.objects.filter(pk__in=ids).update(version=version)
    works = Work.objects.in_bulk({old.work_id for old in before.values()})
    for one in told:
        one.work = works[before[one.pk].work_id]
    put_together(works, at=at)
