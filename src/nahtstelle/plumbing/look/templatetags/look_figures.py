"""Numbers: tables, tiles, bars, progress. Every drawing says in words what it shows."""

from collections.abc import Sequence
from typing import Any

from django import template

from ..charts import spark_bars, spark_lines, wave_shares
from ..tables import column, table_rows, written

register = template.Library()


@register.inclusion_tag("look/data_table.html")
def data_table(
    columns: Sequence[Any],
    rows: Sequence[Sequence[Any]],
    caption: str,
    caption_hidden: bool = False,
    foot: Sequence[Any] = (),
    empty: str = "",
    compact: bool = False,
) -> dict[str, Any]:
    """A table; below 640 px every row becomes a card with the column names inside.

    columns: labels or {label, kind, sort_url, sorted}; kind: text, head (names its row), number, date, status,
    actions; sorted: asc, desc. rows: lists of cells: a plain value, or {text, url, note, lang, status, badge,
    due, actions}. foot: one more row of sums. empty: said when there are no rows. compact: dense.
    """
    made = [column(given) for given in columns]
    return {
        "columns": made,
        "rows": table_rows(rows, made),
        "foot": table_rows([foot], made)[0] if foot else [],
        "caption": caption,
        "caption_hidden": caption_hidden,
        "empty": empty,
        "compact": compact,
    }


@register.inclusion_tag("look/figure_tile.html")
def figure_tile(
    label: str,
    value: Any,
    unit: str = "",
    note: str = "",
    series: Sequence[float | None] = (),
    series_label: str = "",
    shape: str = "bars",
    url: str = "",
) -> dict[str, Any]:
    """A number people want to see; put several into ``<div class="n-tiles">``.

    value: a number or a text. note: what to compare it with. series: earlier values, oldest first, None for a gap;
    drawn as shape: bars or line. series_label: says in words what the drawing shows, needed with a series. url: where
    the number comes from; the label leads there.
    """
    if series and not series_label:
        raise template.TemplateSyntaxError("figure_tile with a series needs series_label: the drawing in words.")
    return {
        **locals(),
        "value": written(value),
        "bars": spark_bars(series) if shape == "bars" else [],
        "lines": spark_lines(series) if shape == "line" else [],
    }


@register.inclusion_tag("look/bar_table.html")
def bar_table(
    rows: Sequence[Any], caption: str, label: str, value_label: str, caption_hidden: bool = False
) -> dict[str, Any]:
    """Numbers to compare, drawn as bars in a table that says the same without the drawing.

    rows: {label, url, value, note}. label, value_label: what stands in the two columns. The longest bar is the greatest
    value; 0 has none.
    """
    greatest = max((row["value"] for row in rows), default=0) or 1
    drawn = [
        {**row, "width": round(100 * row["value"] / greatest, 1), "written": written(row["value"])} for row in rows
    ]
    return {
        "rows": drawn,
        "caption": caption,
        "label": label,
        "value_label": value_label,
        "caption_hidden": caption_hidden,
    }


@register.inclusion_tag("look/wave_chart.html")
def wave_chart(settled: int, open: int, overdue: int, label: str, url: str = "", note: str = "") -> dict[str, Any]:
    """How far a wave of reviews has come: one bar of settled, open and overdue, and the same in words.

    label: names the wave. url: where it is shown in full. note: a few words after the label, such as the due date.
    """
    shares = wave_shares([("settled", settled), ("open", open), ("overdue", overdue)])
    total = settled + open + overdue
    return {**locals()}


@register.inclusion_tag("look/progress.html")
def progress(
    label: str, value: int | None = None, maximum: int = 100, text: str = "", poll_url: str = "", id: str = "progress"
) -> dict[str, Any]:
    """How far some work has come. value: None while nobody knows.

    text: what is happening now. poll_url: address that answers with this component again; htmx asks every two
    seconds, without script a link does. Leave poll_url out when the work is done. id: unique on the page.
    """
    return locals()
