"""The components: what they show, what they refuse, and that no text of a stranger becomes markup."""

import re
from datetime import date
from typing import Any

import lxml.html
import pytest
from django.template import Template, TemplateSyntaxError
from django.utils.safestring import SafeString

from nahtstelle.plumbing.look.statuses import STATUSES
from tests.plumbing.look.look_drawing import Elements, draw, look_alone, words  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("look_alone")
HOSTILE = '"><script>x</script>'


@pytest.mark.parametrize("kind", STATUSES)
def test_status_speaks_by_word_and_icon(kind: str) -> None:
    drawn = draw("{% status_badge kind %}", kind=kind)
    assert words(drawn) == str(STATUSES[kind].word)
    assert f"kern-icon--{STATUSES[kind].icon}" in drawn


def test_status_misspelt_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no status 'curent'"):
        draw("{% status_banner 'curent' %}")


def test_parameter_misspelt_is_refused_when_compiled() -> None:
    with pytest.raises(TemplateSyntaxError, match="kicer"):
        Template("{% load look %}{% page_head title='x' kicer='y' %}")


def test_page_head_shows_the_stand() -> None:
    drawn = draw("{% page_head title='Titel' stand=a valid_until=b %}", a=date(2026, 9, 15), b=date(2027, 3, 31))
    assert words(drawn) == "Titel Stand: 15.09.2026 gültig bis 31.03.2027"


def test_page_head_without_facts_is_a_title_only() -> None:
    assert words(draw("{% page_head title='Titel' %}")) == "Titel"


def test_status_banner_is_announced_only_when_live() -> None:
    roles = [re.findall(r'role="(\w+)"', draw(f"{{% status_banner 'draft' live={live} %}}")) for live in (True, False)]
    assert roles == [["status"], ["note"]]


def test_barred_action_says_why() -> None:
    item = {"label": "Löschen", "url": "/x", "disabled_reason": "Nur Leitung darf das."}
    button = next(a for tag, a in Elements(draw("{% action_bar items %}", items=[item])).found if tag == "button")
    assert (button["aria-disabled"], button["aria-label"]) == ("true", "Löschen: Nur Leitung darf das.")


def test_posting_action_carries_the_token_and_its_value() -> None:
    item = {"label": "Weiter", "url": "/x", "post": True, "name": "step", "value": "2"}
    found = Elements(draw("{% action_bar items %}", items=[item], csrf_token="geheim")).found
    form, token, button = (next(attrs for tag, attrs in found if tag == name) for name in ("form", "input", "button"))
    assert (form["method"], token["value"], button["name"], button["value"]) == ("post", "geheim", "step", "2")


@pytest.mark.parametrize(
    "source",
    [
        "{% page_head title=x kicker=x lead=x %}",
        "{% status_banner 'draft' text=x url=x url_label=x %}",
        "{% badge x %}",
        "{% result_card title=x url=x text=x kicker=x meta=list %}",
        "{% data_table columns=list rows=table caption=x %}",
        "{% synopsis rows=sides old_title=x new_title=x caption=x %}",
        "{% synopsis rows=sides old_title=x new_title=x variant='inline' %}",
        "{% person_line name=x role=x mail=x note=x %}",
        "{% definition_list items=terms %}",
        "{% filter_chips chips=links clear_url=x %}",
        "{% tabs items=links label=x %}",
        "{% breadcrumb items=links %}",
        "{% empty_state title=x text=x %}",
        "{% figure_tile label=x value=x note=x unit=x %}",
        "{% callout title=x %}{{ x }}{% endcallout %}",
        "{% panel title=x %}{{ x }}{% endpanel %}",
        "{% disclosure summary=x %}{{ x }}{% enddisclosure %}",
        "{% icon 'info' x %}",
    ],
)
def test_a_strangers_text_stays_text(source: str) -> None:
    sides = [{"label": HOSTILE, "old": HOSTILE, "new": [("same", HOSTILE), ("ins", HOSTILE)]}]
    drawn = draw(
        source,
        x=HOSTILE,
        list=[HOSTILE],
        table=[[HOSTILE]],
        sides=sides,
        terms=[{"term": HOSTILE, "value": HOSTILE}],
        links=[{"label": HOSTILE, "url": HOSTILE}],
    )
    assert "&lt;script&gt;" in drawn
    assert [tag for tag, _ in Elements(drawn).found if tag == "script"] == []


def test_result_keeps_the_marks_of_a_search() -> None:
    drawn = draw("{% result_card title='T' url='/x' text=text %}", text=SafeString("ein <mark>Treffer</mark>"))
    assert "<mark>Treffer</mark>" in drawn


def test_facet_folds_away_what_is_too_much_but_never_one_alone() -> None:
    def facet(count: int) -> list[dict[str, Any]]:
        values = [{"value": n, "label": n, "count": n, "selected": n == count - 1} for n in range(count)]
        return [{"name": "f", "label": "F", "values": values}]

    tags = [[tag for tag, _ in Elements(draw("{% facet_list f shown=3 %}", f=facet(n))).found] for n in (4, 5)]
    assert [found.count("details") for found in tags] == [1, 2]


def test_facet_opens_when_a_folded_value_is_selected() -> None:
    values = [{"value": n, "label": n, "count": None, "selected": n == 4} for n in range(5)]
    drawn = draw("{% facet_list f shown=2 clear_url='?' %}", f=[{"name": "f", "label": "F", "values": values}])
    details = [attrs for tag, attrs in Elements(drawn).found if tag == "details"][-1]
    assert "open" in details
    assert "Alle zurücksetzen" in words(drawn)


def test_figure_with_a_series_must_say_it_in_words() -> None:
    with pytest.raises(TemplateSyntaxError, match="series_label"):
        draw("{% figure_tile label='x' value=1 series=s %}", s=[1, 2])


def test_bars_say_their_numbers_without_the_drawing() -> None:
    rows = [
        {"label": "Eins", "url": "/eins/", "value": 1200},
        {"label": "Zwei", "value": 300},
        {"label": "Drei", "value": 0},
    ]
    drawn = draw('{% bar_table rows=rows caption="Texte" label="Thema" value_label="Zahl" %}', rows=rows)
    table = lxml.html.fromstring(drawn)
    assert [" ".join(row.text_content().split()) for row in table.xpath("//tbody/tr")] == [
        "Eins1.200",
        "Zwei300",
        "Drei0",
    ]
    assert table.xpath("//rect/@width") == ["100.0", "25.0", "0.0"]
    assert len(table.xpath("//svg[@aria-hidden='true']")) == 3


def test_bars_of_nothing_are_an_empty_table() -> None:
    drawn = draw('{% bar_table rows=rows caption="T" label="L" value_label="Z" %}', rows=[])
    assert "<caption>T</caption>" in drawn and "<rect" not in drawn


def test_a_cell_says_the_language_of_its_words() -> None:
    columns, rows = (
        [{"label": "T", "kind": "head"}, "L"],
        [[{"text": "A", "url": "/a/", "lang": "en"}, {"text": "B", "lang": "de"}]],
    )
    drawn = draw('{% data_table columns=columns rows=rows caption="T" %}', columns=columns, rows=rows)
    assert '<a href="/a/" lang="en">A</a>' in drawn and '<span lang="de">B</span>' in drawn


def test_wave_of_nothing_says_so() -> None:
    assert words(draw("{% wave_chart 0 0 0 'Welle' %}")) == "Welle Nichts ist betroffen."


def test_wave_says_its_numbers_in_words() -> None:
    assert words(draw("{% wave_chart 1184 41 9 'Welle' %}")) == "Welle 1.184 von 1.234 erledigt 41 offen 9 überfällig"


def test_drawings_keep_the_decimal_point_in_german() -> None:
    drawn = draw(
        "{% figure_tile label='x' value=1.5 series=s series_label='steigt' %}{% wave_chart 1 1 1 'w' %}", s=[1, 2, 4]
    )
    lengths = [value for _, attrs in Elements(drawn).found for name, value in attrs.items() if name in ("x", "width")]
    assert lengths
    assert [value for value in lengths if not re.fullmatch(r"[\d.]+%?", str(value))] == []


def test_progress_asks_again_only_while_it_runs() -> None:
    running, done = draw("{% progress 'L' 3 10 poll_url='/p' %}"), draw("{% progress 'L' 10 10 %}")
    assert ('hx-trigger="every 2s"' in running, "hx-" in done) == (True, False)


def test_progress_unknown_has_no_value() -> None:
    bar = next(attrs for tag, attrs in Elements(draw("{% progress 'L' %}")).found if tag == "progress")
    assert bar == {"id": "progress-bar", "max": "100"}


def test_due_date_reads_by_its_distance() -> None:
    today = date(2026, 11, 23)
    days = [date(2026, 11, 20), today, date(2026, 11, 30), date(2026, 12, 24)]
    assert [words(draw("{% due d t %}", d=day, t=today)) for day in days] == [
        "seit 3 Tagen überfällig",
        "heute fällig",
        "fällig in 7 Tagen",
        "fällig in 4 Wochen",
    ]
