"""Keeping records for harvesters: which outputs they may have, when each last changed, which are gone.

A record is made when everybody may read an output for the first time and never leaves again: withdrawn, or opened to
fewer readers, it answers as deleted. What never was public has no record. Records follow the facts of the room outputs;
a chore catches what comes without one, as the end of a validity does.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.outputs import describing
from nahtstelle.rooms.outputs import facts as output_facts
from nahtstelle.rooms.outputs.describing import Described
from nahtstelle.rooms.outputs.models import Impact, Output

from ..models import HarvestGroup, HarvestRecord

AT_ONCE = 200
AboutOne = (
    output_facts.EditionPublished | output_facts.StepTaken | output_facts.OutputEdited | output_facts.ImpactSettled
    | output_facts.WaveReached
)  # fmt: skip


def follow_output(fact: AboutOne, *, by: Actor, at: datetime) -> None:
    """Something happened to one output."""
    keep_records([fact.output_id], at=at)


def follow_wave(fact: output_facts.WaveOpened, *, by: Actor, at: datetime) -> None:
    """A wave put banners on texts."""
    touched = Impact.objects.filter(wave=fact.wave_id).order_by().values_list("output", flat=True).distinct()
    keep_records(touched, at=at)


def follow_all(fact: output_facts.WaveLetGo, *, by: Actor, at: datetime) -> None:
    """A wave was taken back; nobody knows any more which texts it had touched."""
    refresh_records(by=by, at=at)


def refresh_records(*, by: Actor, at: datetime) -> int:
    """Bring every record in line with what can be read today; the number that changed."""
    public = describing.public(on=timezone.localdate(at)).order_by().values_list("pk", flat=True)
    known = HarvestRecord.objects.filter(deleted=False, output__isnull=False).values_list("output", flat=True)
    return keep_records(sorted({*public, *known}), at=at)


def keep_records(outputs: Iterable[int], *, at: datetime) -> int:
    """Bring the records of these outputs, by id, in line with what everybody may read; the number that changed."""
    ids = list(outputs)
    return sum(_keep_some(ids[start : start + AT_ONCE], at=at) for start in range(0, len(ids), AT_ONCE))


def _keep_some(ids: list[int], *, at: datetime) -> int:
    today, stamp = timezone.localdate(at), at.replace(microsecond=0)
    with transaction.atomic():
        locked = HarvestRecord.objects.select_for_update().filter(output__in=ids).order_by("pk")
        records = {record.output_id: record for record in locked}
        if not records and not Output.objects.filter(pk__in=ids, edition__isnull=False).exists():
            return 0  # drafts, which most facts are about
        readable = list(describing.public(on=today).filter(pk__in=ids).order_by("pk"))
        described = describing.describe(readable, on=today)
        moved = [output for output in readable if _has_moved(described[output.pk], records.get(output.pk))]
        if moved:
            _write(moved, described, stamp=stamp)
        gone = [pk for pk, record in records.items() if pk not in described and not record.deleted]
        if gone:
            HarvestRecord.objects.filter(output__in=gone).update(deleted=True, stamp=stamp, digest="")
    return len(moved) + len(gone)


def _has_moved(about: Described, record: HarvestRecord | None) -> bool:
    return record is None or record.deleted or record.digest != digest_of(about)


def _write(moved: list[Output], described: dict[int, Described], *, stamp: datetime) -> None:
    rows = (
        HarvestRecord(output=output, slug=output.slug, stamp=stamp, digest=digest_of(described[output.pk]))
        for output in moved
    )
    HarvestRecord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["output"], update_fields=["slug", "stamp", "deleted", "digest"]
    )
    HarvestGroup.objects.filter(record__output__in=moved).delete()
    ids = HarvestRecord.objects.filter(output__in=moved).values_list("output", "pk")
    HarvestGroup.objects.bulk_create(
        HarvestGroup(record_id=record, spec=spec) for output, record in ids for spec in described[output].groups
    )


def digest_of(about: Described) -> str:
    """Names everything a record says; two descriptions with one digest say the same."""
    return hashlib.sha256(repr(about).encode()).hexdigest()
