"""What this room does when a fact arrives: it carries its own imports forward, step by step."""

from datetime import datetime

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.ledger.actors import Actor

from . import importing, undoing
from .facts import ImportArrived, LawFileArrived, LawFileConfirmed, ReadingLeaving
from .models import Import, ImportItem, Reading


def list_import(fact: ImportArrived, *, by: Actor, at: datetime) -> None:
    batch = Import.objects.get(pk=fact.import_id)
    if batch.state == Import.State.CHECKING:
        package = KeptFile.objects.get(pk=fact.file_id)
        importing.list_package(batch, package, offset=fact.offset, by=by, at=at)


def check_file(fact: LawFileArrived, *, by: Actor, at: datetime) -> None:
    item = ImportItem.objects.select_related("batch", "file").get(pk=fact.item_id)
    if item.batch.state == Import.State.CHECKING:
        importing.check_file(item)


def take_file(fact: LawFileConfirmed, *, by: Actor, at: datetime) -> None:
    item = ImportItem.objects.select_related("batch", "file").get(pk=fact.item_id)
    importing.take_file(item, by=by, at=at)


def remove_reading(fact: ReadingLeaving, *, by: Actor, at: datetime) -> None:
    reading = Reading.objects.select_related("law").filter(pk=fact.reading_id).first()
    if reading is not None:
        undoing.remove_reading(reading)
