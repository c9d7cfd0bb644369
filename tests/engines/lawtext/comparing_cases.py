"""Small laws made by hand, and the dated real ones, for the tests of the comparison."""

import gzip
import re
from functools import lru_cache
from pathlib import Path

import pytest

from nahtstelle.engines.lawtext import anatomy
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import Block, BlockKind, LawReading, Norm, NormKind, StandEntry

DATA = Path(__file__).parents[4] / "shared" / "data" / "laws"
needs_laws = pytest.mark.skipif(not DATA.is_dir(), reason=f"the dated laws are not at {DATA}")

MARKER = re.compile(r"(\d+[a-z]?\.|[a-z]{1,2}\)) ")


@lru_cache(maxsize=4)
def dated_law(day: str, slug: str) -> LawReading:
    return read_law(gzip.decompress((DATA / day / f"{slug}.xml.gz").read_bytes()))


def norm(
    designation: str,
    text: str = "",
    *,
    title: str = "",
    number: str = "",
    kind: NormKind = NormKind.PROVISION,
    key: str = "",
    notes: str = "",
    structure: tuple[str, ...] = (),
    covers: tuple[str, ...] = (),
    repealed: bool = False,
) -> Norm:
    """A norm of which every line is a block; "1. …" is an item, "a) …" an item of an item."""
    blocks = _blocks(text)
    return Norm(
        key=key or designation,
        kind=kind,
        designation=designation,
        title=title,
        text=text,
        blocks=blocks,
        parts=anatomy.parts(text, blocks),
        notes=notes,
        structure=structure,
        covers=covers,
        repealed=repealed,
        document_number=f"BJNR000010004BJNE{number}" if number else "",
    )


def heading(designation: str, title: str) -> Norm:
    return norm(designation, title=title, kind=NormKind.STRUCTURE, key=f"Gliederung {designation}")


def stub(designation: str) -> Norm:
    return norm(designation, title="(weggefallen)", repealed=True)


def law(*norms: Norm, build: str = "20240101000000", number: str = "BJNR000010004", stand: str = "") -> LawReading:
    head = norm("", kind=NormKind.HEAD, key="head")
    return LawReading(
        document_number=number,
        build=build,
        short_names=("TestG",),
        official_abbreviation="TestG",
        long_title="Gesetz zum Testen",
        short_title="Testgesetz",
        enacted=None,
        gazette="BGBl I 2024, 1",
        stand=(StandEntry("Stand", stand),) if stand else (),
        norms=(head, *norms),
    )


def _blocks(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n") if text else []:
        found = MARKER.match(line)
        marker = found.group(1) if found else ""
        depth = 0 if not marker else 1 if marker[0].isdigit() else 2
        kind = BlockKind.ITEM if marker else BlockKind.PARAGRAPH
        if line:
            blocks.append(Block(kind, at, at + len(line), depth, marker))
        at += len(line) + 1
    return tuple(blocks)


# Provisions long and different enough that nobody could take one for the other.
ENTRY = (
    "Ausländer dürfen nur in das Bundesgebiet einreisen oder sich darin aufhalten, wenn sie einen anerkannten und "
    "gültigen Pass oder Passersatz besitzen, sofern sie von der Passpflicht nicht durch Rechtsverordnung befreit sind."
)
WORK = (
    "Die Bundesagentur für Arbeit kann der Erteilung einer Aufenthaltserlaubnis zur Ausübung einer Beschäftigung "
    "zustimmen, wenn sich durch die Beschäftigung keine nachteiligen Auswirkungen auf den Arbeitsmarkt ergeben."
)
FEES = (
    "Für individuell zurechenbare öffentliche Leistungen werden Gebühren und Auslagen erhoben; die Gebührenfestsetzung "
    "kann auch mündlich erfolgen, und eine Ermäßigung ist bei Bedürftigkeit möglich."
)
COURSE = (
    "Der Integrationskurs umfasst einen Basis- und einen Aufbausprachkurs von jeweils gleicher Dauer sowie einen "
    "Orientierungskurs zur Vermittlung von Kenntnissen der Rechtsordnung, der Kultur und der Geschichte in Deutschland."
)
