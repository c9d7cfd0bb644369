"""What people type into a search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.citations import parse_citation
from tests.engines.lawtext.citations.citation_lines import line

QUERIES = {
    "60c aufenthg": ["AufenthG § 60c"],
    "60C AUFENTHG": ["AufenthG § 60c"],
    "§60 c AufenthG": ["AufenthG § 60c"],
    "aufenthg 60c": ["AufenthG § 60c"],
    "AufenthG, § 60c": ["AufenthG § 60c"],
    "aufenthaltsgesetz 60c": ["AufenthG § 60c"],
    "60c abs 1 satz 2 nr 3 lit a aufenthg": ["AufenthG § 60c A1 S2 N3 Ba"],
    "26 (2) beschv": ["BeschV § 26 A2"],
    "16 II 1 aufenthg": ["AufenthG § 16 A2 S1"],
    "SGB II § 16": ["SGB II § 16"],
    "sgb 2 16e": ["SGB II § 16e"],
    "sgbii 16e abs. 1": ["SGB II § 16e A1"],
    "zweites buch sozialgesetzbuch 16": ["SGB II § 16"],
    "asylvfg 1992 61": ["AsylG § 61"],
    "art 16a gg": ["GG Art. 16a"],
    "16a GG": ["GG Art. 16a"],
    "dsgvo 6": ["DSGVO Art. 6"],
    "§§ 16d, 18a-18c aufenthg": ["AufenthG § 16d", "AufenthG § 18a", "AufenthG § 18b", "AufenthG § 18c"],
    "  § 5 BeschV. ": ["BeschV § 5"],
    "60c": ["? § 60c"],
    "§ 5": ["? § 5"],
}


@pytest.mark.parametrize("query", QUERIES)
def test_query_names_its_provisions(query: str) -> None:
    assert [line(citation) for citation in parse_citation(query)] == QUERIES[query]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "integration",
        "60 jahre migration",
        "2022",
        "SGB 2",
        "§ 60c AufenthG und Ausbildung",
        "§",
        "abs 3",
        "5 " * 400,
    ],
)
def test_query_that_is_more_or_less_than_a_citation_names_none(query: str) -> None:
    assert parse_citation(query) == ()


@given(st.text(alphabet="§ 1260aIVX.,()AufenthGSabsnr-\n", max_size=60))
def test_any_query_gives_citations_that_stand_in_it(query: str) -> None:
    for citation in parse_citation(query):
        assert query[citation.start : citation.end] == citation.text
