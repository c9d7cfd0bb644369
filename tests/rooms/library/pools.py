"""Deliveries of many records, as an import leaves them: one work a record, not compared with anything yet."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.rooms.library.actions.linking import link_batch
from nahtstelle.rooms.library.actions.works import put_together
from nahtstelle.rooms.library.models import Import, Record, Work

from .stock import delivery

BY = system("tests")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def deliver(said: Iterable[Said], source: str = "Scopus", *, whole: bool = False) -> list[Record]:
    """``whole``: the fields of works are put together too, which most tests do not need."""
    batch = delivery(source)
    given = list(said)
    start = Work.objects.count()
    works = Work.objects.bulk_create(
        [
            Work(citekey=f"work{start + number}", title=one.title, year=one.year, created_at=NOW, changed_at=NOW)
            for number, one in enumerate(given)
        ],
        batch_size=500,
    )
    records = Record.objects.bulk_create(
        [
            Record(
                batch=batch, number=number, work=works[number - 1], state=Record.State.NEW, title=one.title,
                year=one.year, doi=one.doi, key=one.key, values=asdict(one), digest=str(number),
            )
            for number, one in enumerate(given, start=1)
        ],
        batch_size=500,
    )  # fmt: skip
    if whole:
        put_together(works, at=NOW)
    return records


def link(records: list[Record]) -> Import:
    """Compare a delivery with all there is."""
    batch = records[0].batch
    link_batch(batch=batch, by=BY, at=NOW)
    return batch


def groups_of(records: Iterable[Record]) -> set[frozenset[int]]:
    """The places among ``records`` that lie in one work, where it is more than one."""
    of: dict[int, set[int]] = {}
    works = dict(Record.objects.filter(work__isnull=False).values_list("pk", "work"))
    for place, record in enumerate(records):
        of.setdefault(works[record.pk], set()).add(place)
    return {frozenset(places) for places in of.values() if len(places) > 1}


def in_stock(said: Iterable[Said]) -> list[Record]:
    """What was delivered and linked long ago."""
    records = deliver(said, "Bestand", whole=True)
    link(records)
    return records
