"""The demo's invented studies: works with a record each and the concepts they were given, written in bulk."""

from datetime import datetime
from typing import Any

from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.library.models import Import, Record, Tag, Work

from .content_files import read_list

SOURCE = "Erfundene Studien der Demo"
_VALUES = ("kind", "title", "year", "container", "volume", "issue", "pages", "publisher", "place", "doi", "language", "abstract")  # fmt: skip


def shelve(*, by: Account, at: datetime) -> dict[str, Work]:
    """The works by their citation key; vocabulary must be there."""
    rows = read_list("library/studies.yaml")
    batch = Import.objects.create(
        source=SOURCE, kind=Import.Kind.OTHER, state=Import.State.DONE, records_read=len(rows), given_by=by, given_at=at,
        done_at=at, figures={"records": len(rows), "new": len(rows), "works": len(rows)},
    )  # fmt: skip
    works = {one.citekey: one for one in Work.objects.bulk_create(_work(row, by=by, at=at) for row in rows)}
    records = Record.objects.bulk_create(
        _record(row, batch, number, works[row["key"]]) for number, row in enumerate(rows, start=1)
    )
    for record in records:
        work = works[record.key]
        work.provenance = {name: f"record:{record.pk}" for name in record.values if name not in ("key", "notes")}
    Work.objects.bulk_update(works.values(), ["provenance"])
    concepts = {concept.key: concept for concept in Concept.objects.all()}
    Tag.objects.bulk_create(
        Tag(work=works[row["key"]], concept=concepts[key], state=Tag.State.ACCEPTED, decided_by=by, decided_at=at)
        for row in rows
        for key in row["concepts"]
    )
    return works


def _work(row: dict[str, Any], *, by: Account, at: datetime) -> Work:
    people = " ".join(" ".join(name) for name in row["authors"])
    return Work(
        citekey=row["key"], authors=row["authors"], issued=str(row["year"]), created_at=at, created_by=by, changed_at=at,
        folded=" ".join((row["title"], people, row.get("container", ""), row.get("doi", ""), row["key"])).casefold(),
        first_author=row["authors"][0][0].casefold(), **{name: row[name] for name in _VALUES if name in row},
    )  # fmt: skip


def _record(row: dict[str, Any], batch: Import, number: int, work: Work) -> Record:
    said = {name: row[name] for name in _VALUES if name in row}
    return Record(
        batch=batch, number=number, key=row["key"], title=row["title"], year=row["year"], doi=row.get("doi", ""),
        values={"key": row["key"], "authors": row["authors"], "issued": str(row["year"]), **said},
        digest=row["key"], state=Record.State.NEW, work=work,
    )  # fmt: skip
