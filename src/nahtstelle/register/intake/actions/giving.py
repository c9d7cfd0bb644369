"""Giving a table, and reading its rows some thousand at a time."""

from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from nahtstelle.engines.tables.reading import read_table
from nahtstelle.engines.tables.values import TableTrouble, distinct
from nahtstelle.engines.tables.writing import as_meant
from nahtstelle.plumbing.files.actions import content_of, forget, keep
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from ..facts import TableArrived
from ..guessing import columns_of
from ..models import Batch, Row
from ..sentences import kept

READ_AT_ONCE = 5_000  # rows per transaction, so that nobody waits long for the database


@transaction.atomic
def give_table(*, kind: str, name: str, content: bytes, purpose: str, by: Actor, at: datetime) -> Batch:
    """Accept a table: keep its bytes and have its rows read. Raises ``Refusal`` without a purpose, ``StorageTrouble``."""
    if not purpose.strip():
        raise Refusal(_("Please say for what the data are kept."))
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    batch = Batch.objects.create(
        kind=Batch.Kind(kind).value,
        file_name=name[-200:],
        file=keep(content, media_type="application/octet-stream", at=at),
        purpose=purpose.strip(),
        given_by=account,
        given_at=at,
    )
    record(TableArrived(batch.pk), by=by, at=at, touched=[batch])
    return batch


@transaction.atomic
def read_rows(batch: Batch, *, offset: int, by: Actor, at: datetime) -> None:
    """Read the next rows of a table; what is no table is refused with its reason, and its bytes are erased."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("file").get(pk=batch.pk)
    if batch.state != Batch.State.READING or batch.rows_read != offset or batch.file is None:
        return
    try:
        table = read_table(content_of(batch.file))
        records = list(islice(table.records(), offset, offset + READ_AT_ONCE + 1))
        if not records and not offset:
            raise TableTrouble("only_headers")
    except TableTrouble as trouble:
        _refuse(batch, trouble)
        return
    rows = [
        Row(batch=batch, number=number, cells=list(map(as_meant, cells))) for number, cells in records[:READ_AT_ONCE]
    ]
    Row.objects.bulk_create(rows, batch_size=1000)
    batch.rows_read = offset + len(rows)
    if len(records) > READ_AT_ONCE:
        batch.save(update_fields=["rows_read"])
        record(TableArrived(batch.pk, offset=batch.rows_read), by=by, at=at)
        return
    batch.headers = list(distinct(tuple(map(as_meant, table.headers))))
    batch.columns, remembered = columns_of(batch.kind, batch.headers)
    batch.form = {"remembered": remembered}
    batch.state = Batch.State.MAPPING
    batch.save()


def _refuse(batch: Batch, trouble: TableTrouble) -> None:
    file, batch.file = batch.file, None
    batch.state, batch.rows_read, batch.trouble = Batch.State.REFUSED, 0, kept(trouble)
    batch.save()
    batch.rows.all().delete()
    if file is not None:
        forget(file)
