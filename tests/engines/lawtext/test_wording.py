"""Word-level differences: readable, and exact to the character."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.wording import Piece, PieceKind, differences, new_text, old_text

WORDS = [
    "der",
    "die",
    "Ausländer",
    "§",
    "12",
    "12a",
    "Absatz",
    "kann",
    "soll",
    ".",
    ",",
    "(",
    ")",
    " ",
    "  ",
    "\n",
    "\t",
]
legal_texts = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
any_texts = st.text(max_size=60)


def told(old: str, new: str) -> str:
    marks = {PieceKind.SAME: "{}", PieceKind.REMOVED: "[-{}-]", PieceKind.ADDED: "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences(old, new))


def test_nothing_is_told_of_two_empty_texts():
    assert differences("", "") == ()


def test_equal_texts_are_one_piece():
    assert differences("§ 1 gilt.", "§ 1 gilt.") == (Piece(PieceKind.SAME, "§ 1 gilt."),)


def test_a_new_text_is_one_added_piece():
    assert differences("", "§ 1 gilt.") == (Piece(PieceKind.ADDED, "§ 1 gilt."),)


def test_a_gone_text_is_one_removed_piece():
    assert differences("§ 1 gilt.", "") == (Piece(PieceKind.REMOVED, "§ 1 gilt."),)


def test_a_replaced_word_is_told_whole():
    assert told("Die Behörde kann ablehnen.", "Die Behörde soll ablehnen.") == "Die Behörde [-kann-][+soll+] ablehnen."


def test_a_lettered_number_is_a_word_of_its_own():
    assert told("nach Absatz 2 Satz 1", "nach Absatz 2a Satz 1") == "nach Absatz [-2-][+2a+] Satz 1"


def test_an_inserted_sentence_slides_to_the_sentence_border():
    old = "Die Behörde prüft. Die Frist beginnt."
    new = "Die Behörde prüft. Die Gebühr entfällt. Die Frist beginnt."
    assert told(old, new) == "Die Behörde prüft. [+Die Gebühr entfällt. +]Die Frist beginnt."


def test_a_repeated_word_slides_to_the_word_border():
    assert told("A und C", "A und B und C") == "A [+und B +]und C"


def test_a_small_word_between_two_changes_is_told_with_them():
    old = "Die Erteilung der Aufenthaltserlaubnis ist möglich."
    new = "Die Gewährung der Duldung ist möglich."
    assert told(old, new) == "Die [-Erteilung der Aufenthaltserlaubnis-][+Gewährung der Duldung+] ist möglich."


def test_a_line_break_between_two_changes_stays():
    assert told("erste Zeile\nalter Schluss", "andere Zeile\nneuer Schluss") == (
        "[-erste-][+andere+] Zeile\n[-alter-][+neuer+] Schluss"
    )


def test_a_space_taken_out_and_put_back_is_not_told():
    assert told("im Falle ist es", "im Falle, der Regel nach, ist es") == "im Falle[+, der Regel nach,+] ist es"


def test_a_nul_character_is_not_taken_for_the_end_of_the_text():
    assert differences("", "\0") == (Piece(PieceKind.ADDED, "\0"),)


@pytest.mark.parametrize("texts", [legal_texts, any_texts], ids=["legal", "any"])
def test_pieces_rebuild_both_texts(texts):
    @given(texts, texts)
    def rebuilds(old, new):
        pieces = differences(old, new)
        assert (old_text(pieces), new_text(pieces)) == (old, new)

    rebuilds()


@given(legal_texts, legal_texts)
def test_pieces_are_never_empty_and_kinds_take_turns(old, new):
    pieces = differences(old, new)
    assert all(piece.text for piece in pieces)
    assert all(a.kind is not b.kind for a, b in pairwise(pieces))


@given(legal_texts, legal_texts)
def test_removed_is_told_before_added(old, new):
    kinds = [piece.kind for piece in differences(old, new)]
    assert (PieceKind.ADDED, PieceKind.REMOVED) not in list(pairwise(kinds))


def words_kept(old: list[str], new: list[str]) -> int:
    """The slow twin: the most words two texts can keep in common, by the textbook table."""
    row = [0] * (len(new) + 1)
    for word in old:
        above = row[:]
        for j, other in enumerate(new, start=1):
            row[j] = above[j - 1] + 1 if word == other else max(above[j], row[j - 1])
    return row[-1]


distinct_texts = st.lists(st.integers(0, 12).map(lambda n: f"unterscheidbares{n}"), max_size=15)


@given(distinct_texts, distinct_texts)
def test_as_many_words_stay_as_can_stay(old, new):
    pieces = differences(" ".join(old), " ".join(new))
    kept = sum(len(piece.text.split()) for piece in pieces if piece.kind is PieceKind.SAME)
    assert kept == words_kept(old, new)


plain_words = st.lists(st.sampled_from([word for word in WORDS if not word.isspace()]), max_size=20).map(" ".join)
new_words = st.lists(st.sampled_from(["neu", "eingefügt", "jetzt"]), min_size=1).map(" ".join)


@given(plain_words, plain_words, new_words)
def test_an_insertion_removes_nothing(before, after, inserted):
    pieces = differences(f"{before} {after}", f"{before} {inserted} {after}")
    assert [piece for piece in pieces if piece.kind is PieceKind.REMOVED] == []


def test_a_very_long_table_is_compared_line_by_line_in_good_time():
    lines = [f"Zeile {n}\tWert {n * 7 % 1000}\tStelle {n % 13}" for n in range(6_000)]
    other = [*lines[:2_000], "Zeile neu\tWert 1\tStelle 2", *lines[2_000:4_000], *lines[4_001:]]
    old, new = "\n".join(lines), "\n".join(other)
    begun = time.process_time()
    pieces = differences(old, new)
    assert (old_text(pieces), new_text(pieces)) == (old, new)
    assert [piece.text for piece in pieces if piece.kind is not PieceKind.SAME] == [
        "Zeile neu\tWert 1\tStelle 2\n",
        f"{lines[4_000]}\n",
    ]
    assert time.process_time() - begun < 20
