"""Enumerations and ranges become one citation for each member."""

import pytest

from nahtstelle.engines.lawtext.citations import find_citations
from tests.engines.lawtext.citations.citation_lines import lines, references

ENUMERATIONS = {
    "§§ 16d, 18a–18c AufenthG": ["AufenthG § 16d", "AufenthG § 18a", "AufenthG § 18b", "AufenthG § 18c"],
    "§§ 16a-c AufenthG": ["AufenthG § 16a", "AufenthG § 16b", "AufenthG § 16c"],
    "§§ 18a und b AufenthG": ["AufenthG § 18a", "AufenthG § 18b"],
    "§§ 25a/b AufenthG": ["AufenthG § 25a", "AufenthG § 25b"],
    "§ 25a/§ 25b AufenthG": ["AufenthG § 25a", "AufenthG § 25b"],
    "§§ 3 bis 5 AsylbLG": ["AsylbLG § 3", "AsylbLG § 4", "AsylbLG § 5"],
    "§ 3 bis § 5 AsylbLG": ["AsylbLG § 3", "AsylbLG § 4", "AsylbLG § 5"],
    "§§ 16d bis 18 AufenthG": ["AufenthG § 16d", "AufenthG § 17", "AufenthG § 18"],
    "§§ 17 bis 18b AufenthG": ["AufenthG § 17", "AufenthG § 18", "AufenthG § 18a", "AufenthG § 18b"],
    "§ 18a oder § 18b AufenthG": ["AufenthG § 18a", "AufenthG § 18b"],
    "§ 16g, § 60c und § 60d AufenthG": ["AufenthG § 16g", "AufenthG § 60c", "AufenthG § 60d"],
    "§ 60 Abs. 5 oder 7 AufenthG": ["AufenthG § 60 A5", "AufenthG § 60 A7"],
    "§ 53 Abs. 3a, 3b und 4 AufenthG": ["AufenthG § 53 A3a", "AufenthG § 53 A3b", "AufenthG § 53 A4"],
    "§ 16b Abs. 1 – 3 AufenthG": ["AufenthG § 16b A1", "AufenthG § 16b A2", "AufenthG § 16b A3"],
    "§ 5 Abs. 1 Sätze 2 und 3 AufenthG": ["AufenthG § 5 A1 S2", "AufenthG § 5 A1 S3"],
    "§ 5 Abs. 1 Satz 2 und Satz 3 AufenthG": ["AufenthG § 5 A1 S2", "AufenthG § 5 A1 S3"],
    "§ 4 Abs. 1 Satz 1, Satz 2 Nr. 2 oder Nr. 3 AsylG": ["AsylG § 4 A1 S1", "AsylG § 4 A1 S2 N2", "AsylG § 4 A1 S2 N3"],
    "§ 3 Nr. 1 lit. a und b BeschV": ["BeschV § 3 N1 Ba", "BeschV § 3 N1 Bb"],
    "§ 3 Nr. 1 Buchst. a bis c BeschV": ["BeschV § 3 N1 Ba", "BeschV § 3 N1 Bb", "BeschV § 3 N1 Bc"],
    "§ 44 Abs. 6 Sätze 1 und 4 sowie Abs. 1 Satz 3 EStG": ["EStG § 44 A6 S1", "EStG § 44 A6 S4", "EStG § 44 A1 S3"],
    "§ 12a I 1, II, IX AufenthG": ["AufenthG § 12a A1 S1", "AufenthG § 12a A2", "AufenthG § 12a A9"],
    "§ 11 Abs. 4 Satz 1 i. V. m. Abs. 5 AufenthG": ["AufenthG § 11 A4 S1", "AufenthG § 11 A5"],
    "§ 11 Abs. 4 Satz 1 iVm Satz 2 AufenthG": ["AufenthG § 11 A4 S1", "AufenthG § 11 A4 S2"],
    "§ 30 in Verbindung mit § 30b AufenthG": ["AufenthG § 30", "AufenthG § 30b"],
    "Art. 1 Abs. 1 i. V. m. Art. 2 Abs. 1 GG": ["GG Art. 1 A1", "GG Art. 2 A1"],
    "Art. 1 (c) und 3 (a) AMVO": ["AMVO Art. 1 Bc", "AMVO Art. 3 Ba"],
    "Art. 5 und 6 GG": ["GG Art. 5", "GG Art. 6"],
    "§§ 39 ff., 81a AufenthG": ["AufenthG § 39", "AufenthG § 81a"],
    "§ 125 iVm den § 124 Abs 2 SGB V": ["SGB V § 125", "SGB V § 124 A2"],
    "§§ 3, 5 Abs. 1 und 2 Nr. 1 UWG": ["UWG § 3", "UWG § 5 A1", "UWG § 5 A2 N1"],
    "§§ 43 Abs. 1 Nr. 7c, 43a Abs. 1 EStG": ["EStG § 43 A1 N7c", "EStG § 43a A1"],
    "§§ 37 Abs. 1, 8 Abs. 2 Nr. 1, 2 MarkenG": ["MarkenG § 37 A1", "MarkenG § 8 A2 N1", "MarkenG § 8 A2 N2"],
    "§§ 1601, 1626 Abs 1 S 1, 1754 BGB": ["BGB § 1601", "BGB § 1626 A1 S1", "BGB § 1754"],
    "§§ 1615l Abs 3, 1610 BGB": ["BGB § 1615l A3", "BGB § 1610"],
    "§§ 9 Abs. 1 Nr. 2 Halbsatz 2, 125b Nr. 1 MarkenG": ["MarkenG § 9 A1 N2 H2", "MarkenG § 125b N1"],
    "§ 4 Absatz 1 Nummer 2 und 3, Absatz 1a bis 1c BApO": [
        "BApO § 4 A1 N2",
        "BApO § 4 A1 N3",
        "BApO § 4 A1a",
        "BApO § 4 A1b",
        "BApO § 4 A1c",
    ],
}


@pytest.mark.parametrize("written", ENUMERATIONS)
def test_enumeration_gives_its_members(written: str) -> None:
    assert lines(f"Nach {written} gilt dies.") == ENUMERATIONS[written]
    assert references(f"Nach {written} gilt dies.") == [written]


def test_internal_enumeration_gives_a_reference_for_each_sign() -> None:
    text = "nach § 5 Absatz 1 Nummer 1 bis 3 und Absatz 2 Satz 1 Buchstabe a oder § 12 Satz 2"
    assert lines(text) == ["? § 5 A1 N1", "? § 5 A1 N2", "? § 5 A1 N3", "? § 5 A2 S1 Ba", "? § 12 S2"]
    assert references(text) == ["§ 5 Absatz 1 Nummer 1 bis 3 und Absatz 2 Satz 1 Buchstabe a", "§ 12 Satz 2"]


def test_member_stands_at_its_own_words_within_the_reference() -> None:
    text = "nach §§ 16d, 18a–18c Abs. 1 AufenthG"
    members = [text[c.member_start : c.member_end] for c in find_citations(text)]
    assert members == ["§§ 16d", "18a–18c", "18a–18c", "18a–18c Abs. 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nach § 3 Absatz 1 oder 2 Wochen später", ["? § 3 A1"]),
        ("nach § 5 und 14 Tage danach", ["? § 5"]),
        ("nach § 5, 20 Euro", ["? § 5"]),
        ("nach § 5 und 1. Januar", ["? § 5"]),
        ("nach § 19 Absatz 2, 2. die Angabe", ["? § 19 A2"]),
        ("nach § 17 und\n2. die Angabe", ["? § 17"]),
        ("nach § 4 Absatz 2 Buchstabe h, 2. die Angabe", ["? § 4 A2 Bh"]),
        ("nach § 3 Absatz 1 und 2.", ["? § 3 A1", "? § 3 A2"]),
        ("§ 2 Satz 1 Nummer 1 und 2 a) der Familienname", ["? § 2 S1 N1", "? § 2 S1 N2"]),
    ],
)
def test_quantity_or_list_item_behind_a_citation_is_no_member(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_number_behind_a_single_sign_counts_only_with_a_law() -> None:
    assert lines("§ 5, 6 AufenthG") == ["AufenthG § 5", "AufenthG § 6"]
    assert lines("§ 5, 6 andere Fälle") == ["? § 5"]


def test_range_that_runs_backwards_is_no_range() -> None:
    assert lines("§§ 18–16 AufenthG") == ["? § 18"]


def test_very_long_range_is_given_by_its_ends() -> None:
    assert lines("§§ 1 bis 2385 BGB") == ["BGB § 1", "BGB § 2385"]
