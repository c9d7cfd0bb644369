"""The demo's invented laws: readable, marked as invented, and changing as laws/STORY.md says."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from nahtstelle.engines.lawtext.citations.finding import find_citations
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading
from tests.site.demo_content import CONTENT, OUTPUTS, output

LAWS = CONTENT / "laws"
XML = sorted(LAWS.rglob("*.xml"))
INVENTED = "Erfundener Gesetzestext der Demonstration von Nahtstelle; kein geltendes Recht"
TITLE, TEXT, NOTES = 0, 1, 2
each_law = pytest.mark.parametrize("path", XML, ids=lambda path: "-".join(path.parts[-2:]))

# Whoever tells of a change must name what is no longer, or not yet, in force.
NAMED_ON_PURPOSE = {
    ("rechtsinfo-ersetzung-14-angekuendigt", "BspBPG", "14a"),
    ("rechtsinfo-ausbildungsaufschub-bleibt", "BspBPG", "21"),
    ("law-bulletin-training-suspension-stays", "BspBPG", "21"),
}


@cache
def law(path: Path) -> Any:
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    return etree.parse(str(path), parser).getroot()


@cache
def provisions(name: str) -> dict[str, tuple[str, ...]]:
    """Title, text and editors' notes of each designation of ``laws/<name>.xml``, without the table of contents."""
    found = {}
    for norm in law(LAWS / f"{name}.xml").iterfind("norm"):
        designation = norm.findtext("metadaten/enbez")
        if designation not in (None, "Inhaltsübersicht"):
            parts = ("metadaten/titel", "textdaten/text", "textdaten/fussnoten")
            found[designation] = tuple(" ".join("".join(e.itertext()) for e in norm.findall(part)) for part in parts)
    return found


def differing(old: str, new: str, part: int = TEXT) -> set[str]:
    """Designations whose title, text or notes differ between two readings; what is missing counts as empty."""
    before, after, empty = provisions(old), provisions(new), ("", "", "")
    return {key for key in before | after if before.get(key, empty)[part] != after.get(key, empty)[part]}


@cache
def readings() -> dict[str, list[tuple[date, LawReading]]]:
    """The readings loaded at the start, by what people cite and by the law's full short name, oldest first."""
    found: dict[str, list[tuple[date, LawReading]]] = {}
    for path in XML:
        if path.parent.name != "_tour":
            reading = read_law(path.read_bytes())
            for name in (reading.official_abbreviation, reading.short_title):
                found.setdefault(name, []).append((date.fromisoformat(path.stem), reading))
    return found


def in_force(name: str, day: date) -> LawReading:
    return [reading for since, reading in readings()[name] if since <= day][-1]


@each_law
def test_law_is_well_formed_and_says_that_it_is_invented(path: Path):
    root = law(path)
    assert root.tag == "dokumente"
    assert re.fullmatch(r"BJNR\d{9}", root.get("doknr"))
    assert root.find("norm/textdaten/text/Footnotes/Footnote").text.startswith(INVENTED)
    assert root.findtext("norm/metadaten/kurzue").startswith("Beispiel-")
    assert {norm.get("builddate") for norm in root.iterfind("norm")} == {root.get("builddate")}


@each_law
def test_document_numbers_of_norms_are_unique_within_a_reading(path: Path):
    numbers = [norm.get("doknr") for norm in law(path).iterfind("norm")]
    assert len(numbers) == len(set(numbers))
    assert all(re.fullmatch(r"BJNR\d{9}(BJN[EG]\d{9})?", number) for number in numbers)


@each_law
def test_the_law_engine_reads_every_norm_of_the_file(path: Path):
    reading = read_law(path.read_bytes())
    assert reading.official_abbreviation == law(path).findtext("norm/metadaten/amtabk")
    assert len(reading.norms) == len(law(path).findall("norm"))


def test_bspbpg_gains_12a_in_july():
    assert differing("bspbpg/2026-03-02", "bspbpg/2026-07-06") == {"§ 3", "§ 12a", "§ 19"}


def test_bspbpg_shortens_two_deadlines_and_a_fee_in_september():
    assert differing("bspbpg/2026-07-06", "bspbpg/2026-09-07") == {"§ 15", "§ 35", "Anlage"}


def test_bspbpg_only_announces_in_october():
    assert differing("bspbpg/2026-09-07", "bspbpg/2026-10-05") == set()
    assert differing("bspbpg/2026-09-07", "bspbpg/2026-10-05", NOTES) == {"§ 14"}
    stand = in_force("BspBPG", date(2026, 10, 5)).stand
    assert [entry.kind for entry in stand] == ["Stand", "Hinweis"]
    assert "mWv 1.12.2026 noch nicht berücksichtigt" in stand[1].text


def test_bspbpg_keeps_14_beside_14a_in_november():
    old, new = "bspbpg/2026-10-05", "bspbpg/2026-11-16"
    assert differing(old, new) == {"§ 3", "§ 14a", "§ 17", "§ 21", "§ 21b", "§ 23", "§ 30", "§ 42", "§ 44"}
    assert differing(old, new, TITLE) == {"§ 14a", "§ 21", "§ 21b", "§ 30", "§ 33"}
    assert differing(old, new, NOTES) == {"§ 14", "§ 14a", "§ 36"}
    assert [entry.kind for entry in in_force("BspBPG", date(2026, 11, 16)).stand] == ["Stand", "Sonst"]


def test_bspbpg_moves_21_and_repeals_30_in_november():
    old, new = provisions("bspbpg/2026-10-05"), provisions("bspbpg/2026-11-16")
    assert (new["§ 21b"], "§ 21" in new) == (old["§ 21"], False)
    assert new["§ 30"][:2] == ("(weggefallen)", "")


def test_bspbpg_changes_17_in_absatz_2_nummer_3_only_in_november():
    def parts(day: date) -> dict[tuple[str, ...], str]:
        norm = next(norm for norm in in_force("BspBPG", day).norms if norm.designation == "§ 17")
        return {part.path: norm.text[part.start : part.end] for part in norm.parts}

    old, new = parts(date(2026, 10, 5)), parts(date(2026, 11, 16))
    around = {("A2",), ("A2", "S1")}
    assert {path for path in old | new if old.get(path) != new.get(path)} == around | {("A2", "S1", "N3")}


def test_the_tour_brings_what_the_story_says():
    old, new = "bspbpg/2026-11-16", "_tour/bspbpg-2026-11-23"
    assert differing(old, new) == {"§ 8", "§ 14", "§ 17", "§ 22a"}
    assert differing(old, new, TITLE) == {"§ 8", "§ 22", "§ 22a"}
    old, new = "bspbzv/2026-11-16", "_tour/bspbzv-2026-11-23"
    assert (differing(old, new), differing(old, new, TITLE)) == ({"§ 6"}, set())


def test_the_other_laws_change_as_the_story_says():
    assert differing("bspbzv/2026-03-02", "bspbzv/2026-09-07") == {"§ 6", "§ 9"}
    assert differing("bspbzv/2026-09-07", "bspbzv/2026-11-16") == {"§ 2", "§ 4", "§ 25"}
    assert differing("bspanerkg/2026-03-02", "bspanerkg/2026-09-07") == {"§ 8", "§ 18"}
    assert differing("bspsprachv/2026-03-02", "bspsprachv/2026-10-05") == {"§ 7"}
    assert differing("bspleistg/2026-03-02", "bspleistg/2026-07-06") == {"§ 7", "§ 15"}


def test_bspmobg_was_only_rebuilt():
    old, new = ((LAWS / f"bspmobg/{day}.xml").read_text(encoding="utf-8") for day in ("2026-03-02", "2026-10-05"))
    assert old != new
    build = re.compile(r'builddate="\d{14}"')
    assert build.sub("", old) == build.sub("", new)


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_every_citation_of_an_output_leads_to_a_provision_in_force_at_its_stand(path: Path):
    front, body = output(path)
    astray = set()
    for citation in find_citations(body):
        if citation.law is not None:
            norms = in_force(citation.law, front["stand"]).norms
            wanted = [norm for norm in norms if norm.designation == f"§ {citation.section}"]
            below = tuple(step for step in citation.path if step[0] in "ASNB")
            if not any(_leads_to_a_part(below, {part.path for part in norm.parts}) for norm in wanted):
                astray.add((front["slug"], citation.law, citation.section))
    assert astray == {place for place in NAMED_ON_PURPOSE if place[0] == front["slug"]}


def _leads_to_a_part(below: tuple[str, ...], parts: set[tuple[str, ...]]) -> bool:
    """Whether a part has these steps in this order; writers leave out the Satz where an Absatz has only one."""
    return not below or any(
        path[-1] == below[-1] and [step for step in path if step in below] == list(below) for path in parts
    )
