"""What the components work out before anything is drawn: pages, dates, drawings, synopses, cells."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.synopsis import text_rows
from nahtstelle.plumbing.look.charts import spark_bars, spark_lines, wave_shares
from nahtstelle.plumbing.look.dates import ago, day, days_away, moment
from nahtstelle.plumbing.look.paging import page_links, page_window
from nahtstelle.plumbing.look.synopses import Segment, segments, synopsis_row, without_unchanged, woven
from nahtstelle.plumbing.look.tables import cell, column, table_rows, written
from tests.plumbing.look.look_drawing import look_alone  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("look_alone")
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def slow_window(number: int, last: int) -> list[int | None]:
    """Walks over all pages and keeps first, last and neighbours; a run of at least two others becomes one gap."""
    kept = [page for page in range(1, last + 1) if page in (1, last) or abs(page - number) <= 1]
    window: list[int | None] = []
    run: list[int] = []
    for page in range(1, last + 1):
        if page not in kept:
            run.append(page)
            continue
        window += [None] if len(run) > 1 else run
        run = []
        window.append(page)
    return window


@given(st.integers(1, 60).flatmap(lambda last: st.tuples(st.integers(1, last), st.just(last))))
def test_page_window_equals_the_slow_one(pages: tuple[int, int]) -> None:
    assert page_window(*pages) == slow_window(*pages)


def test_page_window_in_the_middle() -> None:
    assert page_window(7, 41) == [1, None, 6, 7, 8, None, 41]


def test_page_window_shows_a_single_page_instead_of_a_gap() -> None:
    assert page_window(4, 41) == [1, 2, 3, 4, 5, None, 41]


def test_page_links_keep_the_query_and_leave_out_page_one() -> None:
    page = Paginator(range(50), 20).page(2)
    urls = [link.url for link in page_links(page, QueryDict("q=%C2%A7+16g&thema=a&thema=b&page=2"), "page")]
    rest = "q=%C2%A7+16g&thema=a&thema=b"
    assert urls == [f"?{rest}", f"?{rest}&page=2", f"?{rest}&page=3"]


@pytest.mark.parametrize(
    ("language", "length", "expected"),
    [
        ("de", "long", "15. September 2026"),
        ("en", "long", "15 September 2026"),
        ("de", "short", "15.09.2026"),
        ("en", "short", "15 Sep 2026"),
    ],
)
def test_day_reads_in_the_language_of_the_page(language: str, length: str, expected: str) -> None:
    with translation.override(language):
        assert day(date(2026, 9, 15), length) == expected


def test_day_of_a_moment_is_that_of_the_sites_time_zone() -> None:
    assert day(datetime(2026, 9, 15, 22, 30, tzinfo=UTC)) == "16. September 2026"


def test_moment_reads_with_the_hour() -> None:
    assert moment(datetime(2026, 9, 15, 12, 5, tzinfo=UTC)) == "15. September 2026, 14:05 Uhr"


def test_moment_of_a_plain_date_is_its_day() -> None:
    assert moment(date(2026, 9, 15)) == "15. September 2026"  # type: ignore[arg-type] # templates hand over both


@pytest.mark.parametrize("value", [None, ""])
def test_no_date_reads_as_nothing(value: Any) -> None:
    assert (day(value), moment(value), ago(value)) == ("", "", "")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(seconds=20), "gerade eben"),
        (timedelta(minutes=1), "vor 1 Minute"),
        (timedelta(minutes=42), "vor 42 Minuten"),
        (timedelta(hours=5), "vor 5 Stunden"),
        (timedelta(hours=-2), "in 2 Stunden"),
        (timedelta(hours=20), "gestern"),
        (timedelta(days=3), "vor 3 Tagen"),
        (timedelta(days=-1), "morgen"),
    ],
)
def test_ago_of_a_moment(before: timedelta, expected: str) -> None:
    assert ago(NOON - before, NOON) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "heute"),
        (-9, "vor 9 Tagen"),
        (13, "in 13 Tagen"),
        (14, "in 2 Wochen"),
        (-59, "vor 8 Wochen"),
        (60, "in 2 Monaten"),
        (364, "in 12 Monaten"),
        (-365, "vor 1 Jahr"),
        (800, "in 2 Jahren"),
    ],
)
def test_distance_in_days(days: int, expected: str) -> None:
    assert days_away(days) == expected


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=24))
def test_spark_bars_stay_inside_the_drawing(series: list[float | None]) -> None:
    bars = spark_bars(series)
    assert len(bars) == sum(value is not None for value in series)
    assert all(float(bar.y) >= -0.01 and float(bar.y) + float(bar.height) <= 32.01 for bar in bars)
    assert all(float(bar.x) >= 0 and float(bar.x) + float(bar.width) <= 120.01 for bar in bars)


def test_spark_bars_hang_below_zero() -> None:
    up, down = spark_bars([1, -1])
    assert [(bar.y, bar.height) for bar in (up, down)] == [("0", "16"), ("16", "16")]


def test_spark_draws_decimals_as_well() -> None:
    series = [Decimal("1.5"), None, Decimal("3")]
    assert spark_bars(series) == spark_bars([1.5, None, 3.0])
    assert spark_lines(series) == spark_lines([1.5, None, 3.0])


def test_spark_line_breaks_at_a_gap() -> None:
    assert spark_lines([0, 10, None, 5], 30, 10) == ["0,10 10,0", "30,5"]


def test_spark_line_of_equal_values_lies_flat() -> None:
    assert spark_lines([3, 3], 10, 10) == ["0,10 10,10"]


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=3))
def test_wave_fills_its_bar_in_order_and_hides_nothing(counts: list[int]) -> None:
    shares = wave_shares(list(zip("abc", counts, strict=True)))
    assert [(share.name, share.count) for share in shares] == [(n, c) for n, c in zip("abc", counts, strict=True) if c]
    if shares:
        assert sum(float(share.width) for share in shares) == pytest.approx(100, abs=0.05)
        assert all(float(share.width) >= 2 for share in shares)


def test_wave_refuses_a_negative_count() -> None:
    with pytest.raises(ValueError, match="negative"):
        wave_shares([("open", -1)])


def marked(pieces: list[Segment]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces]


@given(
    st.lists(st.tuples(st.sampled_from(["same", "del", "ins"]), st.text("ab ", min_size=1, max_size=4)), max_size=12)
)
def test_weaving_keeps_both_wordings(script: list[tuple[str, str]]) -> None:
    sides = [[Segment(k, t) for k, t in script if k != left_out] for left_out in ("ins", "del")]
    one = woven(*sides)
    back = ["".join(p.text for p in one if p.kind != left_out) for left_out in ("ins", "del")]
    assert back == ["".join(p.text for p in side) for side in sides]
    assert all(before.kind != after.kind for before, after in pairwise(one))


def test_weaving_puts_what_was_deleted_first() -> None:
    old, new = (
        [("same", "für "), ("del", "zwei"), ("same", " Jahre")],
        [("same", "für "), ("ins", "drei"), ("same", " Jahre")],
    )
    assert marked(woven(segments(old), segments(new))) == [
        ("same", "für "),
        ("del", "zwei"),
        ("ins", "drei"),
        ("same", " Jahre"),
    ]


def test_weaving_does_not_mind_how_the_same_text_is_cut() -> None:
    old, new = [("same", "ab"), ("same", "cd")], [("same", "a"), ("ins", "x"), ("same", "bcd")]
    assert marked(woven(segments(old), segments(new))) == [("same", "a"), ("ins", "x"), ("same", "bcd")]


def test_weaving_refuses_sides_that_do_not_belong_together() -> None:
    with pytest.raises(ValueError, match="cannot be woven"):
        woven(segments("eins"), segments("zwei"))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [("", "a", "added"), ("a", "", "removed"), ("a", "a", "same"), ("a", "b", "changed"), ("", "", "same")],
)
def test_change_is_seen_from_the_sides(old: str, new: str, change: str) -> None:
    assert synopsis_row({"old": old, "new": new}).change == change


def test_plain_sides_that_differ_are_marked_as_wholes() -> None:
    row = synopsis_row({"old": "a", "new": "b"}, inline=True)
    assert marked(row.inline) == [("del", "a"), ("ins", "b")]


def test_segment_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'moved'"):
        segments([("moved", "x")])


def test_rows_of_the_law_engine_are_understood() -> None:
    rows = [
        synopsis_row(row, inline=True) for row in text_rows("Gleich.\n1. für zwei Jahre", "Gleich.\n1. für drei Jahre")
    ]
    assert [row.change for row in rows] == ["same", "changed"]
    assert marked(rows[1].inline) == [("same", "1. für "), ("del", "zwei"), ("ins", "drei"), ("same", " Jahre")]


def test_unchanged_rows_shrink_to_a_count() -> None:
    rows = [synopsis_row({"old": old, "new": new}) for old, new in ("aa", "bb", "cd", "ee")]
    assert [(row.change, row.label) for row in without_unchanged(rows)] == [
        ("gap", "2 unveränderte Stellen"),
        ("changed", ""),
        ("gap", "1 unveränderte Stelle"),
    ]


def test_mark_leaves_the_space_around_it_outside() -> None:
    piece = Segment("del", " zwei Jahre ")
    assert (piece.before, piece.core, piece.after) == (" ", "zwei Jahre", " ")


def test_space_alone_is_kept_once() -> None:
    piece = Segment("del", "  ")
    assert piece.before + piece.core + piece.after == "  "


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12480, "12.480"),
        (0, "0"),
        (Decimal("0.50"), "0,50"),
        (True, "ja"),
        (None, ""),
        (date(2026, 9, 15), "15.09.2026"),
        ("§ 16g", "§ 16g"),
    ],
)
def test_values_are_written_as_people_read_them(value: Any, expected: str) -> None:
    assert written(value) == expected


def test_zero_is_not_an_empty_cell() -> None:
    assert [cell(value, column("n")).empty for value in (0, None, "")] == [False, True, True]


def test_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table_rows([["a"]], [column("a"), column("b")])


def test_column_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'money'"):
        column({"label": "x", "kind": "money"})


def test_cell_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="A cell has no link"):
        cell({"text": "x", "link": "/"}, column("x"))
