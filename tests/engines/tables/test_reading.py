"""Tables as people give them: what is read, and what only claims to be a table."""

import csv
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.tables import limits
from nahtstelle.engines.tables.reading import read_table
from nahtstelle.engines.tables.values import TableTrouble, distinct

ROWS = [["Name", "E-Mail"], ["Änne Groß", "aenne@example.org"], ["Bo\nLund", "bo@example.org"]]


def as_csv(rows: list[list[str]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(content: bytes) -> list[list[str]]:
    table = read_table(content)
    return [list(table.headers), *(list(row) for _number, row in table.records())]


def trouble(content: bytes) -> str:
    with pytest.raises(TableTrouble) as raised:
        list(read_table(content).records())
    return raised.value.code


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_delimiter_is_told_by_the_records(delimiter: str) -> None:
    assert cells(as_csv(ROWS, delimiter=delimiter)) == ROWS


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
def test_an_encoding_is_told_by_the_bytes(encoding: str, told: str) -> None:
    content = as_csv(ROWS, encoding=encoding)
    assert (cells(content), read_table(content).encoding) == (ROWS, told)


def test_the_hint_of_excel_is_no_record() -> None:
    table = read_table(b"sep=|\r\nName|Ort\r\nA|B;C;D\r\n")
    assert (table.headers, list(table.records())) == (("Name", "Ort"), [(3, ("A", "B;C;D"))])


def test_a_row_keeps_the_number_its_program_shows() -> None:
    assert list(read_table(b'A;B\n\n"x\ny";1\nz;2\n').records()) == [(3, ("x\ny", "1")), (5, ("z", "2"))]


def test_a_workbook_is_read_as_people_would_write_it() -> None:
    rows: list[list[object]] = [["Name", "Seit", "Zahl", "Ja"], ["Ö", dt.datetime(2026, 3, 1), 7.0, True]]
    assert cells(as_xlsx([], rows)) == [["Name", "Seit", "Zahl", "Ja"], ["Ö", "2026-03-01", "7", "1"]]


def test_headers_are_named_and_distinct() -> None:
    assert distinct(("", "Mail", " Mail ")) == ("(1)", "Mail", "Mail (2)")


def test_a_web_page_is_no_spreadsheet() -> None:
    assert trouble(b"\xef\xbb\xbf <HTML><table><tr><td>1</td></tr></table></HTML>") == "web_page"


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (limits.LARGEST_UNPACKED // 4))
    assert (trouble(out.getvalue()), len(out.getvalue()) < 200_000) == ("bomb", True)


def test_a_workbook_with_a_document_type_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>')
    assert trouble(out.getvalue()) == "bomb"


def test_an_old_excel_file_is_named_as_such() -> None:
    assert trouble(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "old_excel"


def test_an_archive_without_a_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("letter.txt", "hello")
    assert trouble(out.getvalue()) == "archive"


def test_a_truncated_workbook_is_damaged() -> None:
    assert trouble(as_xlsx([["A"], ["1"]])[:-300]) == "damaged"


def test_a_workbook_with_a_broken_sheet_is_damaged() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx([["A"], ["1"]]))) as good, zipfile.ZipFile(out, "w") as bad:
        for part in good.infolist():
            bad.writestr(part, b"<worksheet><oops" if "sheet1" in part.filename else good.read(part))
    assert trouble(out.getvalue()) == "damaged"


def test_an_open_quote_is_named_by_its_line() -> None:
    with pytest.raises(TableTrouble) as raised:
        list(read_table(b'A;B\nx;1\n"y;2\nz;3\n').records())
    assert (raised.value.code, raised.value.details["line"]) == ("broken_quotes", 3)


def test_bytes_that_are_no_text_are_refused() -> None:
    assert trouble(b"GIF89a\x01\x00\x01\x00" + b"\x81\x8d" * 40) == "not_text"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", as_xlsx([])], ids=["nothing", "blanks", "empty workbook"])
def test_an_empty_file_is_empty(content: bytes) -> None:
    assert trouble(content) == "empty"


def test_too_many_bytes_are_not_looked_at() -> None:
    assert trouble(b"A;B\n" * (limits.LARGEST_FILE // 4 + 1)) == "too_large"


def test_too_many_rows_are_refused() -> None:
    assert trouble(b"A;B\n" * (limits.MOST_ROWS + 2)) == "too_long"


def test_a_table_of_too_many_columns_is_refused() -> None:
    assert trouble(as_csv([["x"] * (limits.MOST_COLUMNS + 1)])) == "too_wide"


SIGNS = st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], blacklist_characters="\x85")
CELL = st.text(SIGNS | st.sampled_from(';,"|\n'), max_size=8).map(str.strip)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=6))
def test_what_a_program_writes_is_what_is_read(rows: list[tuple[str, str, str]]) -> None:
    said = [list(row) for row in rows if any(row)]
    assert cells(as_csv([["A", "B", "C"], *said], encoding="utf-8-sig")) == [["A", "B", "C"], *said]


def test_signs_that_no_database_takes_are_left_out() -> None:
    assert cells("Name;Ort\r\nA\x00da;B\x07onn\r\n".encode("utf-16"))[1] == ["Ada", "Bonn"]


def test_a_cell_is_cut_where_it_is_longer_than_any_may_be() -> None:
    assert len(cells(as_csv([["A", "B"], ["x" * 9000, "y"]]))[1][0]) == limits.LONGEST_CELL + 1
