"""Which law a citation names, and how far its name goes."""

import pytest

from nahtstelle.engines.lawtext.citations import find_citations
from tests.engines.lawtext.citations.citation_lines import lines, references

LONG_TITLE = "des Gesetzes über den Aufenthalt, die Erwerbstätigkeit und die Integration von Ausländern im Bundesgebiet"

# What stands behind "§ 5 Abs. 1", and the law it is.
NAMES = {
    "AufenthG": "AufenthG",
    "des AufenthG": "AufenthG",
    "des Aufenthaltsgesetzes": "AufenthG",
    "Aufenthaltsgesetz": "AufenthG",
    "im Aufenthaltsgesetz": "AufenthG",
    "(AufenthG)": "AufenthG",
    "[AufenthG]": "AufenthG",
    "(Chancen-Aufenthaltsrecht) AufenthG": "AufenthG",
    "des geltenden Aufenthaltsgesetzes": "AufenthG",
    "des Aufenthalts-\ngesetzes": "AufenthG",
    "des Auf\u00adenthaltsgesetzes": "AufenthG",
    LONG_TITLE: "AufenthG",
    "AsylVfG": "AsylG",
    "des Asylverfahrensgesetzes": "AsylG",
    "FreizügG/EU": "FreizügG/EU",
    "des Freizügigkeitsgesetzes/EU": "FreizügG/EU",
    "AZRG-DV": "AZRG-DV",
    "des AZR-Gesetzes": "AZRG",
    "SGB II": "SGB II",
    "SGB 2": "SGB II",
    "SGB-II": "SGB II",
    "des SGB II": "SGB II",
    "des Zweiten Buches": "SGB II",
    "des Zweiten Buches Sozialgesetzbuch": "SGB II",
    "des Zweiten Buches des Sozialgesetzbuchs": "SGB II",
    "Zehntes Buch Sozialgesetzbuch": "SGB X",
    "Sozialgesetzbuch Erstes Buch - Allgemeiner Teil -": "SGB I",
    "des Sozialgesetzbuchs Zweites Buch": "SGB II",
    "des Sechsten Buches Sozialgesetzbuch – Gesetzliche Rentenversicherung –": "SGB VI",
    "GG": "GG",
    "des Grundgesetzes": "GG",
    "des Bürgerlichen Gesetzbuchs": "BGB",
    "der Beschäftigungsverordnung": "BeschV",
    "der Zivilprozessordnung": "ZPO",
    "des Gesetzes über Ordnungswidrigkeiten": "OWiG",
    "EMRK": "EMRK",
    "des Vertrags über die Arbeitsweise der Europäischen Union": "AEUV",
    # not in the table, taken by their form
    "IntPatÜG": "IntPatÜG",
    "ZustVO-SOG": "ZustVO-SOG",
    "TVöD": "TVöD",
    "TV AKS 2014": "TV AKS 2014",
    "TV-Ärzte Hessen": "TV-Ärzte Hessen",
    "DSchG SH": "DSchG SH",
    "des Steuersäumnisgesetzes": "Steuersäumnisgesetz",
    "der Sächsischen Haushaltsordnung": "Sächsische Haushaltsordnung",
    "des Hamburgischen Pressegesetzes": "Hamburgisches Pressegesetz",
    "des Schulgesetzes für den Freistaat Sachsen": "Schulgesetz für den Freistaat Sachsen",
    "der Straßenbahn-Bau- und Betriebsordnung": "Straßenbahn-Bau- und Betriebsordnung",
    "der Approbationsordnung für Zahnärzte": "Approbationsordnung für Zahnärzte",
    "des 2. Haushaltsstrukturgesetzes": "2. Haushaltsstrukturgesetz",
    "des Gesetzes über das Verlagsrecht": "Gesetz über das Verlagsrecht",
    "des Gesetzes über die Beförderung gefährlicher Güter": "Gesetz über die Beförderung gefährlicher Güter",
    "des Gesetzes vom 19. Dezember 2008 (BGBl. I S. 2794)": "Gesetz vom 19. Dezember 2008 (BGBl. I S. 2794)",
    "des Steuersäumnisgesetzes vom 13. Juli 1961 (BGBl. I S. 981)": "Steuersäumnisgesetz",
    "des Gesetzes zur Regelung des Vollzuges in Sachsen (StVollzG SN)": "StVollzG SN",
    "des tunesischen Strafgesetzbuchs": "tunesisches Strafgesetzbuch",
    "der Richtlinie 2013/32/EU": "Richtlinie 2013/32/EU",
    "RL 2013 / 32 / EU": "Richtlinie 2013/32/EU",
    "VO (EG) Nr 883/2004": "Verordnung (EG) Nr. 883/2004",
    "der Verordnung (EU) 2018/1806": "Verordnung (EU) 2018/1806",
    "der Verordnung (EU) 2016/679": "DSGVO",
    "ARB 1/80": "ARB 1/80",
}


@pytest.mark.parametrize("name", NAMES)
def test_law_is_known_by_each_of_its_names(name: str) -> None:
    assert [citation.law for citation in find_citations(f"Nach § 5 Abs. 1 {name} gilt dies.")] == [NAMES[name]]


@pytest.mark.parametrize("name", [n for n in NAMES if not n.endswith("(StVollzG SN)")])
def test_reference_reaches_to_the_end_of_the_name(name: str) -> None:
    assert references(f"Nach § 5 Abs. 1 {name} gilt dies.") == [f"§ 5 Abs. 1 {name}"]


@pytest.mark.parametrize(
    "behind",
    [
        "der Kläger seinen Vertrag kündigt",
        "der Vertrag endet",
        "den Arbeitsvertrag kündigt",
        "die Verordnung erlassen wird",
        "Verträge schließt",
        "Richtlinien zu erlassen sind",
        "BVerfG entscheidet",
        "der Rechtsverordnung widerspricht",
        "der zuständigen Behörde",
        "Übergangsvorschriften",
        "dem Bundesamt",
    ],
)
def test_words_behind_a_citation_are_no_law(behind: str) -> None:
    assert lines(f"wenn nach § 5 Abs. 1 {behind}") == ["? § 5 A1"]


def test_law_at_the_end_is_that_of_all_before_it() -> None:
    assert lines("§ 10 Abs. 1 Nr. 5 und § 12a Abs. 1 StAG") == ["StAG § 10 A1 N5", "StAG § 12a A1"]
    assert lines("nach § 18 Absatz 1 und nach § 19 des Arbeitszeitgesetzes") == ["ArbZG § 18 A1", "ArbZG § 19"]


def test_each_law_takes_what_stands_before_it() -> None:
    text = "§ 16d Abs. 3 AufenthG i. V. m. § 2a BeschV"
    assert lines(text) == ["AufenthG § 16d A3", "BeschV § 2a"]
    assert references(text) == ["§ 16d Abs. 3 AufenthG", "§ 2a BeschV"]


def test_article_and_paragraph_do_not_share_a_law() -> None:
    assert lines("nach § 16 und Artikel 450 der Verordnung (EU) Nr. 575/2013") == [
        "? § 16",
        "Verordnung (EU) Nr. 575/2013 Art. 450",
    ]


@pytest.mark.parametrize(
    ("text", "expected", "reference"),
    [
        ("gilt SGB II § 16", ["SGB II § 16"], "SGB II § 16"),
        ("gilt AufenthG § 25b Abs. 1", ["AufenthG § 25b A1"], "AufenthG § 25b Abs. 1"),
        ("gilt HGB §§ 74 ff", ["HGB § 74"], "HGB §§ 74 ff"),
        ("gilt AufenthG, § 4a", ["AufenthG § 4a"], "AufenthG, § 4a"),
        ("gilt Aufenthaltsgesetz § 4a", ["AufenthG § 4a"], "Aufenthaltsgesetz § 4a"),
        ("gilt GmbHG 1892 § 13 Abs 3", ["GmbHG § 13 A3"], "GmbHG 1892 § 13 Abs 3"),
        ("das BVerfG § 4a", ["? § 4a"], "§ 4a"),
    ],
)
def test_law_may_stand_before_the_sign(text: str, expected: list[str], reference: str) -> None:
    assert (lines(text), references(text)) == (expected, [reference])


def test_law_before_the_sign_belongs_to_one_reference_only() -> None:
    assert lines("§ 5 AufenthG § 6 AsylG") == ["AufenthG § 5", "AsylG § 6"]


@pytest.mark.parametrize("back", ["ebd.", "a.a.O.", "desselben Gesetzes", "des genannten Gesetzes"])
def test_law_may_be_that_of_the_citation_before(back: str) -> None:
    assert lines(f"§ 60d AufenthG; § 60c {back}") == ["AufenthG § 60d", "AufenthG § 60c"]


def test_reference_without_a_law_is_internal() -> None:
    (citation,) = find_citations("nach § 5 Absatz 2")
    assert (citation.law, citation.internal) == (None, True)


@pytest.mark.parametrize("text", ["nach § 5 Absatz 2", "nach § 5 Absatz 2 dieses Gesetzes"])
def test_internal_reference_has_the_law_it_stands_in(text: str) -> None:
    (citation,) = find_citations(text, context_law="AsylVfG 1992")
    assert (citation.law, citation.internal) == ("AsylG", True)


def test_kind_of_law_without_a_name_is_neither_internal_nor_known() -> None:
    (citation,) = find_citations("nach § 5 der Verordnung", context_law="AufenthG")
    assert (citation.law, citation.internal) == (None, False)


def test_annex_is_not_the_law_itself() -> None:
    (citation,) = find_citations("nach § 3.02 Nr. 2 der Anlage", context_law="AufenthG")
    assert (citation.law, citation.internal) == (None, False)


def test_own_section_before_another_law_stays_internal_in_a_law() -> None:
    text = "nach § 28 sowie nach § 6b des Bundeskindergeldgesetzes"
    assert lines(text, context_law="SGB II") == ["SGB II § 28", "BKGG § 6b"]
    assert lines(text) == ["BKGG § 28", "BKGG § 6b"]


def test_relative_references_are_given_only_when_asked_for() -> None:
    text = "Absatz 3 gilt nach § 5 Absatz 2 auch für Satz 2 Nummer 1."
    assert lines(text) == ["? § 5 A2"]
    assert lines(text, relative=True, context_law="AufenthG", context_section="§ 9") == [
        "AufenthG § 9 A3",
        "AufenthG § 5 A2",
        "AufenthG § 9 S2 N1",
    ]
