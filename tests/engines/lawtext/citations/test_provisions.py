"""Which provision a citation points to: Absatz, Satz, Nummer … in every style."""

import pytest

from nahtstelle.engines.lawtext.citations import find_citations
from tests.engines.lawtext.citations.citation_lines import lines

STYLES = {
    "§ 60a Abs. 2 S. 4 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60a Absatz 2 Satz 4 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60a Abs 2 Satz 4 AufenthG": "AufenthG § 60a A2 S4",
    "§60a Abs.2 Satz4 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60a II 4 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60a (2) 4 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60 a Abs. 2 S. 4 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60a, Abs. 2, Satz 4 AufenthG": "AufenthG § 60a A2 S4",
    "§\u00a060a Abs.\u00a02 S.\u00a04 AufenthG": "AufenthG § 60a A2 S4",
    "§ 60a\nAbs. 2\nS. 4\nAufenthG": "AufenthG § 60a A2 S4",
    "§ 60a ( Abs. 2 ) S. 4 AufenthG": "AufenthG § 60a A2 S4",
    "Paragraf 60a Absatz 2 Satz 4 Aufenthaltsgesetz": "AufenthG § 60a A2 S4",
    "§ 25 II 1 Alt. 2 AufenthG": "AufenthG § 25 A2 S1 V2",
    "§ 25 Abs. 2 S. 1 2. Alt. AufenthG": "AufenthG § 25 A2 S1 V2",
    "§ 25 Abs. 2 Satz 1 zweite Alternative AufenthG": "AufenthG § 25 A2 S1 V2",
    "§ 25 Abs. 2 Satz 1 Var. 2 AufenthG": "AufenthG § 25 A2 S1 V2",
    "§ 61 Abs. 1 S. 2 Hs. 2 AsylG": "AsylG § 61 A1 S2 H2",
    "§ 61 Abs. 1 Satz 2 2. Halbsatz AsylG": "AsylG § 61 A1 S2 H2",
    "§ 61 Abs 1 S 2 Halbs 2 AsylG": "AsylG § 61 A1 S2 H2",
    "§ 4 Abs. 1 Satz 1 Nr. 1 lit. b DeuFöV": "DeuFöV § 4 A1 S1 N1 Bb",
    "§ 4 Abs. 1 Satz 1 Nr. 1 Buchst. b) DeuFöV": "DeuFöV § 4 A1 S1 N1 Bb",
    "§ 4 Abs. 1 Satz 1 Nr. 1 b) DeuFöV": "DeuFöV § 4 A1 S1 N1 Bb",
    "§ 22 Nr. 1 Satz 3 Buchstabe a Doppelbuchstabe aa EStG": "EStG § 22 N1 S3 Ba Daa",
    "§ 53 Abs. 3a AufenthG": "AufenthG § 53 A3a",
    "§ 43 Nr. 7c EStG": "EStG § 43 N7c",
    "Art. 16a Abs. 2 S. 1 GG": "GG Art. 16a A2 S1",
    "Artikel 6 des Grundgesetzes": "GG Art. 6",
    "Art 16 a GG": "GG Art. 16a",
    "Art. 6 Abs. 1 UAbs. 1 lit. c DSGVO": "DSGVO Art. 6 A1 U1 Bc",
    "Art. 3 (a) EPÜ": "EPÜ Art. 3 Ba",
    "Art. 229 § 5 Satz 1 EGBGB": "EGBGB Art. 229 § 5 S1",
    "Art. II § 6 Abs. 1 IntPatÜG": "IntPatÜG Art. II § 6 A1",
    "Art. 6ter Abs. 1 PVÜ": "PVÜ Art. 6ter A1",
    "§ 8.05 Nummer 4 der Binnenschiffspersonalverordnung": "Binnenschiffspersonalverordnung § 8.05 N4",
}


@pytest.mark.parametrize("written", STYLES)
def test_one_provision_is_read_in_every_style(written: str) -> None:
    assert lines(f"Nach {written} gilt dies.") == [STYLES[written]]


def test_level_named_twice_keeps_the_first_and_the_path_both() -> None:
    (citation,) = find_citations("§ 15 Abs. 1 Satz 1 Nr. 2 Satz 3 EStG")
    assert (citation.satz, citation.path) == ("1", ("A1", "S1", "N2", "S3"))


@pytest.mark.parametrize(
    ("written", "following"),
    [("§ 53 ff. AufenthG", "ff."), ("§§ 27ff AufenthG", "ff."), ("§ 27 f. AufenthG", "f."), ("§ 27 f AufenthG", "f.")],
)
def test_following_provisions_are_noted_and_not_guessed(written: str, following: str) -> None:
    assert [citation.following for citation in find_citations(written)] == [following]


def test_letter_without_space_is_the_number_and_not_the_following() -> None:
    (citation,) = find_citations("§ 13f BGB")
    assert (citation.section, citation.following) == ("13f", None)


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("§ 61 AsylG a.F.", "a.F."),
        ("§ 61 AsylG a. F.", "a.F."),
        ("§ 61 AsylG aF", "a.F."),
        ("§ 61 AsylG (a.F.)", "a.F."),
        ("§ 61 a.F. AsylG", "a.F."),
        ("§ 61 AsylG n.F.", "n.F."),
        ("§ 61 AsylG-E", "E"),
        ("§ 61 EStG 2002", "2002"),
        ("§ 61 AsylG", None),
    ],
)
def test_version_of_the_law_is_noted(written: str, version: str | None) -> None:
    (citation,) = find_citations(written)
    assert (citation.version, citation.text) == (version, written)


def test_draft_is_a_version_and_no_other_law() -> None:
    assert lines("§ 104c AufenthG-E") == ["AufenthG § 104c"]


@pytest.mark.parametrize(
    "text",
    [
        "Es gibt zwei Arten 5 und 6.",
        "Er litt unter Beschwerden psychischer Art.\n8\nDas SG hat entschieden.",
        "Ein Abs. 3 allein steht hier.",
        "Das Zeichen § ohne Nummer.",
        "Die Artigkeit 5 und der Artikel des Tages.",
        "",
    ],
)
def test_text_without_a_citation_gives_none(text: str) -> None:
    assert find_citations(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "vgl. Bergmann/Dienelt, Ausländerrecht, § 60c AufenthG Rn. 10",
        "MüKoStGB/Gericke aaO, § 95 AufenthG Rn. 53",
        "Palandt, BGB, 77. Aufl., § 117 Rn. 4",
        "BSG SozR 4-4200 § 7 Nr 43 RdNr 42",
        "BVerwG, Buchholz 235.01 § 38 WDO 2002 Nr. 2 S. 10",
        "BT-Drucks 17/6277, S 104 zu § 145",
    ],
)
def test_place_in_a_commentary_or_collection_is_no_citation_of_law(text: str) -> None:
    assert lines(text) == []


def test_heading_on_its_own_line_is_no_citation() -> None:
    assert lines("§ 7 Umfang des Versicherungsschutzes\nEs gilt § 5 entsprechend.") == ["? § 5"]


def test_statutes_of_an_association_are_no_law() -> None:
    assert lines("Nach § 34 der Satzung kann der Zentralverbandstag beschließen.") == []
