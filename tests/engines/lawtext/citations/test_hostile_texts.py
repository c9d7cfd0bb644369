"""Texts made to be slow or to explode. Each would hang for minutes if the time grew with the square of the length."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.citations import find_citations, parse_citation

LENGTH = 100_000
REPEATED = [
    "§",
    "§ ",
    "§\n",
    "§ 1, ",
    "§ 1 und ",
    "§ 1 bis ",
    "§ 1-",
    "§ 1, 2, ",
    "§§ 1-400 ",
    "§ 1 Abs. ",
    "Abs. ",
    "Satz 1 ",
    "§ 1 II, III ",
    "§ 1 (",
    "§ 1 [",
    "§ 1 Nr. 1 Buchst. a, b und ",
    "§ 1 des ",
    "§ 1 des A-",
    "§ 1 Aa- und ",
    "§ 1 Gesetz zur Aa ",
    "§ 1 Gesetz zur Aa und ",
    "§ 1 der Verordnung (EU) 2016/1 ",
    "§ 1 vom 1. Januar 2000 (BGBl. ",
    "Art. 1 § 1 ",
    "SozR 1 § 1 ",
    "AA/",
    "gesetz",
]


@pytest.mark.parametrize("unit", REPEATED)
def test_repeated_pieces_take_linear_time(unit: str) -> None:
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    found = find_citations(text, relative=True)
    assert len(found) <= LENGTH


@pytest.mark.parametrize("gap", [" ", "\n", "\u00a0", "\u00ad", "-", "a", "A", "1"])
def test_long_gap_behind_a_citation_takes_linear_time(gap: str) -> None:
    find_citations("§ 1 " + gap * LENGTH + " AufenthG")


def test_ranges_cannot_multiply_a_text() -> None:
    text = "§§ 1-400 " * 10_000
    assert len(find_citations(text)) < len(text)


def test_enumeration_without_end_is_cut_into_references() -> None:
    longest = max(c.end - c.start for c in find_citations("§ 1, " * 20_000 + "§ 1 AufenthG"))
    assert longest < 7_000


def test_query_of_any_length_is_answered() -> None:
    assert parse_citation("§ 1 " * 100_000) == ()


SIGNS = ["§ ", "§§ ", "Art. ", "Artikel "]
STEPS = ["5", "60a", " Abs. 2", " Absatz 1", " S. 3", " Satz 2", " Nr. 4", " lit. a", " II", " 1", " (2)", " ff."]
JOINTS = [", ", " und ", " bis ", "-", "–", " i.V.m. ", " sowie ", ". ", ")", "\n", "Text "]
LAWS = [
    " AufenthG",
    " SGB II",
    " des Aufenthaltsgesetzes",
    " GG",
    " der Verordnung",
    " dieses Gesetzes",
    " ebd.",
    "AsylG ",
]
TAILS = [" a.F.", " Rn. 5", " vom 1.2.2003"]
FRAGMENTS = st.sampled_from([*SIGNS, *STEPS, *JOINTS, *LAWS, *TAILS])


@settings(max_examples=400)
@given(st.lists(FRAGMENTS, max_size=40).map("".join), st.booleans())
def test_references_of_any_text_stand_in_it_in_order_and_apart(text: str, relative: bool) -> None:
    found = find_citations(text, relative=relative)
    for citation in found:
        assert text[citation.start : citation.end] == citation.text
        assert citation.start <= citation.member_start < citation.member_end <= citation.end
    spans = list(dict.fromkeys((citation.start, citation.end) for citation in found))
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(citation.text for citation in find_citations(text, relative=True))
