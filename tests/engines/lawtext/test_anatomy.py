"""Absatz, Satz, Nummer, Buchstabe."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.anatomy import find_part
from nahtstelle.engines.lawtext.values import Norm
from tests.engines.lawtext.law_files import read_norm


def paths(content: str) -> list[tuple[str, str]]:
    """Every part as its path and its text."""
    norm = read_norm(content)
    return [("/".join(part.path), norm.text[part.start : part.end]) for part in norm.parts]


def items(*pairs: tuple[str, str]) -> str:
    return "<DL>" + "".join(f"<DT>{marker}</DT><DD><LA>{text}</LA></DD>" for marker, text in pairs) + "</DL>"


def test_absatz_reaches_to_the_next_and_its_sentences_leave_out_the_number() -> None:
    assert paths("<P>(1) Eins. Zwei.</P><P>(1a) Drei.</P>") == [
        ("A1", "(1) Eins. Zwei."),
        ("A1/S1", "Eins."),
        ("A1/S2", "Zwei."),
        ("A1a", "(1a) Drei."),
        ("A1a/S1", "Drei."),
    ]


def test_norm_without_numbers_has_only_sentences() -> None:
    assert paths("<P>Eins. Zwei.</P>") == [("S1", "Eins."), ("S2", "Zwei.")]


def test_unnumbered_paragraph_belongs_to_the_absatz_before_it() -> None:
    assert paths("<P>(1) Eins.</P><P>Zwei.</P><P>(2) Drei.</P>") == [
        ("A1", "(1) Eins.\nZwei."),
        ("A1/S1", "Eins."),
        ("A1/S2", "Zwei."),
        ("A2", "(2) Drei."),
        ("A2/S1", "Drei."),
    ]


def test_words_before_the_first_absatz_belong_to_none() -> None:
    assert paths("<P>Vorspann.</P><P>(1) Eins.</P>") == [
        ("S1", "Vorspann."),
        ("A1", "(1) Eins."),
        ("A1/S1", "Eins."),
    ]


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("(1) und (2) (weggefallen)", ["A1", "A2"]),
        ("(3) bis (5) (weggefallen)", ["A3", "A4", "A5"]),
        ("(2a) bis (2c) (weggefallen)", ["A2a", "A2b", "A2c"]),
        ("(1), (2) und (4) (weggefallen)", ["A1", "A2", "A4"]),
    ],
)
def test_line_of_several_repealed_absaetze_is_each_of_them(line: str, steps: list[str]) -> None:
    assert paths(f"<P>{line}</P>") == [(step, line) for step in steps]


def test_items_belong_to_the_sentence_they_stand_in() -> None:
    content = "<P>(1) Erster. Wer" + items(("1.", "so,"), ("2.", "so")) + "handelt. Dritter.</P>"
    assert paths(content) == [
        ("A1", "(1) Erster. Wer\n1. so,\n2. so\nhandelt. Dritter."),
        ("A1/S1", "Erster."),
        ("A1/S2", "Wer\n1. so,\n2. so\nhandelt."),
        ("A1/S2/N1", "1. so,"),
        ("A1/S2/N2", "2. so"),
        ("A1/S3", "Dritter."),
    ]


def test_tail_belongs_to_the_absatz_and_not_to_the_last_number() -> None:
    found = dict(paths("<P>Es gilt" + items(("1.", "dies.")) + "Ferner jenes.</P>"))
    assert found == {"S1": "Es gilt\n1. dies.", "S1/N1": "1. dies.", "S2": "Ferner jenes."}


def test_tail_of_a_nested_list_belongs_to_the_item_that_holds_it() -> None:
    nested = items(("a)", "eins"), ("b)", "zwei"))
    found = dict(paths("<P>Wer" + items(("1.", f"als{nested}gilt,"), ("2.", "geht")) + "</P>"))
    assert found["S1/N1"] == "1. als\na) eins\nb) zwei\ngilt,"
    assert found["S1/N1/Bb"] == "b) zwei"


def test_levels_are_told_by_their_markers() -> None:
    deepest = items(("aaa)", "x"))
    deep = items(("aa)", "x" + deepest), ("bb)", "x"))
    content = "<P>Wer" + items(("2a.", "x" + items(("a)", "x" + deep), ("b)", "x"))), ("II.", "x")) + "</P>"
    assert [path for path, _ in paths(content)] == [
        "S1",
        "S1/N2a",
        "S1/N2a/Ba",
        "S1/N2a/Ba/Daa",
        "S1/N2a/Ba/Daa/Daaa",
        "S1/N2a/Ba/Dbb",
        "S1/N2a/Bb",
        "S1/NII",
    ]


def test_dashes_are_counted() -> None:
    assert [path for path, _ in paths("<P>Wer" + items(("–", "x"), ("–", "y")) + "</P>")] == ["S1", "S1/T1", "S1/T2"]


def test_letters_directly_under_a_sentence_are_buchstaben() -> None:
    assert [path for path, _ in paths("<P>Wer" + items(("a)", "x"), ("aa)", "y")) + "</P>")] == [
        "S1",
        "S1/Ba",
        "S1/Baa",
    ]


def test_list_that_only_indents_adds_no_step() -> None:
    content = "<P>Wer" + items(("", items(("1.", "x"), ("2.", "y")))) + "</P>"
    assert [path for path, _ in paths(content)] == ["S1", "S1/N1", "S1/N2"]


def test_sentences_inside_an_item_are_counted_there() -> None:
    assert paths("<P>Es gilt" + items(("1.", "Erstens. Zweitens."), ("2.", "nichts")) + "</P>")[1:] == [
        ("S1/N1", "1. Erstens. Zweitens."),
        ("S1/N1/S1", "Erstens."),
        ("S1/N1/S2", "Zweitens."),
        ("S1/N2", "2. nichts"),
    ]


def test_table_belongs_to_the_sentence_before_it() -> None:
    table = "<table><tgroup><tbody><row><entry>A. Die</entry><entry>5</entry></row></tbody></tgroup></table>"
    assert paths(f"<P>Es gilt:{table}Der Rest.</P>") == [("S1", "Es gilt:\nA. Die\t5"), ("S2", "Der Rest.")]


def test_official_footnote_belongs_to_no_part() -> None:
    footnote = '<Footnotes><Footnote FnZ="1">Hinweis. Noch einer.</Footnote></Footnotes>'
    assert paths("<P>(1) Eins.</P>" + footnote) == [("A1", "(1) Eins."), ("A1/S1", "Eins.")]


def example() -> Norm:
    nested = items(("a)", "x"), ("b)", "y" + items(("aa)", "z"))))
    second = "<P>(2) Vorab. Wer" + items(("1.", "x"), ("3.", "y" + nested), ("4.", "Eins. Zwei.")) + "</P>"
    return read_norm("<P>(1) Eins. Zwei.</P>" + second)


@pytest.mark.parametrize(
    ("named", "path"),
    [
        ({"absatz": "2"}, "A2"),
        ({"absatz": "1", "satz": "2"}, "A1/S2"),
        ({"absatz": "2", "satz": "2", "nummer": "3"}, "A2/S2/N3"),
        ({"absatz": "2", "nummer": "3"}, "A2/S2/N3"),
        ({"absatz": "2", "nummer": "3", "buchstabe": "b"}, "A2/S2/N3/Bb"),
        ({"absatz": "2", "nummer": "3", "buchstabe": "B", "doppelbuchstabe": "AA"}, "A2/S2/N3/Bb/Daa"),
        ({"absatz": "2", "nummer": "4", "satz": "1"}, "A2/S2/N4/S1"),
        ({"nummer": "3"}, "A2/S2/N3"),
    ],
)
def test_part_is_found_when_the_citation_names_it(named: dict[str, str], path: str) -> None:
    part = find_part(example(), **named)
    assert part is not None
    assert "/".join(part.path) == path


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"absatz": "3"},
        {"absatz": "2", "satz": "1", "nummer": "3"},
        {"absatz": "1", "nummer": "3"},
        {"satz": "1"},
        {"absatz": "2", "buchstabe": "a"},
    ],
)
def test_no_part_is_found_when_the_citation_names_none_or_several(named: dict[str, str]) -> None:
    assert find_part(example(), **named) is None


# Generated norms: how they were built says what their parts must be.


@dataclass
class Generated:
    content: str
    parts: list[tuple[str, ...]]


WORDS = st.sampled_from(["Der Antrag", "Die Frist", "Wer", "Eine Erlaubnis nach § 5 Abs. 2", "Satz 1"])


@st.composite
def generated_norm(draw: st.DrawFn) -> Generated:
    content, expected = "", []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        expected.append((f"A{number}",))
        paragraph = f"({number}) "
        for sentence in range(1, draw(st.integers(1, 4)) + 1):
            path = (f"A{number}", f"S{sentence}")
            expected.append(path)
            paragraph += draw(WORDS) + " gilt"
            count = draw(st.integers(0, 3))
            if count:
                rows = [(f"{i}.", "eines, ") for i in range(1, count + 1)]
                for i in range(1, count + 1):
                    expected.append((*path, f"N{i}"))
                    letters = draw(st.integers(0, 2))
                    if letters:
                        inner = [("ab"[j] + ")", "x") for j in range(letters)]
                        rows[i - 1] = (f"{i}.", "eines" + items(*inner))
                        expected += [(*path, f"N{i}", f"B{'ab'[j]}") for j in range(letters)]
                paragraph += items(*rows) + "und mehr"
            paragraph += ". "
        content += f"<P>{paragraph}</P>"
    return Generated(content, expected)


@settings(max_examples=150, deadline=None)
@given(generated_norm())
def test_parts_are_those_a_norm_was_built_from(generated: Generated) -> None:
    assert [part.path for part in read_norm(generated.content).parts] == generated.parts
