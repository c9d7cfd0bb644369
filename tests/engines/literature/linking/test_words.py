"""What sources write, read: pages, volumes, DOIs, titles, journals, names."""

import pytest

from nahtstelle.engines.literature.formats.fields import doi_in
from nahtstelle.engines.literature.formats.names import names_in
from nahtstelle.engines.literature.linking.journals import Likeness, journal_of, journals_alike
from nahtstelle.engines.literature.linking.locators import is_version, number_of, pages_of
from nahtstelle.engines.literature.linking.tables import record_from_row
from nahtstelle.engines.literature.linking.titles import title_of
from nahtstelle.engines.literature.records import Name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("123-129", ("123", "129")), ("123-9", ("123", "129")), ("123--29", ("123", "129")), ("376 -- 383", ("376", "383")),
        ("S67", ("s67", "")), ("E329-36", ("e329", "e336")), ("e43268", ("e43268", "")), ("901-7; quiz 907", ("901", "907")),
        ("1-113, iii-iv", ("1", "113")), ("iii--xi", ("iii", "xi")), ("01-Sep", ("", "")), ("21-Aug", ("", "")), ("62 p", ("", "")),
        ("No Pagination Specified", ("", "")), ("", ("", "")), ("pp. 7-8", ("7", "8")),
    ],
)  # fmt: skip
def test_pages(written: str, meant: tuple[str, str]) -> None:
    assert pages_of(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("65 (Supplement 1)", "65"),
        ("10628 LNCS", "10628"),
        ("2)", ""),
        ("UNKNOWN", ""),
        ("Suppl. 2", ""),
        ("013", "13"),
        ("Ph.D.", ""),
    ],
)
def test_volumes(written: str, meant: str) -> None:
    assert number_of(written) == meant


def test_dois() -> None:
    assert doi_in("http://dx.doi.org/10.1016/S0025-7753%2817%2930624-3") == "10.1016/s0025-7753(17)30624-3"
    assert doi_in("see there") == ""
    assert doi_in("ARTN 106 10.1186/s12933-018-0749-1") == "10.1186/s12933-018-0749-1"
    assert doi_in("10.1016/a\\_b") == "10.1016/a_b"
    assert is_version("10.1101/2020.01.01", "10.1016/j.x.2020.1")
    assert is_version("10.12688/f1000.1.v1", "10.12688/f1000.1.v2")
    assert not is_version("10.1016/j.x.2020.1", "10.1016/j.x.2020.2")


@pytest.mark.parametrize(
    ("one", "two", "likeness"),
    [
        ("Curr Opin Lipidol", "Current Opinion in Lipidology", Likeness.SAME),
        ("CMAJ : Canadian Medical Association journal", "Canadian Medical Association Journal", Likeness.SAME),
        ("PM and R", "PM & R", Likeness.SAME),
        ("Zeitschrift für Soziologie", "Z. Soziol.", Likeness.SAME),
        ("Circulation. Conference: Heart Week", "Circulation", Likeness.SAME),
        ("Brain", "Brain Injury", Likeness.ALIKE),
        ("Stroke", "Canadian Journal of Neurological Sciences", Likeness.DIFFERENT),
        ("", "Stroke", Likeness.UNKNOWN),
    ],
)
def test_journals(one: str, two: str, likeness: Likeness) -> None:
    assert journals_alike(*journal_of(one), *journal_of(two)) is likeness
    assert journals_alike(*journal_of(two), *journal_of(one)) is likeness


def test_titles() -> None:
    assert title_of("[Die Lage]").translated
    assert title_of("A study of work. [Chinese]").whole == "a study of work"
    assert title_of("Working in the Platform Economy [Arbeiten in der Plattformökonomie]").others == (
        "arbeiten in der plattformokonomie",
    )
    assert title_of("Trial phase II: part one").numbers == (1, 2)
    assert title_of("Reply to Smith on wages").about == ("reply",)
    assert title_of("Response to treatment of stroke").about == ()
    assert title_of("Guest Editorial").generic


def test_names_as_tables_write_them() -> None:
    assert names_in("Adeli K.Lewis G. F.") == (Name("Adeli", "K."), Name("Lewis", "G. F."))
    assert names_in("Turton, A. J. and O'Leary, K.") == (Name("Turton", "A. J."), Name("O'Leary", "K."))
    assert names_in("Weber M; Ek B") == (Name("Weber", "M"), Name("Ek", "B"))
    assert names_in("Statistisches Bundesamt") == (Name("Statistisches Bundesamt"),)
    assert names_in("") == ()


def test_a_row_becomes_a_record() -> None:
    record = record_from_row(
        {"ID": "7", "ENTRYTYPE": "inproceedings", "Title": " T ", "year": "2001-05", "booktitle": "P", "number": "3"}
    )
    assert (record.key, record.kind, record.title, record.year, record.container, record.issue) == (
        "7",
        "paper-conference",
        "T",
        2001,
        "P",
        "3",
    )


def test_a_row_of_an_export_becomes_a_record() -> None:
    scopus = {"Authors": "Weber M, Ek B, Lee CD.", "Document Type": "Conference paper", "Source title": "Work", "Date": "May 2001",
              "Page start": "11", "Page end": "29"}  # fmt: skip
    record = record_from_row(scopus)
    assert record.authors == (Name("Weber", "M"), Name("Ek", "B"), Name("Lee", "CD."))
    assert (record.kind, record.container, record.year, record.pages) == ("paper-conference", "Work", 2001, "11-29")


@pytest.mark.parametrize("column", ["container-title", "series", "Journal/Book"])
def test_what_holds_a_work_has_many_names(column: str) -> None:
    assert record_from_row({column: "Work", "publication_year": "2001"}).container == "Work"
