"""Files as they arrive: every broken record is named by its line, and nothing else is lost."""

import io
import json

import pytest
from openpyxl import Workbook

from nahtstelle.engines.literature.formats import limits
from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.formats.writing import WRITTEN, write
from nahtstelle.engines.literature.records import Record
from tests.engines.literature.formats.files import everything, records, troubles


def titles(content: str | bytes) -> list[str]:
    return [record.title for record in records(content)]


def test_ris_without_an_end_tag_keeps_both_records_and_names_the_line() -> None:
    text = "TY  - JOUR\nTI  - Eins\n\nTY  - JOUR\nTI  - Zwei\nER  - \n"
    assert titles(text) == ["Eins", "Zwei"]
    assert troubles(text) == [(1, "not_closed")]


def test_ris_that_breaks_off_keeps_its_last_record() -> None:
    text = "TY  - JOUR\nTI  - Eins\nER  - \n\nTY  - JOUR\nTI  - Zwei"
    assert titles(text) == ["Eins", "Zwei"]
    assert troubles(text) == [(5, "not_closed")]


def test_words_before_the_first_record_of_ris_are_named() -> None:
    assert troubles("Suchergebnis\nTY  - JOUR\nTI  - Eins\nER  - \n") == [(1, "outside_record")]


def test_bibtex_with_an_open_brace_loses_only_that_entry() -> None:
    text = "@article{a, title={Eins}}\n@article{b, title={Zwei,\n  year=2020}\n@article{c, title={Drei}}\n"
    assert titles(text) == ["Eins", "Drei"]
    assert troubles(text) == [(2, "unreadable_entry")]


def test_bibtex_children_inherit_from_a_parent_behind_them() -> None:
    text = (
        "@inproceedings{child, title={Kapitel}, crossref={all}}\n"
        "@proceedings{all, title={Der Band}, year=2020, publisher={Verlag}}\n"
    )
    child = records(text)[0]
    assert (child.title, child.container, child.year, child.publisher) == ("Kapitel", "Der Band", 2020, "Verlag")
    assert troubles(text) == []


def test_bibtex_cross_references_in_a_circle_are_told_and_end() -> None:
    text = "@book{a, title={Eins}, crossref={b}}\n@book{b, title={Zwei}, crossref={a}}\n"
    assert titles(text) == ["Eins", "Zwei"]
    assert troubles(text) == [(1, "crossref_cycle"), (2, "crossref_cycle")]


def test_bibtex_reference_to_nothing_is_told() -> None:
    assert troubles("@book{a, title={Eins}, crossref={b}}\n") == [(1, "crossref_missing")]


def test_bibtex_key_given_twice_keeps_both_entries() -> None:
    text = "@book{a, title={Eins}}\n@book{A, title={Zwei}}\n"
    assert titles(text) == ["Eins", "Zwei"]
    assert troubles(text) == [(2, "duplicate_key")]


def test_broken_xml_in_the_middle_loses_only_that_record() -> None:
    record = "<record><titles><title>{}</title></titles></record>\n"
    text = (
        "<xml><records>\n"
        + record.format("Eins")
        + "<record><titles><title>Zwei</titles></record>\n"
        + record.format("Drei")
    )
    assert titles(text) == ["Eins", "Drei"]
    assert troubles(text) == [(3, "unreadable_xml")]


def test_xml_record_never_closed_does_not_take_the_next_one() -> None:
    text = "<xml><records>\n<record><titles>\n<record><titles><title>Zwei</title></titles></record></records></xml>"
    assert titles(text) == ["Zwei"]
    assert troubles(text) == [(2, "unreadable_xml")]


def test_xml_entities_are_neither_followed_nor_blown_up() -> None:
    text = (
        '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<xml><records><record><titles><title>x &b; &f;</title></titles></record></records></xml>"
    )
    found = everything(text)
    assert "root:" not in str(found)
    assert "aaaa" not in str(found[0].title if not isinstance(found[0], Broken) else "")


def test_json_with_a_broken_object_loses_only_that_one() -> None:
    good = '{"id": "%s", "title": "%s", "author": [{"family": "A", "given": "B"}]}'
    text = (
        "[\n"
        + good % ("1", "Eins")
        + ',\n{"id": "2", "title": "Zwei, "author": [{"family": "C"}]},\n'
        + good % ("3", "Drei")
        + "]"
    )
    assert titles(text) == ["Eins", "Drei"]
    assert [line for line, _ in troubles(text)] == [3]


def test_json_object_never_closed_does_not_take_the_next_ones() -> None:
    objects = [{"id": str(n), "title": f"T{n}", "issued": {"date-parts": [[2020]]}} for n in range(4)]
    lines = json.dumps(objects, indent=2).split("\n")
    at = next(n for n, line in enumerate(lines) if '"T1"' in line)
    lines[at] = '    "title": "T1,'
    assert titles("\n".join(lines)) == ["T0", "T2", "T3"]
    assert [code for _, code in troubles("\n".join(lines))] == ["unreadable_json"]


def test_csv_row_with_a_missing_cell_is_named_and_the_others_stay() -> None:
    text = "Titel;Autoren;Jahr\nÜber Löhne;Weber, Jana;2020\nNur das\nZwei;Öztürk, Ali;2021\n"
    assert titles(text.encode("cp1252")) == ["Über Löhne", "Zwei"]
    assert troubles(text.encode("cp1252")) == [(3, "cells_missing"), (2, "encoding_guessed")]


def test_csv_quote_never_closed_loses_only_its_row() -> None:
    text = 'title,year\nEins,2020\n"Zwei,2021\nDrei,2022\n'
    assert titles(text) == ["Eins", "Drei"]
    assert troubles(text) == [(3, "quotes_open")]


def test_table_without_a_title_asks_for_its_columns() -> None:
    text = "a,b\n1,2\n"
    assert troubles(text) == [(1, "no_title_column")]
    found = list(read(text.encode(), "x.csv", columns={1: "title"}))
    assert [record.title for record in found if not isinstance(record, Broken)] == ["2"]


def test_line_that_is_no_doi_is_named() -> None:
    text = "https://doi.org/10.1234/AbC.\nkeine\ndoi:10.1234/x\n"
    assert [record.doi for record in records(text)] == ["10.1234/abc", "10.1234/x"]
    assert troubles(text) == [(2, "not_a_doi")]


@pytest.mark.parametrize("content", ["", "  \n\n", "[]", "title,year\n"])
def test_empty_file_says_so(content: str) -> None:
    assert [code for _, code in troubles(content)] == ["empty"]


def test_a_picture_is_no_format() -> None:
    assert troubles(b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 50) == [(0, "unknown_format")]


def test_workbook_that_is_damaged_says_so() -> None:
    assert troubles(b"PK\x03\x04 not a workbook") == [(0, "unreadable_workbook")]


def test_file_above_the_limit_is_read_up_to_it_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 1000)
    text = "TY  - JOUR\nTI  - Eins\nER  - \n" * 100
    found = everything(text)
    assert isinstance(found[-1], Broken)
    assert found[-1].code == "too_large"
    assert 30 < len(found) < 40


def test_record_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_RECORD", 1000)
    text = "TY  - JOUR\n" + "AB  - " + "x" * 2000 + "\nTI  - Eins\nTY  - JOUR\nTI  - Zwei\nER  - \n"
    assert (1, "record_too_large") in troubles(text)
    assert titles(text)[-1] == "Zwei"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_gives_the_same_words_and_no_remark(encoding: str) -> None:
    text = "TY  - JOUR\r\nTI  - Übergänge – „Löhne“\r\nER  - \r\n" * 3
    assert titles(text.encode(encoding)) == ["Übergänge – „Löhne“"] * 3
    assert troubles(text.encode(encoding)) == []


def test_two_encodings_in_one_file_are_read_line_by_line_and_told() -> None:
    record = "TY  - JOUR\nTI  - Löhne\nER  - \n"
    content = record.encode() + record.encode("cp1252")
    assert titles(content) == ["Löhne", "Löhne"]
    assert troubles(content) == [(5, "encodings_mixed")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_ends_a_line_the_number_is_right(end: str) -> None:
    text = end.join(["TY  - JOUR", "TI  - Eins", "ER  - ", "lose Worte", "TY  - JOUR", "TI  - Zwei"])
    assert troubles(text) == [(5, "not_closed")]


def test_stream_that_cannot_be_rewound_is_read_too() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert len(list(read(Pipe(b"TY  - JOUR\nTI  - Eins\nER  - \n"), "pipe"))) == 1


def test_abstract_of_any_length_that_is_taken_comes_back_from_our_table() -> None:
    given = Record(key="a", title="T", abstract="x" * 200_000)
    assert everything("".join(write([given], "csv"))) == [given]


@pytest.mark.parametrize("form", WRITTEN)
def test_a_carrier_nested_without_end_leaves_what_the_format_says(form: str) -> None:
    text = "".join(write([Record(key="a", title="Titel", kind="interview", notes=("eins", "zwei"))], form))
    assert "nahtstelle:" in text
    assert titles(text.replace("nahtstelle:", "nahtstelle:" + "[" * 100_000)) == ["Titel"]


def test_extras_nested_without_end_cost_no_record() -> None:
    assert titles("key,title,extras\na,Eins,[[" + "[" * 100_000 + "\nb,Zwei,\n") == ["Eins", "Zwei"]


WOS = "FN x\nPT J\nTI Eins\nAB {}\n   {}\nER\n\nPT J\nTI Zwei\nER\n"
NBIB = "PMID- 1\nTI  - Eins\nAB  - {}\n      {}\n\nPMID- 2\nTI  - Zwei\n"
RIS = "TY  - JOUR\nTI  - Eins\nAB  - {}\nAB  - {}\nKW  - a\nKW  - b\nER  - \nTY  - JOUR\nTI  - Zwei\nER  - \n"


@pytest.mark.parametrize(("text", "line"), [(WOS, 2), (NBIB, 1), (RIS, 1)])
def test_record_that_is_too_large_is_told_once_and_costs_no_other(
    text: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGEST_RECORD", 1000)
    text = text.format("x" * 2000, "y" * 2000)
    assert titles(text) == ["Zwei"]
    assert troubles(text) == [(line, "record_too_large")]


def test_workbook_that_is_too_large_has_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_WORKBOOK", 100)
    book = io.BytesIO()
    Workbook().save(book)
    assert troubles(book.getvalue()) == [(0, "workbook_too_large")]
