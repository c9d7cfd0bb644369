"""The style page as a whole, the files of the look, and its printed catalogue."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from nahtstelle.plumbing.look import reference
from nahtstelle.plumbing.look.style_data import style_context
from tests.plumbing.look.look_drawing import Elements, look_alone, words  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("look_alone")
LOOK = Path(reference.__file__).parent
ACCOUNT = {"name": "Alice", "desk_url": "/d/", "inbox_url": "/i/", "inbox_count": 2, "sign_out_url": "/o/"}


@pytest.fixture(params=["de", "en"])
def style_html(request: pytest.FixtureRequest, now: Any) -> str:
    with translation.override(request.param):
        http = RequestFactory().get("/stil/")
        context = style_context(language=request.param, now=now, query=http.GET)
        shown = {
            "site_name": "Zentrum",
            "demo": True,
            "search_url": "/suche/",
            "account": ACCOUNT,
            "nav": context["tabs"],
        }
        return get_template("look/style_page.html").render({**context, **shown}, http)


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


def frame(**context: Any) -> str:
    return get_template("look/base.html").render(context, RequestFactory().get("/seite/?q=1"))


def test_stranger_is_offered_to_sign_in() -> None:
    assert "Anmelden" in words(frame(account={"sign_in_url": "/anmelden/"}))


def test_person_signed_in_sees_desk_inbox_and_the_way_out() -> None:
    menu = next(part for part in frame(account=ACCOUNT).split("<details")[1:])
    assert words(f"<details{menu.partition('</details>')[0]}") == (
        "Alice Ungelesen: 2 Mein Schreibtisch Posteingang 2 Abmelden"
    )


def test_language_switch_comes_back_to_the_same_address() -> None:
    inputs = {a["name"]: a.get("value") for tag, a in Elements(frame()).found if tag == "input" and "name" in a}
    assert inputs["next"] == "/seite/?q=1"


def test_bare_frame_has_no_empty_navigation() -> None:
    found = Elements(frame()).found
    assert [tag for tag, _ in found if tag in ("nav", "details")] == []
    assert [attrs["id"] for tag, attrs in found if tag == "main"] == ["main"]


def test_demo_says_on_every_page_that_nothing_is_real() -> None:
    assert ["alle Inhalte sind erfunden" in words(frame(demo=demo)) for demo in (True, False)] == [True, False]


def test_confirmation_names_the_consequences_and_posts() -> None:
    context = {"title": "Löschen?", "consequences": ["Alles ist weg."], "dangerous": True, "cancel_url": "/zurueck/"}
    html = get_template("look/confirm.html").render(context, RequestFactory().get("/x/"))
    forms = [attrs["method"] for tag, attrs in Elements(html).found if tag == "form" and attrs.get("class") == "n-form"]
    assert forms == ["post"]
    assert "Alles ist weg." in words(html)


def test_every_static_file_of_the_frame_exists() -> None:
    sources = "".join((LOOK / "templates" / "look" / name).read_text() for name in ("base.html", "styles.html"))
    named = re.findall(r"{% static '([^']+)' %}", sources)
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
