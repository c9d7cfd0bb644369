"""Two wordings side by side."""

from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.synopsis import SynopsisRow, left_text, right_text, synopsis, text_rows
from nahtstelle.engines.lawtext.values import BlockKind, Norm
from nahtstelle.engines.lawtext.wording import Piece, PieceKind
from tests.engines.lawtext.comparing_cases import COURSE, ENTRY, FEES, WORK, dated_law, needs_laws, norm


def sides(rows: tuple[SynopsisRow, ...]) -> list[tuple[str | None, str | None]]:
    return [(row.left.text if row.left else None, row.right.text if row.right else None) for row in rows]


def test_equal_texts_stand_beside_each_other_unchanged():
    rows = synopsis(norm("§ 1", f"(1) {ENTRY}\n(2) {FEES}"), norm("§ 1", f"(1) {ENTRY}\n(2) {FEES}"))
    assert [row.is_changed for row in rows] == [False, False]


def test_an_inserted_absatz_shifts_nothing():
    old = norm("§ 1", f"(1) {ENTRY}\n(2) {FEES}")
    new = norm("§ 1", f"(1) {ENTRY}\n(2) {WORK}\n(3) {FEES}")
    assert sides(synopsis(old, new)) == [
        (f"(1) {ENTRY}", f"(1) {ENTRY}"),
        (None, f"(2) {WORK}"),
        (f"(2) {FEES}", f"(3) {FEES}"),
    ]


def test_a_removed_item_leaves_its_right_side_empty():
    old = norm("§ 1", f"Nötig sind\n1. {ENTRY}\n2. {FEES}\n3. {WORK}")
    new = norm("§ 1", f"Nötig sind\n1. {ENTRY}\n2. {WORK}")
    assert sides(synopsis(old, new)) == [
        ("Nötig sind", "Nötig sind"),
        (f"1. {ENTRY}", f"1. {ENTRY}"),
        (f"2. {FEES}", None),
        (f"3. {WORK}", f"2. {WORK}"),
    ]


def test_a_changed_word_is_a_piece_of_its_own_on_each_side():
    (row,) = synopsis(norm("§ 1", "Sie kann ablehnen."), norm("§ 1", "Sie soll ablehnen."))
    assert row.left is not None and row.right is not None
    assert row.left.pieces == (
        Piece(PieceKind.SAME, "Sie "),
        Piece(PieceKind.REMOVED, "kann"),
        Piece(PieceKind.SAME, " ablehnen."),
    )
    assert row.right.pieces[1] == Piece(PieceKind.ADDED, "soll")


def test_a_side_tells_how_to_draw_its_line():
    rows = synopsis(None, norm("§ 1", "Nötig sind\n1. ein Pass:\na) ein gültiger"))
    drawn = [(row.right.kind, row.right.depth, row.right.marker) for row in rows if row.right]
    assert drawn == [(BlockKind.PARAGRAPH, 0, ""), (BlockKind.ITEM, 1, "1."), (BlockKind.ITEM, 2, "a)")]


def test_an_added_norm_has_only_right_sides():
    assert sides(synopsis(None, norm("§ 1", "eins\nzwei"))) == [(None, "eins"), (None, "zwei")]


def test_a_removed_norm_has_only_left_sides():
    assert sides(synopsis(norm("§ 1", "eins\nzwei"), None)) == [("eins", None), ("zwei", None)]


def test_nothing_beside_nothing_has_no_rows():
    assert synopsis(None, norm("§ 1", "")) == ()


def test_lines_are_rows_when_the_blocks_do_not_make_up_the_text():
    without_blocks = norm("§ 1", "")
    broken = Norm(without_blocks.key, without_blocks.kind, "§ 1", "", "eins\nzwei", (), ())
    assert sides(synopsis(broken, None)) == [("eins", None), ("zwei", None)]


LINES = [
    f"(1) {ENTRY}",
    f"(2) {ENTRY}",
    f"(2) {FEES}",
    f"1. {WORK}",
    "2. (weggefallen)",
    COURSE,
    "",
    "oder",
    "§ 5\tPass",
]
texts = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)


@given(texts, texts)
def test_the_sides_rebuild_both_texts(old, new):
    rows = synopsis(norm("§ 1", old), norm("§ 1", new))
    assert (left_text(rows), right_text(rows)) == (old, new)


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_sides_rebuild_any_two_texts(old, new):
    rows = text_rows(old, new)
    assert (left_text(rows), right_text(rows)) == (old, new)


@given(texts, texts)
def test_no_row_is_empty_on_both_sides(old, new):
    assert all(row.left or row.right for row in synopsis(norm("§ 1", old), norm("§ 1", new)))


def test_an_appendix_of_thirty_thousand_rows_is_shown_without_shifting():
    rows = [f"{n}\tStoff {n}\t{n % 97} mg" for n in range(30_000)]
    other = [*rows[:10], "neu\tStoff neu\t1 mg", *rows[10:20_000], *rows[20_001:]]
    shown = text_rows("\n".join(rows), "\n".join(other))
    assert sides(tuple(row for row in shown if row.is_changed)) == [(None, other[10]), (rows[20_000], None)]


# Whole laws of every shape: lists, tables, forms as pictures, re-promulgation. The benchmark goes through all pairs.
SAMPLE = [
    ("aufenthg_2004", "2023-11-22", "2024-03-06"),
    ("beschv_2013", "2023-11-22", "2024-03-06"),
    ("bbig_2005", "2024-07-03", "2025-04-02"),
    ("stag", "2024-06-05", "2024-07-03"),
    ("azrg-dv", "2025-04-02", "2026-04-29"),
    ("sgb_2", "2022-01-26", "2023-01-04"),
]


@needs_laws
def test_the_sides_rebuild_both_texts_of_real_changes():
    seen = 0
    for slug, old, new in SAMPLE:
        for change in compare(dated_law(old, slug), dated_law(new, slug)):
            rows = synopsis(change.old, change.new)
            assert left_text(rows) == (change.old.text if change.old else "")
            assert right_text(rows) == (change.new.text if change.new else "")
            seen += 1
    assert seen > 200
