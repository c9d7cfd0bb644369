"""What is written comes back: any record, in each format we write."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.writing import WRITTEN, write
from nahtstelle.engines.literature.records import Extra, Name, Record

KINDS = [
    "article-journal",
    "book",
    "chapter",
    "paper-conference",
    "report",
    "thesis",
    "webpage",
    "document",
    "interview",
]
NASTY = st.sampled_from([
    "AU  - Nobody", "ER  - ", "a\nTY  - JOUR\nb", "{", "}", "a}b", "\\", "\\\"{o}", "100 % & more", "x_1^2", "~", '"', "'=1",
    "=1+1", "a; b, c and d", "</record>", "<record>", "<i>in vivo</i>", "&amp;", "&lt;", "@article{x,", "a--b", "\n\nend",
    "nahtstelle:x", "Müller", "Nguyễn", "ß", "\u00a0x", "$x$", "#", "None", "2020", "-", "[[1]]", "\u2028z",
])  # fmt: skip
words = st.one_of(
    NASTY, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.text("ab ,;{}\\\"'\n-", max_size=20)
)
line = words.map(lambda text: " ".join(text.split()))
names = st.builds(Name, line.filter(bool), line)
generated = st.builds(
    Record,
    key=line, kind=st.sampled_from(KINDS), title=line, authors=st.lists(names, max_size=3).map(tuple),
    editors=st.lists(names, max_size=2).map(tuple), year=st.none() | st.integers(0, 9999),
    issued=st.sampled_from(["", "2021", "2021-03", "2021-03-05", "0001", "spring"]), container=line, volume=line,
    issue=line, pages=line, publisher=line, place=line, edition=line, doi=st.sampled_from(["", "10.1/a", "10.1234/b(c)"]),
    isbn=line, issn=line, pmid=line, url=line, language=line, abstract=words, keywords=st.lists(line, max_size=3).map(tuple),
    notes=st.lists(words, max_size=2).map(tuple), extras=st.lists(st.builds(Extra, line, words), max_size=3).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize("form", WRITTEN)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_records=st.lists(generated, min_size=1, max_size=3))
def test_any_record_comes_back_as_it_was(form: str, given_records: list[Record]) -> None:
    text = "".join(write(given_records, form))

    assert list(read(text.encode("utf-8"), "file")) == given_records


@pytest.mark.parametrize("form", WRITTEN)
def test_an_ordinary_article_needs_nothing_carried_beside(form: str) -> None:
    record = Record(
        key="weber2021", kind="article-journal", title="Anerkennung ausländischer Abschlüsse & Löhne: 100 % Erfolg?",
        authors=(Name("Weber", "Jana"), Name("von der Leyen", "Max, Jr."), Name("Bundesamt für Migration")), year=2021,
        issued="2021-03-05", container="Zeitschrift für Migration", volume="12", issue="3", pages="125-133",
        doi="10.1234/zfm.2021.5", issn="1234-5678", language="de", abstract="Erste Zeile.\nZweite Zeile.",
        keywords=("Migration", "Arbeitsmarkt"), notes=("Ein Wort dazu.",),
    )  # fmt: skip

    assert "nahtstelle:" not in "".join(write([record], form))


@pytest.mark.parametrize("form", WRITTEN)
def test_a_carrier_that_was_spoilt_leaves_what_the_format_says(form: str) -> None:
    record = Record(key="a", title="Titel", kind="interview", notes=("eins", "zwei"))
    text = "".join(write([record], form))
    assert "nahtstelle:" in text

    (back,) = read(text.replace("nahtstelle:", "nahtstelle:,,").encode(), "file")

    assert isinstance(back, Record)
    assert back.title == "Titel"


def test_two_records_of_one_key_get_two_keys_in_bibtex() -> None:
    twins = [Record(key="a", title="Eins"), Record(key="a", title="Zwei")]

    text = "".join(write(twins, "bibtex"))

    assert "@misc{a," in text
    assert "@misc{a-2," in text
    assert list(read(text.encode(), "file")) == twins


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_takes_for_a_formula_is_written_as_text(start: str) -> None:
    assert f"'{start}1+1" in "".join(write([Record(key="a", title=f"{start}1+1")], "csv"))
