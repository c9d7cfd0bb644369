"""What the demo's library has none of when it opens, so that every kind of its pages can be looked at."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import typst

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.library.actions import full_texts, giving, notices, taking_in
from nahtstelle.rooms.library.models import FullText, Import, Notice, SavedSearch, Work

TABLE = "TI;AU;PY;XX\nEine erfundene Studie;Klee, Anna;2021;A1\nNoch eine;Berg, Bo;2020;A2\n"
REFERENCES = (
    "TY  - JOUR\nTI  - Ohne Ende\nTY  - JOUR\nTI  - Wege in Arbeit\nAU  - Klee, Anna\nPY  - 2021\n"
    "DO  - 10.5555/wege\nID  - 1\nER  - \n"
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A work with all that can be on it; a table that is looked at; a delivery that was taken in; a list of DOIs; a saved
    search of the demo."""

    work: Work
    record: int  # of the work
    notice: Notice
    text: FullText
    table: Import
    done: Import
    dois: Import
    search: SavedSearch


def furnish_shelf(by: Actor, at: datetime) -> Shelf:
    """Add it to the loaded demo."""
    done = _given("treffer.ris", REFERENCES, "Erfundene Datenbank", by, at)
    taking_in.confirm(batch=done, by=by, at=at)
    deliver_all(at=at)
    done.refresh_from_db()
    table = _given("regal.csv", TABLE, "Regal", by, at)
    columns = {int(place): field for place, field in table.columns.items()}
    giving.choose_columns(batch=table, columns=columns, by=by, at=at)
    deliver_all(at=at)
    table.refresh_from_db()
    work = Work.objects.get(doi="10.5555/wege")
    notice = notices.note(work=work, kind=Notice.Kind.CORRECTION, words="Tabelle 2 wurde berichtigt.", by=by, at=at)
    text = full_texts.attach(
        work=work,
        name="wege.pdf",
        content=typst.compile(b"Wege in Arbeit"),
        rights=FullText.Rights.LICENSED,
        by=by,
        at=at,
    )
    deliver_all(at=at)
    dois = _given("liste.txt", "10.5555/eins\n10.5555/zwei\n", "DOI-Liste", by, at)
    search = SavedSearch.objects.get(name="Erfundenes Repositorium für Arbeitsforschung")
    return Shelf(work, work.records.get().pk, notice, text, table, done, dois, search)


def _given(name: str, text: str, source: str, by: Actor, at: datetime) -> Import:
    content = text.encode()
    batch = giving.give_file(stream=BytesIO(content), name=name, size=len(content), source=source, by=by, at=at)
    deliver_all(at=at)
    batch.refresh_from_db()
    return batch
