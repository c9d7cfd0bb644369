"""Works and records as the engine's records, to be written in any format."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet

from nahtstelle.engines.literature.plain import record_from
from nahtstelle.engines.literature.records import Extra, Record

from .assembling import RANKS, TEXTS
from .models import Record as Row
from .models import Work
from .queries.works import speaking

AT_ONCE = 500
_SAME = ("kind", "title", "year", "language", "abstract", *TEXTS)


def records_of_works(works: QuerySet[Work]) -> Iterator[Record]:
    """Each work under its citation key; with what its records say beyond the fields of works. In flat memory."""
    told = Prefetch(
        "records", queryset=speaking().only("pk", "work_id", "version", "values"), to_attr="speaking_records"
    )
    for work in works.prefetch_related(told).iterator(chunk_size=AT_ONCE):
        yield record_of_work(work, work.speaking_records)


def record_of_work(work: Work, rows: Iterable[Row]) -> Record:
    ordered = sorted(rows, key=lambda row: (RANKS.get(row.version, 9), row.pk))
    notes: list[str] = []
    extras: list[Extra] = []
    for row in ordered:
        notes += [note for note in row.values.get("notes", []) if note not in notes]
        extras += [said for said in (Extra(*one) for one in row.values.get("extras", [])) if said not in extras]
    plain = {name: getattr(work, name) for name in _SAME} | {
        "key": work.citekey, "authors": work.authors, "editors": work.editors, "keywords": work.keywords, "notes": notes,
    }  # fmt: skip
    # The source's own word for the language says more than the code told from the text.
    said = next((row.values["language"] for row in ordered if row.values.get("language")), "")
    if (work.provenance.get("language", "").startswith("record:") and said) or work.provenance.get(
        "language"
    ) != "person":
        plain["language"] = said
    return record_from(plain | {"extras": extras})


def records_as_given(rows: QuerySet[Row]) -> Iterator[Record]:
    """The records of a delivery, word for word."""
    for values in rows.order_by("number").values_list("values", flat=True).iterator(chunk_size=AT_ONCE):
        yield record_from(values)
