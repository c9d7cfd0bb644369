"""Reading whole laws: head, norms, structure, designations, and every real law there is."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from nahtstelle.engines.lawtext.characters import plain_line
from nahtstelle.engines.lawtext.reading import numbered_sentences, read_law, read_law_file
from nahtstelle.engines.lawtext.values import BlockKind, LawReading, Norm, NormKind
from tests.engines.lawtext.law_files import file_of, norm_xml, read, read_norm, real_law, real_laws, unit_xml

KIND = NormKind


def test_head_holds_the_names_of_the_law_without_footnote_marks() -> None:
    head = (
        "<jurabk>AufenthG 2004</jurabk><jurabk>AufenthG alt</jurabk><amtabk>AufenthG</amtabk>"
        "<ausfertigung-datum>2004-07-30</ausfertigung-datum><fundstelle><periodikum>BGBl I</periodikum>"
        "<zitstelle>2004, 1950</zitstelle></fundstelle><kurzue>Aufenthaltsgesetz</kurzue>"
        '<langue>Gesetz über den<BR/>Aufenthalt<FnR ID="f"/></langue>'
    )
    reading = read(head=head)
    assert (reading.short_names, reading.official_abbreviation) == (("AufenthG 2004", "AufenthG alt"), "AufenthG")
    assert (reading.short_title, reading.long_title) == ("Aufenthaltsgesetz", "Gesetz über den Aufenthalt")
    assert (reading.enacted, reading.gazette) == (date(2004, 7, 30), "BGBl I 2004, 1950")
    assert (reading.document_number, reading.build) == ("BJNR1", "20250301223004")


def test_date_of_the_act_is_none_when_the_file_has_no_real_date() -> None:
    assert read(head="<jurabk>X</jurabk><ausfertigung-datum>0000-00-00</ausfertigung-datum>").enacted is None


def test_file_without_doctype_reads_like_the_same_file_with_one() -> None:
    data = file_of(norm_xml("<P>Eins.</P>", enbez="§ 1"))
    assert read_law(re.sub(rb"<!DOCTYPE[^>]*>", b"", data)) == read_law(data)


def test_stream_reads_like_its_bytes() -> None:
    data = file_of(norm_xml("<P>Eins.</P>", enbez="§ 1"))
    assert read_law_file(io.BytesIO(data)) == read_law(data)


@pytest.mark.parametrize(
    ("enbez", "kind"),
    [
        ("§ 1", KIND.PROVISION),
        ("Art 1", KIND.PROVISION),
        ("(XXXX) §§ 1 bis 3", KIND.PROVISION),
        ("Anlage 1", KIND.APPENDIX),
        ("Anhang EV", KIND.APPENDIX),
        ("Inhaltsübersicht", KIND.CONTENTS),
        ("Eingangsformel", KIND.FORMULA),
        ("Schlußformel", KIND.FORMULA),
        ("(XXXX)", KIND.OTHER),
        ("I.", KIND.OTHER),
    ],
)
def test_kind_of_a_norm_follows_its_designation(enbez: str, kind: NormKind) -> None:
    assert read_norm("<P>Eins.</P>", enbez=enbez).kind is kind


def test_keys_number_the_second_norm_of_a_name() -> None:
    reading = read(*(norm_xml("<P>x</P>", enbez=name) for name in ("Anlage", "§ 1", "Anlage", "Anlage")))
    assert [norm.key for norm in reading.norms] == ["head", "Anlage", "§ 1", "Anlage#2", "Anlage#3"]


def test_provisions_stand_under_the_headings_above_them() -> None:
    reading = read(
        norm_xml(unit=unit_xml("010", "Kapitel 1", "Anfang")),
        norm_xml(enbez="§ 1"),
        norm_xml(unit=unit_xml("020", "Kapitel 2", "Mitte")),
        norm_xml(unit=unit_xml("020010", "Abschnitt 1", "Innen")),
        norm_xml(enbez="§ 2"),
        norm_xml(unit=unit_xml("030", "Kapitel 3", "")),
        norm_xml(enbez="§ 3"),
        norm_xml(enbez="Anlage"),
    )
    assert [(norm.key, norm.structure, norm.structure_code) for norm in reading.norms[1:]] == [
        ("Gliederung Kapitel 1", (), "010"),
        ("§ 1", ("Kapitel 1 Anfang",), "010"),
        ("Gliederung Kapitel 2", (), "020"),
        ("Gliederung Kapitel 2 / Abschnitt 1", ("Kapitel 2 Mitte",), "020010"),
        ("§ 2", ("Kapitel 2 Mitte", "Abschnitt 1 Innen"), "020010"),
        ("Gliederung Kapitel 3", (), "030"),
        ("§ 3", ("Kapitel 3",), "030"),
        ("Anlage", (), ""),
    ]


def test_heading_that_repeats_a_code_replaces_the_one_before() -> None:
    reading = read(
        norm_xml(unit=unit_xml("010", "Teil 1", "")),
        norm_xml(unit=unit_xml("010", "Teil 2", "")),
        norm_xml(enbez="§ 1"),
    )
    assert reading.norms[-1].structure == ("Teil 2",)


def test_provision_that_names_its_unit_stands_in_it() -> None:
    reading = read(
        norm_xml(unit=unit_xml("010", "Art I", "Erstes")),
        norm_xml(unit=unit_xml("010010", "Abschnitt 1", "Innen")),
        norm_xml(enbez="§ 1", unit=unit_xml("010010", "Art I")),
        norm_xml(enbez="§ 2", unit=unit_xml("020", "Art II")),
        norm_xml(enbez="§ 3", unit=unit_xml("030", "-")),
    )
    assert [norm.structure for norm in reading.norms[-3:]] == [("Art I Erstes", "Abschnitt 1 Innen"), ("Art II",), ()]


def test_heading_without_a_number_is_known_by_its_title() -> None:
    heading = read(norm_xml(unit=unit_xml("010", "-", "Übergang"))).norms[1]
    assert (heading.designation, heading.title, heading.key) == ("", "Übergang", "Gliederung Übergang")


def test_title_on_two_lines_is_one_line() -> None:
    assert read_norm("<P>x</P>", titel="Zweck<BR/>und Ziel").title == "Zweck und Ziel"


@pytest.mark.parametrize(
    ("titel", "content"),
    [
        ("(weggefallen)", ""),
        ("(weggefallen)", "<P>-</P>"),
        ("(weggefallen)", "<P>—</P>"),
        ("(zu § 32) (weggefallen)", ""),
        ("", "<P>(weggefallen)</P>"),
        ("(aufgehoben)", ""),
    ],
)
def test_norm_is_repealed_when_title_or_text_say_so(titel: str, content: str) -> None:
    norm = read_norm(content, titel=titel)
    assert (norm.repealed, norm.text) == (True, "(weggefallen)" if "weg" in content else "")


@pytest.mark.parametrize(("titel", "content"), [("", "<P>-</P>"), ("Wegfall des Anspruchs", "<P>Er fällt weg.</P>")])
def test_norm_is_not_repealed_when_nothing_says_so(titel: str, content: str) -> None:
    assert read_norm(content, titel=titel).repealed is False


def test_range_covers_the_norms_it_stands_for() -> None:
    assert read_norm("", enbez="(XXXX) §§ 12 bis 14", titel="(weggefallen)").covers == ("§ 12", "§ 13", "§ 14")


def test_table_of_contents_has_no_parts() -> None:
    assert read_norm("<P>§ 1 Zweck</P>", enbez="Inhaltsübersicht").parts == ()


def test_numbered_sentences_are_told_apart_from_the_text() -> None:
    first, second = '<SUP class="Rec">1</SUP>', '<SUP class="Rec">2</SUP>'
    data = file_of(norm_xml(f"<P>(1) {first} Eins. {second}Zwei.</P>", enbez="§ 1"))
    assert numbered_sentences(data) == {"§ 1": (4, 10)}


def test_beschv_keeps_its_two_appendices_apart(shared_data: Path) -> None:
    reading = read_law(real_law(shared_data, "2025-04-02", "beschv_2013"))
    assert [(n.key, n.repealed, n.title) for n in reading.norms if n.kind is KIND.APPENDIX] == [
        ("Anlage", True, "(zu § 32) (weggefallen)"),
        ("Anlage#2", False, "(zu § 38)"),
    ]


def test_residence_act_reads_as_printed(shared_data: Path) -> None:
    reading = read_law(real_law(shared_data, "2025-04-02", "aufenthg_2004"))
    norm = next(norm for norm in reading.norms if norm.key == "§ 16g")
    assert norm.structure == (
        "Kapitel 2 Einreise und Aufenthalt im Bundesgebiet",
        "Abschnitt 3 Aufenthalt zum Zweck der Ausbildung",
    )
    assert [part.path for part in norm.parts[:7]] == [
        ("A1",),
        ("A1", "S1"),
        ("A1", "S1", "N1"),
        ("A1", "S1", "N1", "Ba"),
        ("A1", "S1", "N1", "Bb"),
        ("A1", "S1", "N2"),
        ("A1", "S2"),
    ]
    second = norm.parts[6]
    assert (
        norm.text[second.start : second.end]
        == "In Fällen offensichtlichen Missbrauchs kann die Aufenthaltserlaubnis versagt werden."
    )


def test_canonicalised_file_reads_like_any_other(shared_data: Path) -> None:
    reading = read_law(real_law(shared_data, "2026-04-29", "aufenthg_2004"))
    assert reading.official_abbreviation == "AufenthG"
    assert sum(norm.kind is KIND.PROVISION for norm in reading.norms) > 100


# What must hold for every law, looked for in one pass over the real ones.


def text_problems(norm: Norm) -> Iterator[str]:
    lines = [norm.text[block.start : block.end] for block in norm.blocks]
    if "\n".join(lines) != norm.text:
        yield "lines are not the text"
    for block, line in zip(norm.blocks, lines, strict=True):
        if not line.strip() or "\n" in line or not line.startswith(block.marker):
            yield "line is empty, broken or without its marker"
        if block.kind not in (BlockKind.PREFORMATTED, BlockKind.ROW) and "  " in line:
            yield "line has two spaces"


def part_problems(norm: Norm) -> Iterator[str]:
    siblings: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    above: list[Any] = []
    for part in norm.parts:
        siblings.setdefault(part.path[:-1], []).append((part.start, part.end))
        if not 0 <= part.start < part.end <= len(norm.text):
            yield "part is out of bounds"
        while above and len(above[-1].path) >= len(part.path):
            above.pop()
        outer = above[-1] if above else None
        inside = outer and outer.path == part.path[:-1] and outer.start <= part.start and part.end <= outer.end
        if len(part.path) > 1 and not inside:
            yield "part is not inside the part its path names"
        above.append(part)
    for spans in siblings.values():
        if any(one[1] > other[0] and one != other for one, other in pairwise(spans)):
            yield "siblings overlap"
    if norm.kind is not KIND.CONTENTS:
        left = list(norm.text)
        outside = [(b.start, b.end) for b in norm.blocks if b.kind in (BlockKind.FOOTNOTE, BlockKind.HEADING)]
        for start, end in [*outside, *siblings.get((), [])]:
            left[start:end] = " " * (end - start)
        if "".join(left).strip():
            yield "text belongs to no part"


def letters_of_file(element: Any) -> str:
    """The slow twin: every letter of the element in order, found without knowing what its markup means."""
    if element.tag in ("kommentar", "Footnotes", "IMG", "FILE", "FnR") or element.get("class") == "Rec":
        return ""
    return (element.text or "") + "".join(letters_of_file(child) + (child.tail or "") for child in element)


def bare(text: str) -> str:
    """Text without spaces, raised digits lowered, pictures and quotation marks removed."""
    lowered = unicodedata.normalize("NFKC", plain_line(text)).replace("−", "-").replace("–", "-")
    return re.sub(r"\[(?:Bild|Datei)[^\]]*\]|[„“]|\s+", "", lowered)


def lost_letters(reading: LawReading, data: bytes) -> Iterator[str]:
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True, load_dtd=False))
    for norm, element in zip(reading.norms, root.iterfind("norm"), strict=True):
        text = element.find("textdaten/text")
        written = bare(letters_of_file(text)) if text is not None else ""
        read_letters = "".join(norm.text[b.start : b.end] for b in norm.blocks if b.kind is not BlockKind.FOOTNOTE)
        if bare(read_letters) != written and not (norm.repealed and written in "--—"):
            yield "letters of the file are not those of the text"


@pytest.fixture(scope="module")
def problems_of_all_laws(shared_data: Path) -> Counter[str]:
    problems: Counter[str] = Counter()
    for position, (_, data) in enumerate(real_laws(shared_data)):
        reading = read_law(data)
        problems["laws"] += 1
        problems["keys are not unique"] += len({norm.key for norm in reading.norms}) != len(reading.norms)
        if position % 3 == 0:  # every third, which keeps the test short
            for norm in reading.norms:
                problems.update(text_problems(norm))
                problems.update(part_problems(norm))
        if position % 9 == 0:
            problems.update(lost_letters(reading, data))
    return problems


def test_every_real_law_is_read(problems_of_all_laws: Counter[str]) -> None:
    assert problems_of_all_laws["laws"] == 6571 + 239


def test_real_laws_keep_the_promises_of_the_values(problems_of_all_laws: Counter[str]) -> None:
    assert {problem: count for problem, count in problems_of_all_laws.items() if count and problem != "laws"} == {}
