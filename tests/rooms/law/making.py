"""Law files for the tests, made to measure, and what an import needs to run."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger import delivery, wires
from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.rooms.law import importing, questions
from nahtstelle.rooms.law.models import Import, ImportItem, Law, Provision, Reading

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = system("tests")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>'
    '<!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">'
)


@dataclass(frozen=True, slots=True)
class Section:
    """One provision of an invented law: its designation, title, paragraphs and editors' notes."""

    designation: str
    text: str | Sequence[str] = ""
    title: str = ""
    notes: str = ""

    def xml(self, number: int, law: str) -> str:
        paragraphs = [self.text] if isinstance(self.text, str) else self.text
        content = "".join(f"<P>{escape(paragraph)}</P>" for paragraph in paragraphs)
        notes = f"<fussnoten><Content><P>{escape(self.notes)}</P></Content></fussnoten>" if self.notes else ""
        return (
            f'<norm doknr="{law}BJNE{number:04}00000"><metadaten><jurabk>ProbeG</jurabk>'
            f"<enbez>{escape(self.designation)}</enbez><titel>{escape(self.title)}</titel></metadaten>"
            f'<textdaten><text format="XML"><Content>{content}</Content></text>{notes}</textdaten></norm>'
        )


def law_xml(
    *sections: Section,
    name: str = "ProbeG",
    long_title: str = "Gesetz zur Probe",
    number: str = "BJNR000010020",
    build: str = "20200101000000",
    stand: Iterable[tuple[str, str]] = (),
    gazette: str = "BGBl I",
) -> bytes:
    """A file as the portal has it."""
    remarks = "".join(
        f"<standangabe><standtyp>{kind}</standtyp><standkommentar>{escape(text)}</standkommentar></standangabe>"
        for kind, text in stand
    )
    head = (
        f'<norm doknr="{number}"><metadaten><jurabk>{name} 2020</jurabk><amtabk>{name}</amtabk>'
        "<ausfertigung-datum>2020-01-01</ausfertigung-datum>"
        f"<fundstelle><periodikum>{gazette}</periodikum><zitstelle>2020, 1</zitstelle></fundstelle>"
        f"<langue>{escape(long_title)}</langue>{remarks}</metadaten></norm>"
    )
    norms = "".join(section.xml(n, number) for n, section in enumerate(sections, start=1))
    return f'{HEAD}<dokumente builddate="{build}" doknr="{number}">{head}{norms}</dokumente>'.encode()


SENTENCE = (
    "Wer eine Ausbildung in einem staatlich anerkannten Beruf beginnt und seine Identität geklärt hat, darf für die Dauer "
    "der Ausbildung im Land bleiben, solange sie ernsthaft betrieben wird."
)
OTHER = (
    "Die zuständige Behörde entscheidet über den Antrag innerhalb von drei Monaten, nachdem alle erforderlichen Unterlagen "
    "vollständig bei ihr eingegangen sind."
)
THIRD = (
    "Das Bundesministerium erlässt im Einvernehmen mit den Ländern Vorschriften über die Gebühren und Auslagen, die für "
    "Amtshandlungen nach diesem Gesetz erhoben werden."
)


def probe(*changed: Section, **particulars: object) -> bytes:
    """The usual invented law of three sections; ``changed`` replace those of their designation or come last."""
    sections = {
        "§ 1": Section("§ 1", SENTENCE, "Grundsatz"),
        "§ 2": Section("§ 2", [f"(1) {OTHER}", "(2) Die Frist kann einmal verlängert werden."], "Verfahren"),
        "§ 3": Section("§ 3", THIRD, "Gebühren"),
    }
    sections |= {section.designation: section for section in changed}
    return law_xml(*sections.values(), **particulars)  # type: ignore[arg-type] # as law_xml's own


def drain(at: datetime | None = None) -> None:
    """Let the room law carry its imports forward, and nobody else; a reaction that fails fails the test.

    What came through a page or a command is dated by the real clock, so without a moment of its own the later counts.
    """
    delivery.deliver_all(at=at or max(NOW, timezone.now()))
    failed = Delivery.objects.exclude(state=Delivery.State.DONE).exclude(error="").first()
    assert failed is None, failed.error


def give(
    content: bytes | dict[str, bytes],
    seen_on: date,
    *,
    name: str = "probeg.xml",
    complete: bool = False,
    by: Actor = BY,
) -> Import:
    """Give files and have them checked; the import waits for its confirmation."""
    files = content if isinstance(content, dict) else {name: content}
    batch = importing.give_files(source=name, files=files.items(), seen_on=seen_on, complete=complete, by=by, at=NOW)
    drain()
    batch.refresh_from_db()
    return batch


def bring(content: bytes | dict[str, bytes], seen_on: date, **how: object) -> Import:
    """Give files, confirm them and have them taken in."""
    batch = give(content, seen_on, **how)  # type: ignore[arg-type] # as give's own
    importing.confirm(batch, by=BY, at=NOW)
    drain()
    batch.refresh_from_db()
    return batch


def the_item(batch: Import) -> ImportItem:
    return batch.items.get()


def the_law(name: str = "ProbeG") -> Law:
    return Law.objects.get(citation=name)


def section(designation: str, law: Law | None = None) -> Provision:
    """A provision of the law given, else of the only law there is, else of the usual one."""
    law = law or (Law.objects.get() if Law.objects.count() == 1 else the_law())
    return law.provisions.get(designation=designation, gone=False)


def reading_of(batch: Import) -> Reading:
    reading = the_item(batch).reading
    assert reading is not None
    return reading


def only_law_reacts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms above have tests of their own; here only this room's own wires are live, and nobody above answers."""
    for name, wired in list(wires._wires.items()):
        monkeypatch.setitem(wires._wires, name, [wire for wire in wired if ".rooms.law." in wire.name])
    monkeypatch.setattr(questions, "citing", [])
    monkeypatch.setattr(questions, "leaving", [])
    monkeypatch.setattr(questions, "act_offers", [])


def real(shared_data: Path, day: str, slug: str) -> bytes:
    return gzip.decompress((shared_data / "laws" / day / f"{slug}.xml.gz").read_bytes())


def real_days(shared_data: Path) -> list[str]:
    return sorted(path.name for path in (shared_data / "laws").iterdir() if path.name[:2] == "20")


def today() -> date:
    return timezone.localdate(NOW)
