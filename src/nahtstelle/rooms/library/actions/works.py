"""Works out of records: made, put together anew, set right by hand, a record moved out of a work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.kit.setting import set_each
from nahtstelle.plumbing.kit.slices import slices
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..assembling import FIELDS, PERSON, Source, assembled, citekey_of, first_author, folded
from ..facts import RecordMoved, WorkChanged
from ..models import Import, Record, Work
from ..queries.works import speaking
from ..rules.works import check_can_be_edited
from .pairs import tell_apart

MADE_AT_ONCE = 500
PUT_AT_ONCE = 300
ASKED_AT_ONCE = 800
PUT = ["kind", *FIELDS[1:], "provenance", "folded", "first_author", "changed_at"]


def make_works(records: Sequence[Record], *, batch: Import | None, by: Actor, at: datetime) -> list[Work]:
    """One work for each record, in the order of the records; within the caller's transaction."""
    made: list[Work] = []
    for one in records:
        source = Source(one.pk, one.version, one.values)
        told, whence = assembled([source], now={}, provenance={})
        work = Work(created_at=at, created_by_id=by.account_id, changed_at=at, provenance=whence, **told)
        work.first_author = first_author(told)
        made.append(work)
    for work, key in zip(made, free_citekeys([citekey_of(vars(work)) for work in made], records), strict=True):
        work.citekey = key
        work.folded = folded(vars(work), key)
    Work.objects.bulk_create(made, batch_size=MADE_AT_ONCE)
    set_each(Record, "work", [(one.pk, work.pk) for one, work in zip(records, made, strict=True)])
    for one, work in zip(records, made, strict=True):
        one.work = work
    return made


def free_citekeys(wanted: Sequence[str], records: Sequence[Record]) -> list[str]:
    """Each key as it is or with a letter, mueller2021b; where many have it, with the number of the record."""
    candidates = {key for base in set(wanted) for key in (base, *(base + letter for letter in _LETTERS))}
    taken = _taken(candidates)
    found: list[str] = []
    for base, one in zip(wanted, records, strict=True):
        key = next((k for k in (base, *(base + letter for letter in _LETTERS)) if k not in taken), "")
        key = key or f"{base}-{one.pk}"
        taken.add(key)
        found.append(key)
    return found


_LETTERS = "bcdefgh"


def _taken(keys: Iterable[str]) -> set[str]:
    taken: set[str] = set()
    for some in slices(sorted(keys), ASKED_AT_ONCE):
        taken.update(Work.objects.filter(citekey__in=some).values_list("citekey", flat=True))
    return taken


def put_together(works: Iterable[Work | int], *, at: datetime) -> None:
    """Recompute the fields of works from their records by provenance; what a person set stays."""
    for ids in slices(sorted({work if isinstance(work, int) else work.pk for work in works}), PUT_AT_ONCE):
        _put(ids, at=at)


def _put(ids: Sequence[int], *, at: datetime) -> None:
    sources: dict[int, list[Source]] = defaultdict(list)
    rows = speaking().filter(work__in=ids).order_by("pk").values_list("work", "pk", "version", "values")
    for work_id, pk, version, values in rows:
        sources[work_id].append(Source(pk, version, values))
    changed = []
    for work in Work.objects.filter(pk__in=ids):
        if not sources[work.pk]:
            continue  # nobody imported it, or no source speaks of it any more: it stays as it was
        now = {name: getattr(work, name) for name in FIELDS}
        told, whence = assembled(sources[work.pk], now=now, provenance=work.provenance)
        if told == now and whence == work.provenance:
            continue
        _fill(work, told, whence, at=at)
        changed.append(work)
    if changed:
        Work.objects.bulk_update(changed, PUT, batch_size=50)


def _fill(work: Work, told: dict[str, Any], whence: dict[str, str], *, at: datetime) -> None:
    for name, value in told.items():
        setattr(work, name, value)
    work.provenance, work.changed_at = whence, at
    work.folded, work.first_author = folded(told, work.citekey), first_author(told)


@transaction.atomic
def set_fields(*, work: Work, values: dict[str, Any], by: Actor, at: datetime) -> Work:
    """Set fields of a work by hand; they stay, whatever its sources say later. Raises ``NotNow`` on a signpost."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    check_can_be_edited(work)
    before = {name: getattr(work, name) for name in FIELDS}
    changed = {name: value for name, value in values.items() if name in before and value != before[name]}
    if not changed:
        return work
    told = before | changed
    if not told["title"] and not told["doi"]:
        raise Refusal(_("A work needs a title or a DOI."))
    whence = {name: said for name, said in work.provenance.items() if name not in changed}
    _fill(work, told, whence | dict.fromkeys(changed, PERSON), at=at)
    work.save()
    record(WorkChanged(work.pk), by=by, at=at, touched=[Touched(work, changes_between(before, told))])
    return work


@transaction.atomic
def give_back(*, work: Work, field: str, by: Actor, at: datetime) -> Work:
    """Take a field from the sources again. Raises ``Refusal`` where no source says anything of it."""
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    check_can_be_edited(work)
    if field not in FIELDS:
        raise Refusal(_("A work has no such field."))
    if not speaking(work.records.all()).exists():
        raise NotNow(_("No source describes this work; there is nothing to go back to."))
    before = {name: getattr(work, name) for name in FIELDS}
    sources = [Source(*row) for row in speaking(work.records.all()).values_list("pk", "version", "values")]
    # Emptied, so that nothing stands in the way of the sources.
    now = before | {field: {"year": None, "kind": "document"}.get(field, [] if isinstance(before[field], list) else "")}
    told, whence = assembled(sources, now=now, provenance={k: v for k, v in work.provenance.items() if k != field})
    if field == "title" and not told["title"] and not told["doi"]:
        raise NotNow(_("No source gives this work a title."))
    _fill(work, told, whence, at=at)
    work.save()
    record(WorkChanged(work.pk), by=by, at=at, touched=[Touched(work, changes_between(before, told))])
    return work


@transaction.atomic
def set_version(*, one: Record, version: str, by: Actor, at: datetime) -> Record:
    """Say how what a record describes relates to the work: a preprint of it, a translation …"""
    if version not in Record.Version.values:
        raise Refusal(_("There is no such kind of version."))
    one = Record.objects.select_for_update(of=("self",)).get(pk=one.pk)
    work = _work_of(one)
    if one.version == version:
        return one
    before, one.version = one.version, version
    one.save(update_fields=["version"])
    put_together([work], at=at)
    touched = [Touched(work, {"version": (before, version)})]
    record(WorkChanged(work.pk), by=by, at=at, touched=touched)
    return one


@transaction.atomic
def move_out(*, one: Record, by: Actor, at: datetime) -> Work:
    """Make a record a work of its own. Raises ``NotNow`` where it is the only one of its work."""
    one = Record.objects.select_for_update(of=("self",)).get(pk=one.pk)
    work = _work_of(one)
    if not speaking(work.records.all()).exclude(pk=one.pk).exists() or one.replaced:
        raise NotNow(_("This record is the only one of its work."))
    made = make_works([one], batch=one.batch, by=by, at=at)[0]
    older = one.replaces
    while older is not None and older.work_id == work.pk:  # what the same source said before goes with it
        older.work = made
        older.save(update_fields=["work"])
        older = older.replaces
    one.version = Record.Version.SAME
    one.save(update_fields=["version"])
    put_together([work], at=at)
    tell_apart(one=work, two=made, by=by, at=at)  # or the machine might bring them together again
    record(RecordMoved(one.pk, work.pk, made.pk), by=by, at=at, touched=[work, made])
    return made


def _work_of(one: Record) -> Work:
    if one.work_id is None:
        raise NotNow(_("This record has not been taken in."))
    work = Work.objects.select_for_update(of=("self",)).get(pk=one.work_id)
    check_can_be_edited(work)
    return work
