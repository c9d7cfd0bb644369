"""The table of laws and their names."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from nahtstelle.engines.lawtext.citations import DEFAULT_NAMES, LawNames, find_citations, same_law
from tests.engines.lawtext.citations.citation_lines import lines

SAME = [
    ("SGB 2", "SGB II"),
    ("sgb_2", "SGB II"),
    ("Zweites Buch Sozialgesetzbuch", "SGB II"),
    ("AsylVfG 1992", "AsylG"),
    ("AufenthG 2004", "AufenthG"),
    ("BeschV 2013", "BeschV"),
    ("RuStAG", "StAG"),
    ("BGBEG", "EGBGB"),
    ("Aufenthaltsgesetzes", "AufenthG"),
    ("Bürgerlichen Gesetzbuchs", "BGB"),
    ("Steuersäumnisgesetzes", "Steuersäumnisgesetz"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_names_of_one_law_are_the_same_law(one: str, other: str) -> None:
    assert same_law(one, other)
    assert same_law(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("SGB II", "SGB III"), ("AufenthG", "AufenthV"), ("StAG", "StGB"), ("AO", "FGO")]
)
def test_names_of_two_laws_are_not_the_same_law(one: str, other: str) -> None:
    assert not same_law(one, other)


def test_unknown_name_has_no_citation_name() -> None:
    assert DEFAULT_NAMES.canonical("Steuersäumnisgesetz") is None


def test_added_law_is_found_by_all_its_names() -> None:
    long_title = "Gesetz über die Säumnis, die Eile und den Trost der Steuern"
    names = DEFAULT_NAMES.extended_with([("StSäumG", ["Steuersäumnisgesetz", long_title])])
    inflected = long_title.replace("Gesetz", "Gesetzes")
    text = f"§ 1 StSäumG, § 2 des Steuersäumnisgesetzes und § 3 des {inflected} gilt."
    assert lines(text, names=names) == ["StSäumG § 1", "StSäumG § 2", "StSäumG § 3"]


def test_extending_leaves_the_table_as_it_was() -> None:
    before = len(DEFAULT_NAMES)
    DEFAULT_NAMES.extended_with([("StSäumG", ["Steuersäumnisgesetz"])])
    assert (len(DEFAULT_NAMES), DEFAULT_NAMES.canonical("StSäumG")) == (before, None)


def test_law_known_by_its_portal_name_gets_the_other_names() -> None:
    names = DEFAULT_NAMES.extended_with([("AsylVfG 1992", ["Gesetz über den Trost"])])
    assert names.canonical("Gesetz über den Trost") == "AsylG"


def test_name_of_two_laws_stays_with_the_first() -> None:
    names = LawNames([("AG", ["Gesetz über Trost"]), ("BG", ["Gesetz über Trost"])])
    assert (names.canonical("Gesetz über Trost"), names.canonical("BG")) == ("AG", "BG")


def test_word_for_a_kind_of_law_is_no_name() -> None:
    names = LawNames([("XG", ["Gesetz", "Verordnung", ""])])
    assert [names.canonical(name) for name in ("Gesetz", "Verordnung", "")] == [None, None, None]


def test_longest_name_wins() -> None:
    names = LawNames([("KG", ["Gesetz über Kraft"]), ("LG1", ["Gesetz über Kraft und Licht"])])
    assert lines("§ 1 des Gesetzes über Kraft und Licht", names=names) == ["LG1 § 1"]
    assert lines("§ 1 des Gesetzes über Kraft und Wärme", names=names) == ["KG § 1"]


def test_many_laws_are_found_each_by_its_name() -> None:
    laws = [(f"A{n}G", [f"Gesetz über die Regelung {n} der Angelegenheit {n % 97}"]) for n in range(7_000)]
    names = DEFAULT_NAMES.extended_with(laws)
    text = ". ".join(
        f"§ {n} des Gesetzes über die Regelung {n} der Angelegenheit {n % 97}" for n in range(1, 7_000, 500)
    )
    assert [citation.law for citation in find_citations(text, names=names)] == [f"A{n}G" for n in range(1, 7_000, 500)]


def test_json_names_the_social_code_as_the_portal_does() -> None:
    (citation,) = find_citations("§ 16 SGB II")
    assert (citation.law, citation.as_dict()["law"]) == ("SGB II", "SGB 2")


def test_json_keeps_to_its_schema() -> None:
    schema = json.loads(
        files("nahtstelle.engines.lawtext.citations").joinpath("citations.schema.json").read_text("utf-8")
    )
    text = "Nach §§ 16d, 18a–18c Abs. 2 S. 1 lit. a AufenthG a.F. und Art. 229 § 5 ff. EGBGB, Absatz 3, § 9 der Verordnung."
    citations = [citation.as_dict() for citation in find_citations(text, relative=True)]
    assert len(citations) == 7
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(json.dumps(citations)))
