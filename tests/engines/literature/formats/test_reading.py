"""Each format: told by its bytes, its fields where they belong."""

import io
import tracemalloc

import pytest
from openpyxl import Workbook

from nahtstelle.engines.literature.formats.carrying import MARK
from nahtstelle.engines.literature.formats.fields import doi_of
from nahtstelle.engines.literature.formats.latex import decoded, encoded
from nahtstelle.engines.literature.formats.names import bibtex_names, name_of, names_in
from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.formats.writing import WRITTEN, write
from nahtstelle.engines.literature.linking.folding import plain
from nahtstelle.engines.literature.records import Extra, Name, Record
from tests.benchmarks.bench_library_formats import invented
from tests.engines.literature.formats.files import everything, records

MEDLINE = """
PMID- 12345678
OWN - NLM
TI  - Migration and health: a title that goes
      on in the next line.
AB  - Words.
FAU - Weber, Jana
AU  - Weber J
LA  - eng
PT  - Journal Article
DP  - 2021 Mar 5
JT  - Journal of migration
LID - 10.1234/abc [doi]
MH  - *Emigration

PMID- 2
TI  - Zwei
"""
PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">7</PMID><Article><Journal><ISSN>1234-5678</ISSN>
<JournalIssue><Volume>3</Volume><Issue>1</Issue><PubDate><Year>2020</Year><Month>Feb</Month></PubDate></JournalIssue>
<Title>Health</Title></Journal><ArticleTitle>A <i>vivid</i> title</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn>
</Pagination><ELocationID EIdType="doi">10.1234/ABC</ELocationID><Abstract><AbstractText Label="AIM">To see.</AbstractText>
<AbstractText Label="RESULT">Seen.</AbstractText></Abstract><AuthorList><Author><LastName>Weber</LastName>
<ForeName>Jana</ForeName><Suffix>Jr</Suffix></Author><Author><CollectiveName>The Group</CollectiveName></Author>
</AuthorList><Language>eng</Language></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
WOS = "FN Clarivate\nVR 1.0\nPT J\nAU Weber, J\n   Ali, K\nAF Weber, Jana\n   Ali, Kemal\nTI A title\n   that goes on\nSO JOURNAL\nPY 2020\nPD MAR\nBP 1\nEP 9\nDI 10.1/a\nUT WOS:1\nER\n\nEF\n"


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("1.\nTY  - JOUR\nER  - ", "ris"),
        ("% a comment\n@article{a, title={x}}", "bibtex"),
        ('[{"id": "a"}]', "csl"),
        ("<xml><records><record/></records></xml>", "endnote"),
        (PUBMED, "pubmed-xml"),
        (MEDLINE, "medline"),
        (WOS, "wos"),
        ("title;year\na;2020", "csv"),
        ("10.1234/abc\n", "dois"),
    ],
)
def test_format_is_told_by_the_bytes_under_any_name(content: str, form: str) -> None:
    assert read(content.encode(), "references.txt").form == form
    assert read(content.encode(), "references.xlsx").form == form


def test_medline_text() -> None:
    first, second = records(MEDLINE)
    assert first.title == "Migration and health: a title that goes on in the next line."
    assert (first.pmid, first.doi, first.issued, first.kind) == (
        "12345678",
        "10.1234/abc",
        "2021-03-05",
        "article-journal",
    )
    assert first.authors == (Name("Weber", "Jana"),)
    assert Extra("AU", "Weber J") in first.extras
    assert second.title == "Zwei"


def test_pubmed_xml() -> None:
    (found,) = records(PUBMED)
    assert found.title == "A <i>vivid</i> title"
    assert plain(found.title) == "A vivid title"
    assert found.abstract == "AIM: To see.\nRESULT: Seen."
    assert found.authors == (Name("Weber", "Jana, Jr"), Name("The Group"))
    assert (found.pmid, found.doi, found.issued) == ("7", "10.1234/abc", "2020-02")
    assert (found.key, found.container, found.pages) == ("7", "Health", "1-9")


def test_web_of_science_text() -> None:
    (found,) = records(WOS)
    assert found.title == "A title that goes on"
    assert found.authors == (Name("Weber", "Jana"), Name("Ali", "Kemal"))
    assert (found.issued, found.pages, found.key) == ("2020-03", "1-9", "WOS:1")


def test_workbook() -> None:
    book = Workbook()
    book.active.append(["Title", "Authors", "Year", "Mehr"])  # type: ignore[union-attr] # a new book has a sheet
    book.active.append(["Löhne", "Weber, Jana; Ali, Kemal", 2020, None])  # type: ignore[union-attr] # a new book has a sheet
    out = io.BytesIO()
    book.save(out)
    (found,) = everything(out.getvalue())
    assert isinstance(found, Record)
    assert (found.title, found.year, found.authors) == ("Löhne", 2020, (Name("Weber", "Jana"), Name("Ali", "Kemal")))


def test_bibtex_strings_accents_bodies_and_months() -> None:
    text = r"""@string{zfm = "Zeitschrift f{\"u}r "}
@article{a, title = {{EU} \& L\"ohne in {\c S}i\c{s}li \unknown{x}}, author = {von der Leyen, Ursula and {ILO and UN}},
 journal = zfm # {Migration}, year = 2020, month = mar, pages = {1--9}, doi = {https://doi.org/10.1234/X}}"""
    (found,) = records(text)
    assert found.title == r"EU & Löhne in Şişli \unknownx"
    assert found.authors == (Name("von der Leyen", "Ursula"), Name("ILO and UN"))
    assert (found.container, found.issued, found.pages, found.doi) == (
        "Zeitschrift für Migration",
        "2020-03",
        "1-9",
        "10.1234/x",
    )


@pytest.mark.parametrize(
    ("said", "doi"),
    [
        ("https://doi.org/10.1234/AbC", "10.1234/abc"), ("http://dx.doi.org/10.1234/a(b)", "10.1234/a(b)"),
        ("doi:10.1234/a.", "10.1234/a"), ("DOI: 10.1234/a", "10.1234/a"), ("10.1234/a;", "10.1234/a"),
        ("https://doi.org/10.1234%2Fa", "10.1234/a"), ("10.1234", ""), ("keine", ""),
    ],
)  # fmt: skip
def test_doi_is_the_bare_number(said: str, doi: str) -> None:
    assert doi_of(said) == doi


def test_names_with_particles_suffixes_and_bodies() -> None:
    assert name_of("King, Jr., Martin Luther") == Name("King", "Martin Luther, Jr.")
    assert bibtex_names("Ludwig van Beethoven") == (Name("van Beethoven", "Ludwig"),)
    assert bibtex_names("{Bundesamt für Migration}") == (Name("Bundesamt für Migration"),)
    assert names_in("Liu R., Adler D.G.") == (Name("Liu", "R."), Name("Adler", "D.G."))
    assert names_in("Weber, Jana and Ali, Kemal") == (Name("Weber", "Jana"), Name("Ali", "Kemal"))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Weber M, Ek B, Lee CD.", [("Weber", "M"), ("Ek", "B"), ("Lee", "CD.")]),
        ("Weber M; Ek B", [("Weber", "M"), ("Ek", "B")]), ("Adeli K; Lewis GF", [("Adeli", "K"), ("Lewis", "GF")]),
        ("Adeli K.Lewis G. F.", [("Adeli", "K."), ("Lewis", "G. F.")]), ("De La Cruz J., Ek B.", [("De La Cruz", "J."), ("Ek", "B.")]),
        ("Weber, M", [("Weber", "M")]), ("J.Weber", [("J.Weber", "")]), ("Rat der EU", [("Rat der EU", "")]),
        ("ILO and UN; Weber, Jana", [("ILO and UN", ""), ("Weber", "Jana")]), ("Ek B, Rat der Stadt", [("Ek B", "Rat der Stadt")]),
    ],
)  # fmt: skip
def test_names_in_a_cell(cell: str, names: list[tuple[str, str]]) -> None:
    assert names_in(cell) == tuple(Name(*name) for name in names)


@pytest.mark.parametrize("text", ["100 % & 5 $ #1 a_b {x} \\cmd ^~", "Łódź", "a\u00a0b"])
def test_what_latex_would_read_comes_back(text: str) -> None:
    assert decoded(encoded(text)) == text


def peak(form: str, number: int) -> int:
    written = "".join(write(invented(number), form))
    assert MARK not in written  # nothing is carried twice
    content = io.BytesIO(written.encode())  # before counting begins
    tracemalloc.start()
    count = sum(not isinstance(found, Broken) for found in read(content, "file"))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == number
    return most


@pytest.mark.parametrize("form", [form for form in WRITTEN if form != "bibtex"])
def test_four_times_the_records_need_no_more_memory(form: str) -> None:
    peak(form, 20)
    assert peak(form, 600) < peak(form, 150) * 1.25 + 100_000


def test_bibtex_needs_one_number_a_key_and_no_more() -> None:
    peak("bibtex", 20)
    assert peak("bibtex", 600) < peak("bibtex", 150) * 1.25 + 100_000 + 450 * 200


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        ('id,title,note\n1,Ein Titel,"vorn\nTY  - JOUR\nhinten"\n', "fremd.csv", "csv"),
        ("% eine Bemerkung\n@article{a,\n  title = {T},\n  note = {vorn\nTY  - JOUR\nhinten}\n}\n", "a.bib", "bibtex"),
        ("TY  - JOUR\nTI  - Ein Titel\nN1  - vorn\n@article{a,\nER  - \n", "a.ris", "ris"),
    ],
)
def test_a_line_of_another_format_in_a_text_does_not_change_the_format(content: str, name: str, form: str) -> None:
    assert read(content.encode(), name).form == form
