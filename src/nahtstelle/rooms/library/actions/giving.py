"""Giving a file of literature, saying what its columns mean, giving it up."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from nahtstelle.engines.literature.formats.heads import TABLES
from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import broken
from nahtstelle.plumbing.files.actions import forget, keep_stream
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from ..columns import digest_of
from ..facts import ImportAbandoned, ImportArrived
from ..models import Columns, Import
from ..rules.imports import check_can_be_abandoned, check_can_be_mapped, check_columns, check_size
from ..said import said

_CHUNK = 1 << 16


@transaction.atomic
def give_file(
    *,
    stream: BinaryIO,
    name: str,
    size: int,
    source: str,
    kind: str = Import.Kind.DATABASE,
    searched_on: date | None = None,
    search_words: str = "",
    by: Actor,
    at: datetime,
) -> Import:
    """Accept a file: keep its bytes and have it read.

    Raises ``Refusal`` where it is too large, empty or in no format that is read; ``StorageTrouble`` where it cannot be kept.
    """
    check_size(size)
    if not stream.read(_CHUNK).strip():
        raise Refusal(said(broken(0, "", "empty")))
    stream.seek(0)
    reading = read(stream, name)
    if not reading.form:
        raise Refusal(said(broken(0, "", "unknown_format")))
    stream.seek(0)
    batch = Import.objects.create(
        source=source.strip(), kind=Import.Kind(kind).value, searched_on=searched_on, search_words=search_words.strip(),
        file=keep_stream(_chunks(stream), media_type="application/octet-stream", at=at), file_name=name[-200:],
        form=reading.form, given_by=Account.objects.filter(pk=by.account_id).first(), given_at=at,
        cursor={"items": 0, "head": reading.form in TABLES},
    )  # fmt: skip
    record(ImportArrived(batch.pk), by=by, at=at, touched=[batch])
    return batch


def _chunks(stream: BinaryIO) -> Iterable[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


@transaction.atomic
def choose_columns(*, batch: Import, columns: Mapping[int, str], by: Actor, at: datetime) -> Import:
    """Say which column is which field, remember it, and have the rows read by it, from the first."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_mapped(batch)
    check_columns(columns)
    plain = {str(place): field for place, field in sorted(columns.items())}
    Columns.objects.update_or_create(digest=digest_of(batch.headers), defaults={"columns": plain})
    batch.records.all().delete()
    batch.unread.all().delete()
    batch.columns, batch.state, batch.trouble, batch.records_read = plain, Import.State.READING, {}, 0
    batch.cursor = {"items": 0, "head": False}
    batch.save()
    record(ImportArrived(batch.pk), by=by, at=at, touched=[batch])
    return batch


@transaction.atomic
def abandon(*, batch: Import, by: Actor, at: datetime) -> Import:
    """Give up an import before it was carried out; its records and its file are erased."""
    batch = Import.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_can_be_abandoned(batch)
    file, batch.file, batch.state = batch.file, None, Import.State.ABANDONED
    batch.save(update_fields=["file", "state"])
    batch.records.all().delete()
    batch.unread.all().delete()
    if file is not None:
        forget(file)
    record(ImportAbandoned(batch.pk), by=by, at=at, touched=[batch])
    return batch
