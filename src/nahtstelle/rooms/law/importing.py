"""Imports of law files: given, checked, previewed, confirmed, taken in file by file, or abandoned.

Each file is checked and taken in by a delivery of its own: a broken file harms no other, a killed worker goes on where
it stopped, and nothing is taken in twice. How an import is taken back stands in ``undoing``.
"""

import io
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawTextError
from nahtstelle.plumbing.files.actions import content_of, keep
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from . import planning, rules
from .facts import (
    AmendmentAnnounced,
    ImportArrived,
    ImportConfirmed,
    ImportEnded,
    LawArrived,
    LawFileArrived,
    LawFileConfirmed,
    LawFileLeftOut,
    NamesChanged,
    ProvisionsAmended,
    ReadingTaken,
)
from .missing import mark_missing
from .models import Import, ImportItem, Provision
from .naming import citation_of
from .placing import Place, place_of, slug_of
from .previewing import preview_of
from .reading_in import Taken, see_again, take
from .sentences import FileRefused

State = ImportItem.State
Content = bytes | KeptFile | LawTextError  # what is listed: the bytes, a file kept before, or why there are none
LISTED_AT_ONCE = 200  # files of a package laid out in one transaction, so that nobody waits long for the database


def give_package(
    *, name: str, content: bytes, seen_on: date, complete: bool = False, by: Actor, at: datetime
) -> Import:
    """Accept a delivery (one XML, a zip, a tar): keep its bytes and have it listed and checked.

    Raises ``Refusal`` when the day lies ahead, ``StorageTrouble`` when the bytes cannot be kept.
    """
    rules.check_day_is_not_ahead(seen_on, today=timezone.localdate(at))
    with transaction.atomic():
        kept = keep(content, media_type="application/octet-stream", at=at)
        batch = _open(source=name, seen_on=seen_on, complete=complete, by=by, at=at)
        record(ImportArrived(import_id=batch.pk, file_id=kept.pk), by=by, at=at, touched=[batch])
    return batch


def give_files(
    *,
    source: str,
    files: Iterable[tuple[str, Content]],
    seen_on: date,
    complete: bool,
    by: Actor,
    at: datetime,
) -> Import:
    """Accept files one by one (a folder, many archives). Files that arrive broken are listed with their trouble."""
    batch = open_listing(source=source, seen_on=seen_on, complete=complete, by=by, at=at)
    for name, content in files:
        list_file(batch, name, content, by=by, at=at)
    close_listing(batch)
    return batch


def open_listing(*, source: str, seen_on: date, complete: bool, by: Actor, at: datetime) -> Import:
    """Begin an import whose files are listed one after the other; it stays open until ``close_listing``."""
    rules.check_day_is_not_ahead(seen_on, today=timezone.localdate(at))
    with transaction.atomic():
        return _open(source=source, seen_on=seen_on, complete=complete, by=by, at=at)


def list_file(batch: Import, name: str, content: Content, *, by: Actor, at: datetime) -> ImportItem:
    """Put one file on the list of an import and have it checked."""
    with transaction.atomic():
        return _list_file(batch, name, content, by=by, at=at)


def close_listing(batch: Import, *, complete: bool | None = None) -> None:
    """Every file of the import is listed; ``complete`` corrects what was thought of it at the beginning."""
    with transaction.atomic():
        batch.listed = True
        batch.complete = batch.complete if complete is None else complete
        batch.save(update_fields=["listed", "complete"])
        _close_check(batch)


def _open(*, source: str, seen_on: date, complete: bool, by: Actor, at: datetime) -> Import:
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    return Import.objects.create(
        source=source[:300], seen_on=seen_on, complete=complete, started_at=at, started_by=account
    )


def list_package(batch: Import, package: KeptFile, *, offset: int = 0, by: Actor, at: datetime) -> None:
    """Lay out one item per file of a kept package, from the file numbered ``offset``, some hundred at a time."""
    files = islice(open_law_archive(io.BytesIO(content_of(package)), name=batch.source), offset, None)
    listed = 0
    try:
        for name, content in files:
            if listed == LISTED_AT_ONCE:
                record(ImportArrived(import_id=batch.pk, file_id=package.pk, offset=offset + listed), by=by, at=at)
                return
            inside = "/" not in name and not batch.source.startswith(name)  # named only by the archive around it
            _list_file(batch, f"{batch.source}/{name}" if inside else name, content, by=by, at=at)
            listed += 1
    except LawTextError as trouble:
        # The archive breaks off here; what came before is listed and can be taken in.
        _list_file(batch, batch.source, trouble, by=by, at=at)
    if not batch.items.exists():
        _list_file(batch, batch.source, LawTextError("The package is empty.", code="empty_package"), by=by, at=at)
    close_listing(batch)


def _list_file(batch: Import, name: str, content: Content, *, by: Actor, at: datetime) -> ImportItem:
    free = _free_name(batch, name)
    if isinstance(content, LawTextError):
        item = ImportItem(batch=batch, name=free)
        _refuse(item, content)
        item.save()
        return item
    kept = content if isinstance(content, KeptFile) else keep(content, media_type="application/xml", at=at)
    item = ImportItem.objects.create(batch=batch, name=free, file=kept)
    record(LawFileArrived(item_id=item.pk), by=by, at=at)
    return item


def _refuse(item: ImportItem, trouble: LawTextError | FileRefused) -> None:
    item.state, item.done = State.REFUSED, True
    item.trouble, item.trouble_code = str(trouble), trouble.code[:60]
    item.preview = {"details": dict(trouble.details)}


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
    _look_into(item)
    _close_check(item.batch)


def _look_into(item: ImportItem) -> None:
    if item.file is None:
        return
    try:
        law = read_law(content_of(item.file))
        item.slug = slug_of(item.name, law)
        item.law_name = citation_of(law)
        place = place_of(item.slug, law, digest=item.file.digest, seen_on=item.batch.seen_on)
        item.state = place.state
        item.preview = preview_of(place, law)
    except (LawTextError, FileRefused) as trouble:
        _refuse(item, trouble)
    item.save()


def _close_check(batch: Import) -> None:
    if Import.objects.filter(pk=batch.pk, listed=False).exists():
        return
    if not batch.items.filter(state=State.WAITING).exists():
        Import.objects.filter(pk=batch.pk, state=Import.State.CHECKING).update(state=Import.State.PREVIEW)


def leave_out(item: ImportItem, *, leave: bool, by: Actor, at: datetime) -> None:
    """Take one file out of a preview, or back in.

    Raises ``NotNow`` when the import is past its preview or the file cannot be read anyway.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=item.batch_id)
        item = ImportItem.objects.select_related("batch", "file").get(pk=item.pk)
        rules.check_file_can_be_left_out(batch, item)
        if leave == (item.state == State.LEFT_OUT):
            return
        before = item.state
        if leave:
            item.state = State.LEFT_OUT
            item.save(update_fields=["state"])
        else:
            _look_into(item)
        record(
            LawFileLeftOut(item_id=item.pk, left_out=leave), by=by, at=at,
            touched=[Touched(batch, {item.name: (before, item.state)})],
        )  # fmt: skip


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
    """Give up an import before it was confirmed; the files stay kept.

    Raises ``NotNow`` when it was confirmed, or has ended already.
    """
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch.pk)
        rules.check_import_can_be_abandoned(batch)
        batch.state, batch.finished_at = Import.State.ABANDONED, at
        batch.save(update_fields=["state", "finished_at"])
        record(ImportEnded(import_id=batch.pk, state=batch.state), by=by, at=at, touched=[batch])


def take_file(item: ImportItem, *, by: Actor, at: datetime) -> None:
    """Take one confirmed file in. What it changes is recorded; an unchanged text records nothing."""
    if item.done or item.file is None or item.batch.state != Import.State.RUNNING:
        return
    seen_on = item.batch.seen_on
    try:
        law = read_law(content_of(item.file))
        item.slug = slug_of(item.name, law)
        place = place_of(item.slug, law, digest=item.file.digest, seen_on=seen_on)
        if place.state == State.SAME:
            item.reading = see_again(place, digest=item.file.digest, seen_on=seen_on)
        else:
            taken = take(place, item.slug, law, file=item.file, seen_on=seen_on, at=at)
            item.reading = taken.reading
            planning.note_seen(taken.law, taken.changes, seen_on=seen_on)
            _tell(place, taken, by=by, at=at)
        item.state = place.state
    except FileRefused as refusal:
        _refuse(item, refusal)
    item.done = True
    item.save()
    _close_run(item.batch, at=at)


def _tell(place: Place, taken: Taken, *, by: Actor, at: datetime) -> None:
    law, reading = taken.law, taken.reading
    if place.law is None:
        record(LawArrived(law_id=law.pk, reading_id=reading.pk), by=by, at=at, touched=[law, reading])
        return
    fact = ReadingTaken(
        law_id=law.pk, reading_id=reading.pk, seen_on=reading.first_seen, changed=len(taken.changes),
        late=reading.filed_late,
    )  # fmt: skip
    record(fact, by=by, at=at, touched=[law, reading])
    if taken.renamed:
        record(NamesChanged(law_id=law.pk), by=by, at=at, touched=[law])
    if taken.substance:
        touched = Provision.objects.filter(pk__in=[c.provision_id for c in taken.changes if c.substance])
        amended = ProvisionsAmended(law_id=law.pk, reading_id=reading.pk, provisions=taken.substance)
        record(amended, by=by, at=at, touched=[law, *touched])
    if taken.announced and not reading.filed_late:
        announced = AmendmentAnnounced(law_id=law.pk, announcement_ids=tuple(a.pk for a in taken.announced))
        record(announced, by=by, at=at, touched=[law])


def _close_run(batch: Import, *, at: datetime) -> None:
    if batch.items.filter(done=False).exists():
        return
    running = Import.objects.filter(pk=batch.pk, state=Import.State.RUNNING)
    if running.update(state=Import.State.DONE, finished_at=at) and batch.complete:
        mark_missing(batch)
