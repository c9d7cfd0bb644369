"""Reading a delivery slice by slice: its records, and what could not be read of it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from nahtstelle.engines.literature.formats.heads import head_of
from nahtstelle.engines.literature.formats.tables import HEAD
from nahtstelle.engines.literature.formats.values import Broken, broken
from nahtstelle.engines.literature.plain import kept
from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.plumbing.files.actions import forget, unpacked
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..columns import digest_of
from ..facts import ImportArrived
from ..models import Columns, Import, Record, Unread
from ..queries.known import earlier_imports, known_among
from ..readers import Reader, hold, reader_at

READ_AT_ONCE = 3_000  # records a transaction, so that nobody waits long for the database
MOST_UNREAD = 5_000  # that are kept word for word; further ones are counted
State = Import.State
OURS = HEAD.strip().split(",")


@transaction.atomic
def read_on(*, batch: Import, after: int, by: Actor, at: datetime) -> None:
    """Read the next slice; a delivery somebody gave up, or a slice that was read already, is left alone."""
    batch = Import.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
    if batch.state != State.READING or batch.file is None or batch.cursor.get("items", 0) != after:
        return
    if batch.cursor.get("head") and not _knows_columns(batch):
        return
    reader = reader_at(batch, after)
    found = reader.take(READ_AT_ONCE)
    _keep_slice(batch, found)
    batch.cursor = batch.cursor | {"items": reader.position}
    if len(found) == READ_AT_ONCE:
        _go_on(batch, reader, by=by, at=at)
    else:
        batch.encoding = reader.reading.encoding[:40]
        reader.close()
        _end(batch)
    batch.save()


def _go_on(batch: Import, reader: Reader, *, by: Actor, at: datetime) -> None:
    record(ImportArrived(batch.pk, after=reader.position), by=by, at=at)
    # Only then is it sure that this slice is there; a reader of one that was rolled back would be ahead.
    transaction.on_commit(lambda: hold(batch, reader))


def _knows_columns(batch: Import) -> bool:
    """Find the columns of a table. A person is asked, but for headers that were assigned before and for our own."""
    assert batch.file is not None
    with unpacked(batch.file) as stream:
        head = head_of(stream, batch.file_name)
    if not isinstance(head, Broken) and not any(head.samples):
        head = broken(0, "", "empty")
    if isinstance(head, Broken):
        _keep_slice(batch, [head])
        _end(batch)
        batch.save()
        return False
    batch.headers = list(head.headers)
    remembered = Columns.objects.filter(digest=digest_of(batch.headers)).first()
    batch.columns = remembered.columns if remembered else {str(at): field for at, field in head.proposed.items()}
    batch.cursor = batch.cursor | {"head": False, "samples": [list(cells) for cells in head.samples]}
    if remembered or list(head.headers) == OURS:
        batch.figures = batch.figures | {"remembered": bool(remembered)}
        return True
    batch.state = State.MAPPING
    batch.save()
    return False


def _keep_slice(batch: Import, found: Sequence[Said | Broken]) -> None:
    number, rows, unread = batch.records_read, [], []
    for one in found:
        if isinstance(one, Broken):
            unread.append(one)
            continue
        number += 1
        values, digest = kept(one)
        rows.append(
            Record(
                batch=batch,
                number=number,
                key=values.get("key", "")[:255],
                title=values.get("title", ""),
                year=one.year if one.year and one.year < 10_000 else None,
                doi=values.get("doi", "")[:255],
                values=values,
                digest=digest,
            )
        )
    sort_out(rows, batch=batch)
    Record.objects.bulk_create(rows, batch_size=500)
    batch.records_read = number
    keep_unread(batch, unread)


def sort_out(rows: Sequence[Record], *, batch: Import) -> None:
    """Say of each record whether its source said it before, word for word or otherwise."""
    known = known_among(rows, batch=batch, earlier=earlier_imports(batch))
    for row in rows:
        if row.state != Record.State.DELETED:
            before = known.get(row.number)
            row.state = (
                Record.State.NEW if before is None else Record.State.KNOWN if before.same else Record.State.CHANGED
            )


def keep_unread(batch: Import, unread: Sequence[Broken]) -> None:
    room = max(MOST_UNREAD - batch.figures.get("unread", 0), 0)
    Unread.objects.bulk_create(
        [
            Unread(batch=batch, line=one.line, raw=one.raw.replace("\x00", ""), code=one.code,
                   details=dict(one.details), kept=one.kept)
            for one in unread[:room]
        ],
        batch_size=500,
    )  # fmt: skip
    batch.figures = batch.figures | {"unread": batch.figures.get("unread", 0) + len(unread)}


def _end(batch: Import) -> None:
    """All is read: to be looked at, or refused where no record came of it."""
    if batch.records_read:
        batch.state = State.PREVIEW
        return
    first = batch.unread.order_by("line", "pk").first()
    batch.state = State.REFUSED
    batch.trouble = {"code": first.code, "line": first.line, "details": first.details} if first else {"code": "empty"}
    if first is not None and first.code == "no_title_column" and batch.headers:
        batch.state, batch.trouble = State.MAPPING, {}
        batch.unread.all().delete()
        return
    file, batch.file = batch.file, None
    if file is not None:
        batch.save()
        forget(file)
