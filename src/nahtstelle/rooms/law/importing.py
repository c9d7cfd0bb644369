"""Imports of law files: given, checked, previewed, confirmed, taken in file by file, abandoned or taken back.

Each file is checked and taken in by a delivery of its own: a broken file harms no other, a killed worker goes on where it
stopped, and nothing is taken in twice.
"""

import io
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawTextError, NormKind
from nahtstelle.plumbing.files.actions import content_of, keep
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import questions, rules
from .facts import (
    AmendmentAnnounced,
    ImportArrived,
    ImportConfirmed,
    ImportEnded,
    LawArrived,
    LawFileArrived,
    LawFileConfirmed,
    ProvisionsAmended,
    ReadingTaken,
    ReadingLeaving,
)
from .models import Announcement, Change, Import, ImportItem, Law, Provision, Reading
from .reading_in import Place, Taken, engine_reading, is_substance, place_of, see_again, slug_of, take
from .sentences import sentence_of

State = ImportItem.State
MOST_NAMES = 12  # designations shown in a preview before "and n more"


def give_package(
    *, name: str, content: bytes, seen_on: date, complete: bool = False, by: Actor, at: datetime
) -> Import:
    """Accept a delivery (one XML, a zip, a tar): keep its bytes and have it listed and checked.

    Raises ``Refusal`` when the day lies ahead, ``StorageTrouble`` when the bytes cannot be kept.
    """
    rules.check_day_is_not_ahead(seen_on, today=at.date())
    with transaction.atomic():
        kept = keep(content, media_type="application/octet-stream", at=at)
        batch = _open(source=name, seen_on=seen_on, complete=complete, by=by, at=at)
        record(ImportArrived(import_id=batch.pk, file_id=kept.pk), by=by, at=at, touched=[batch])
    return batch


def give_files(
    *, source: str, files: Iterable[tuple[str, bytes | LawTextError]], seen_on: date, complete: bool, by: Actor,
    at: datetime,
) -> Import:  # fmt: skip
    """Accept files one by one (a folder, the portal). Files that arrive broken are listed with their trouble."""
    rules.check_day_is_not_ahead(seen_on, today=at.date())
    with transaction.atomic():
        batch = _open(source=source, seen_on=seen_on, complete=complete, by=by, at=at)
    for name, content in files:
        with transaction.atomic():
            _list_file(batch, name, content, by=by, at=at)
    with transaction.atomic():
        _close_check(batch)
    return batch


def _open(*, source: str, seen_on: date, complete: bool, by: Actor, at: datetime) -> Import:
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    return Import.objects.create(
        source=source[:300], seen_on=seen_on, complete=complete, started_at=at, started_by=account
    )


def list_package(batch: Import, package: KeptFile, *, by: Actor, at: datetime) -> None:
    """Lay out one item per file of a kept package."""
    if batch.items.exists():
        return
    try:
        for name, content in open_law_archive(io.BytesIO(content_of(package)), name=batch.source):
            _list_file(batch, name, content, by=by, at=at)
    except LawTextError as trouble:
        # The archive breaks off here; what came before is listed and can be taken in.
        _list_file(batch, batch.source, trouble, by=by, at=at)
    if not batch.items.exists():
        _list_file(batch, batch.source, LawTextError("The package is empty.", code="empty_package"), by=by, at=at)
    _close_check(batch)


def _list_file(batch: Import, name: str, content: bytes | LawTextError, *, by: Actor, at: datetime) -> None:
    if isinstance(content, LawTextError):
        ImportItem.objects.create(
            batch=batch, name=_free_name(batch, name), state=State.REFUSED, done=True,
            trouble=sentence_of(content), trouble_code=content.code,
        )  # fmt: skip
        return
    kept = keep(content, media_type="application/xml", at=at)
    item = ImportItem.objects.create(batch=batch, name=_free_name(batch, name), file=kept)
    record(LawFileArrived(item_id=item.pk), by=by, at=at)


def _free_name(batch: Import, name: str) -> str:
    """Two members of an archive may share a name; both are shown."""
    base, number = name[-280:], 2
    free = base
    while ImportItem.objects.filter(batch=batch, name=free).exists():
        free, number = f"{base} ({number})", number + 1
    return free


def check_file(item: ImportItem) -> None:
    """Read one file and note what taking it in would change."""
    if item.state != State.WAITING or item.file is None:
        return
    try:
        law = read_law(content_of(item.file))
        item.slug = slug_of(item.name, law)
        item.law_name = (law.official_abbreviation or law.short_title or law.long_title)[:300]
        place = place_of(item.slug, law, digest=item.file.digest, seen_on=item.batch.seen_on)
        item.state = place.state
        item.preview = _preview(place, law)
    except LawTextError as trouble:
        item.state, item.trouble, item.trouble_code, item.done = State.REFUSED, sentence_of(trouble), trouble.code, True
    except Refusal as refusal:
        item.state, item.trouble, item.trouble_code, item.done = State.REFUSED, str(refusal), "refused", True
    item.save()
    _close_check(item.batch)


def _preview(place: Place, law: object) -> dict[str, object]:
    if place.state == State.NEW_LAW:
        return {"provisions": sum(norm.kind is NormKind.PROVISION for norm in law.norms)}  # type: ignore[attr-defined]
    if place.state != State.NEWER or place.previous is None:
        return {}
    changed = [c for c in compare(engine_reading(place.previous), law) if is_substance(c)]  # type: ignore[arg-type]
    names = [change.designation or change.old_designation for change in changed]
    return {
        "changed": len(changed),
        "names": names[:MOST_NAMES],
        "since": place.previous.last_seen.isoformat(),
    }


def _close_check(batch: Import) -> None:
    if not batch.items.filter(state=State.WAITING).exists():
        Import.objects.filter(pk=batch.pk, state=Import.State.CHECKING).update(state=Import.State.PREVIEW)


def leave_out(item: ImportItem, *, leave: bool) -> None:
    """Take one file out of a preview, or back in."""
    if item.batch.state != Import.State.PREVIEW or item.state == State.REFUSED:
        return
    item.state = State.LEFT_OUT if leave else State.WAITING
    item.save(update_fields=["state"])
    if not leave:
        check_file(item)


def confirm(batch: Import, *, by: Actor, at: datetime) -> None:
    """Have the previewed files taken in.

    Raises ``NotNow`` when the import is not waiting for it.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch.pk)
        rules.check_import_can_be_confirmed(batch)
        batch.state = Import.State.RUNNING
        batch.save(update_fields=["state"])
        batch.items.filter(state=State.LEFT_OUT).update(done=True)
        record(ImportConfirmed(import_id=batch.pk), by=by, at=at, touched=[batch])
        for item_id in batch.items.filter(done=False).order_by("id").values_list("pk", flat=True):
            record(LawFileConfirmed(item_id=item_id), by=by, at=at)


def abandon(batch: Import, *, by: Actor, at: datetime) -> None:
    """Give up an import before it was confirmed; the files stay kept."""
    with transaction.atomic():
        changed = Import.objects.filter(pk=batch.pk, state__in=[Import.State.CHECKING, Import.State.PREVIEW]).update(
            state=Import.State.ABANDONED, finished_at=at
        )
        if changed:
            record(ImportEnded(import_id=batch.pk, state=Import.State.ABANDONED), by=by, at=at, touched=[batch])


def take_file(item: ImportItem, *, by: Actor, at: datetime) -> None:
    """Take one confirmed file in. What it changes is recorded; an unchanged text records nothing."""
    if item.done or item.file is None or item.batch.state != Import.State.RUNNING:
        return
    try:
        law = read_law(content_of(item.file))
        place = place_of(item.slug, law, digest=item.file.digest, seen_on=item.batch.seen_on)
        if place.state == State.SAME:
            item.reading = see_again(place, digest=item.file.digest, seen_on=item.batch.seen_on)
        else:
            taken = take(place, item.slug, law, file=item.file, seen_on=item.batch.seen_on, at=at)
            item.reading = taken.reading
            _tell(place, taken, by=by, at=at)
        item.state = place.state
    except Refusal as refusal:
        item.state, item.trouble, item.trouble_code = State.REFUSED, str(refusal), "refused"
    item.done = True
    item.save()
    _close_run(item.batch, at=at)


def _tell(place: Place, taken: Taken, *, by: Actor, at: datetime) -> None:
    law, reading = taken.law, taken.reading
    if place.law is None:
        record(LawArrived(law_id=law.pk, reading_id=reading.pk), by=by, at=at, touched=[law, reading])
        return
    record(
        ReadingTaken(
            law_id=law.pk, reading_id=reading.pk, seen_on=reading.first_seen, changed=len(taken.changes),
            late=reading.filed_late,
        ),  # fmt: skip
        by=by,
        at=at,
        touched=[law, reading],
    )
    if taken.substance:
        touched = Provision.objects.filter(pk__in=[c.provision_id for c in taken.changes if c.substance])
        record(
            ProvisionsAmended(law_id=law.pk, reading_id=reading.pk, provisions=taken.substance),
            by=by,
            at=at,
            touched=[law, *touched],
        )
    if taken.announced and not reading.filed_late:
        record(
            AmendmentAnnounced(law_id=law.pk, announcement_ids=tuple(a.pk for a in taken.announced)),
            by=by,
            at=at,
            touched=[law],
        )


def _close_run(batch: Import, *, at: datetime) -> None:
    if batch.items.filter(done=False).exists():
        return
    Import.objects.filter(pk=batch.pk, state=Import.State.RUNNING).update(state=Import.State.DONE, finished_at=at)
    if batch.complete:
        seen = batch.items.exclude(reading=None).values("reading__law")
        Law.objects.exclude(pk__in=seen).filter(missing_since=None).update(missing_since=batch.seen_on)


def undo(batch: Import, *, why: str, by: Actor, at: datetime) -> None:
    """Take a carried-out import back: its readings leave the stock, newest first; the files stay kept.

    Raises ``Refusal`` when a later reading or a settled review already builds on one of them: then a correcting reading
    must be imported instead.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch.pk)
        rules.check_import_can_be_undone(batch)
        own = {State.NEW_LAW, State.NEWER, State.LATE}
        readings = [i.reading for i in batch.items.filter(state__in=own).select_related("reading__law") if i.reading]
        for reading in readings:
            if reading.law.readings.filter(first_seen__gt=reading.first_seen, filed_late=False).exists():
                raise Refusal(
                    _("A later reading of %(law)s builds on this one; it cannot be taken back any more.")
                    % {"law": reading.law.citation}
                )
            objections = questions.objections_to_leaving(reading)
            if objections:
                raise Refusal(" ".join(str(sentence) for sentence in objections))
        # The rooms above let go first, then ``remove_reading`` takes the rows away: the wires stand in that order.
        for reading in sorted(readings, key=lambda r: r.first_seen, reverse=True):
            record(
                ReadingLeaving(
                    law_id=reading.law_id, reading_id=reading.pk, seen_on=reading.first_seen, digest=reading.digest
                ),
                by=by,
                at=at,
                why=why,
                touched=[reading.law],
            )
        batch.state = Import.State.UNDONE
        batch.finished_at = at
        batch.save(update_fields=["state", "finished_at"])
        record(ImportEnded(import_id=batch.pk, state=batch.state), by=by, at=at, why=why, touched=[batch])


def remove_reading(reading: Reading) -> None:
    """Take a reading and everything noticed in it out of the stock; what it changed is as it was before."""
    law = reading.law
    Change.objects.filter(reading=reading).delete()
    fresh = list(
        Provision.objects.filter(law=law).exclude(sightings__in=reading.sightings.model.objects.exclude(reading=reading))
    )
    reading.sightings.all().delete()
    Announcement.objects.filter(law=law, first_seen=reading.first_seen).delete()
    ImportItem.objects.filter(reading=reading).update(reading=None)
    reading.delete()
    Provision.objects.filter(pk__in=[p.pk for p in fresh]).delete()
    newest = law.readings.order_by("-first_seen").first()
    if newest is None:
        law.names.all().delete()
        law.delete()
        return
    seen = {s.provision_id: s for s in newest.sightings.select_related("wording")}
    for provision in Provision.objects.filter(law=law):
        sighting = seen.get(provision.pk)
        provision.gone = sighting is None
        if sighting is not None:
            provision.key, provision.designation = sighting.key, sighting.designation
            provision.title, provision.position = sighting.wording.title, sighting.position
            provision.repealed = sighting.repealed
        provision.save()
