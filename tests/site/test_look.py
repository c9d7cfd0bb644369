"""The components: what they show, what they refuse, and that no text of a stranger becomes markup."""

import copy
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from django.utils.safestring import SafeString
from django.views.i18n import set_language

from nahtstelle.site.look import reference
from nahtstelle.site.look.statuses import STATUSES
from nahtstelle.site.look.style_data import style_context

LOOK = Path(reference.__file__).parent
ACCOUNT = {"name": "Alice", "desk_url": "/d/", "inbox_url": "/i/", "inbox_count": 2, "sign_out_url": "/o/"}
HOSTILE = '"><script>x</script>'


@pytest.fixture(autouse=True)
def _alone_and_in_german(settings: Any) -> Iterator[None]:
    """The look needs no room: neither the addresses of the house nor what its frame looks up in the database."""
    settings.ROOT_URLCONF = (path("sprache/", set_language, name="set_language"),)
    engine = copy.deepcopy(settings.TEMPLATES[0])
    engine["OPTIONS"]["context_processors"] = ["django.template.context_processors.request"]
    settings.TEMPLATES = [engine]
    with translation.override("de"):
        yield


def draw(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def words(html: str) -> str:
    """What a person reads, without markup and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the elements left open or closed twice."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(params=["de", "en"])
def style_html(request: pytest.FixtureRequest, now: Any) -> str:
    with translation.override(request.param):
        http = RequestFactory().get("/stil/")
        context = style_context(language=request.param, now=now, query=http.GET)
        frame = {
            "site_name": "Zentrum",
            "demo": True,
            "search_url": "/suche/",
            "account": ACCOUNT,
            "nav": context["tabs"],
        }
        return get_template("look/style_page.html").render({**context, **frame}, http)


def test_style_page_is_well_formed(style_html: str) -> None:
    page = Elements(style_html)
    assert (page.wrong, page.open) == ([], [])


def test_style_page_uses_every_component() -> None:
    sources = [file.read_text() for file in (LOOK / "templates" / "look").glob("*.html")]
    used = {name for source in sources for name in re.findall(r"{% (\w+)", source)}
    tags = {name for part in reference.PARTS for name in part.register.tags}
    assert tags - used == set()


def test_no_id_stands_twice_on_the_style_page(style_html: str) -> None:
    ids = [attrs["id"] for _, attrs in Elements(style_html).found if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))


def test_labels_and_descriptions_point_at_something(style_html: str) -> None:
    found = Elements(style_html).found
    ids = {attrs["id"] for _, attrs in found if "id" in attrs}
    pointers = {
        target
        for _, attrs in found
        for name in ("for", "aria-describedby", "aria-controls", "aria-labelledby")
        for target in (attrs.get(name) or "").split()
    }
    assert pointers - ids == set()


def test_style_page_carries_no_style_and_no_script_of_its_own(style_html: str) -> None:
    found = Elements(style_html).found
    own = [tag for tag, attrs in found if tag == "style" or (tag == "script" and "src" not in attrs)]
    handlers = [name for _, attrs in found for name in attrs if name == "style" or name.startswith(("on", "hx-on"))]
    assert (own, handlers) == ([], [])


def test_page_is_in_the_language_of_the_visitor(style_html: str) -> None:
    language = Elements(style_html).found[0][1]["lang"]
    expected = {"de": "Zum Inhalt springen", "en": "Skip to content"}
    assert expected[str(language)] in words(style_html)


def test_every_static_file_of_the_frame_exists() -> None:
    frame = "".join((LOOK / "templates" / "look" / name).read_text() for name in ("base.html", "styles.html"))
    named = re.findall(r"{% static '([^']+)' %}", frame)
    assert [name for name in named if not (LOOK / "static" / name).is_file()] == []


def test_every_face_named_in_the_style_sheet_exists() -> None:
    sheet = LOOK / "static" / "look" / "fonts.css"
    faces = re.findall(r'url\("([^"]+)"\)', sheet.read_text())
    assert len(faces) == 12
    assert [face for face in faces if not (sheet.parent / face).resolve().is_file()] == []


@pytest.mark.parametrize("folder", ["kern", "htmx", "fira-sans"])
def test_vendored_folder_says_where_it_comes_from(folder: str) -> None:
    place = LOOK / "static" / "vendor" / folder
    assert any(file.name.startswith("LICENSE") for file in place.iterdir())
    assert "**Renew.**" in (place / "README.md").read_text()


def test_catalogue_of_components_is_current(root: Path) -> None:
    page = (root / "docs" / "reference" / "look.md").read_text()
    assert page == reference.renewed(page)


def test_renewing_refuses_a_page_without_marks() -> None:
    with pytest.raises(ValueError, match="lacks the marks"):
        reference.renewed("# Something else")


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
    assert ["details" in found for found in tags] == [False, True]


def test_facet_opens_when_a_folded_value_is_selected() -> None:
    values = [{"value": n, "label": n, "count": None, "selected": n == 4} for n in range(5)]
    drawn = draw("{% facet_list f shown=2 clear_url='?' %}", f=[{"name": "f", "label": "F", "values": values}])
    details = next(attrs for tag, attrs in Elements(drawn).found if tag == "details")
    assert "open" in details
    assert "Alle zurücksetzen" in words(drawn)


def test_figure_with_a_series_must_say_it_in_words() -> None:
    with pytest.raises(TemplateSyntaxError, match="series_label"):
        draw("{% figure_tile label='x' value=1 series=s %}", s=[1, 2])


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
