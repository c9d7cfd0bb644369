"""A wording as it is drawn: paragraphs, nested lists, tables, references as links."""

from datetime import date

import pytest

from nahtstelle.engines.lawtext.values import BlockKind
from nahtstelle.rooms.law.models import Wording
from nahtstelle.rooms.law.presenters.texts import Node, anchor_of, text_nodes
from nahtstelle.rooms.law.presenters.times import certainty_sentence
from nahtstelle.rooms.law.queries import AsAt, Certainty
from nahtstelle.rooms.law.wordings import as_path, part_words

Line = tuple[BlockKind, int, str, str]  # kind, depth, marker, text


def wording(*lines: Line) -> Wording:
    """A wording of these lines."""
    text, blocks = "", []
    for kind, depth, marker, line in lines:
        start = len(text) + (1 if text else 0)
        text = f"{text}\n{line}" if text else line
        blocks.append([str(kind), start, start + len(line), depth, marker])
    return Wording(text=text, blocks=blocks)


def outline(nodes: list[Node]) -> list[object]:
    """Nodes as plain nested lists: words, [marker, words, below …], or rows."""
    found: list[object] = []
    for node in nodes:
        words = "".join(stretch.text for stretch in node.words)
        if node.kind == "list":
            found.append(
                [[item.marker, "".join(s.text for s in item.words), *outline(item.below)] for item in node.items]
            )
        elif node.kind == "table":
            found.append(
                [["".join(s.text for s in cell) + "_" * (span - 1) for cell, span, _long in row] for row in node.rows]
            )
        else:
            found.append(words)
    return found


PAR, ITEM, TAIL, ROW = BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.TAIL, BlockKind.ROW


def test_items_nest_by_their_depth_and_keep_their_markers() -> None:
    text = wording(
        (PAR, 0, "", "(1) Wer"), (ITEM, 1, "1.", "1. lernt,"), (ITEM, 2, "a)", "a) hier,"), (ITEM, 3, "aa)", "aa) jetzt,"),
        (ITEM, 2, "b)", "b) dort,"), (ITEM, 1, "2.", "2. arbeitet,"), (TAIL, 0, "", "bleibt."),
    )  # fmt: skip
    assert outline(text_nodes(text)) == [
        "(1) Wer",
        [["1.", "lernt,", [["a)", "hier,", [["aa)", "jetzt,"]]], ["b)", "dort,"]]], ["2.", "arbeitet,"]],
        "bleibt.",
    ]


def test_a_tail_belongs_to_the_item_of_its_depth() -> None:
    text = wording(
        (ITEM, 1, "1.", "1. wenn"), (ITEM, 2, "a)", "a) eins,"), (TAIL, 1, "", "gilt dies,"), (ITEM, 1, "2.", "2. sonst"),
    )  # fmt: skip
    assert outline(text_nodes(text)) == [[["1.", "wenn", [["a)", "eins,"]], "gilt dies,"], ["2.", "sonst"]]]


def test_two_lists_with_words_between_them_are_two() -> None:
    text = wording((ITEM, 1, "1.", "1. a"), (PAR, 0, "", "(2) Ferner"), (ITEM, 1, "1.", "1. b"))
    assert outline(text_nodes(text)) == [[["1.", "a"]], "(2) Ferner", [["1.", "b"]]]


def test_an_item_without_the_one_above_it_is_drawn_where_it_stands() -> None:
    assert outline(text_nodes(wording((ITEM, 2, "a)", "a) allein")))) == [[["a)", "allein"]]]


def test_rows_stand_together_and_a_short_row_spans_the_table() -> None:
    text = wording((PAR, 0, "", "Gebühren"), (ROW, 0, "", "1.\tVisum\t75 Euro"), (ROW, 0, "", "Sonstiges"))
    assert outline(text_nodes(text)) == ["Gebühren", [["1.", "Visum", "75 Euro"], ["Sonstiges__"]]]


def test_a_table_within_an_item_stays_in_it() -> None:
    text = wording((ITEM, 1, "1.", "1. siehe"), (ROW, 1, "", "a\tb"), (ITEM, 1, "2.", "2. Ende"))
    assert outline(text_nodes(text)) == [[["1.", "siehe", [["a", "b"]]], ["2.", "Ende"]]]


def test_nothing_of_the_text_is_lost() -> None:
    text = wording(
        (PAR, 0, "", "(1) Ein Satz."), (ITEM, 1, "1.", "1. eins"), (TAIL, 1, "", "weiter"), (ROW, 0, "", "x\ty"), (PAR, 0, "", "Schluss"),
    )  # fmt: skip

    def words(nodes: list[Node]) -> str:
        said = ""
        for node in nodes:
            said += node.marker + "".join(s.text for s in node.words)
            said += words(node.items) + words(node.below)
            said += "".join(s.text for row in node.rows for cell, _span, _long in row for s in cell)
        return said

    assert words(text_nodes(text)) == "".join(text.text.split("\n")).replace("\t", "").replace("1. eins", "1.eins")


def test_references_become_links_and_the_words_around_them_stay() -> None:
    text = wording((PAR, 0, "", "Nach § 5 gilt § 6."))
    (node,) = text_nodes(text, [(5, 8, "/fuenf/"), (14, 17, "/sechs/")])
    assert [(s.text, s.url) for s in node.words] == [
        ("Nach ", ""), ("§ 5", "/fuenf/"), (" gilt ", ""), ("§ 6", "/sechs/"), (".", ""),
    ]  # fmt: skip


def test_a_link_over_two_lines_is_left_as_words() -> None:
    text = wording((PAR, 0, "", "Nach § 5"), (PAR, 0, "", "gilt etwas."))
    nodes = text_nodes(text, [(5, 14, "/x/")])
    assert [s.url for node in nodes for s in node.words] == ["", ""]


@pytest.mark.parametrize(
    ("line", "anchor"),
    [("(1) Wer", "abs-1"), ("(12a) Wer", "abs-12a"), ("Wer (1)", ""), ("(weggefallen)", ""), ("(1", ""), ("", "")],
)
def test_an_absatz_has_an_anchor(line: str, anchor: str) -> None:
    assert anchor_of(line) == anchor


@pytest.mark.parametrize(
    ("path", "words"),
    [("/", ""), ("/A2/", "Absatz 2"), ("/A2/S1/N3/Ba/Daa/", "Absatz 2 Satz 1 Nummer 3 Buchstabe a Doppelbuchstabe aa")],
)
def test_a_part_in_words(path: str, words: str) -> None:
    assert part_words(path) == words


def test_a_path_is_written_from_the_outside_in() -> None:
    assert (as_path([]), as_path(["A2", "S1"])) == ("/", "/A2/S1/")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            AsAt(date(2020, 1, 1), Certainty.BEFORE, None, None, date(2022, 1, 26)),
            "Our first reading is of 26 January 2022. What the provision said before that is not known to us.",
        ),
        (AsAt(date(2020, 1, 1), Certainty.BEFORE, None, None, None), "We have no reading of this law."),
        (
            AsAt(date(2024, 1, 1), Certainty.SEEN, None, date(2023, 1, 1), date(2024, 2, 1)),
            "On this day the provision was not in the law.",
        ),
        (
            AsAt(date(2024, 1, 1), Certainty.LATEST, None, date(2023, 1, 1), None, (date(2023, 6, 1),)),
            "Not in the law when it was last seen on 1 January 2023. An amendment of the law had been announced for "
            "1 June 2023.",
        ),
        (
            AsAt(date(2024, 1, 1), Certainty.UNKNOWN, None, date(2023, 1, 1), date(2024, 2, 1)),
            "Not certain for this day: until 1 January 2023 the provision was not in the law, on 1 February 2024 it was.",
        ),
    ],
)
def test_the_answer_says_how_sure_it_is(answer: AsAt, sentence: str) -> None:
    assert certainty_sentence(answer) == sentence
