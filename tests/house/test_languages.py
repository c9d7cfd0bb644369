"""Every sentence a person reads exists in German, and the compiled catalogues are those of the sources."""

import ast
import gettext
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.plan import HOUSE, App, apps, files, shown

pytestmark = pytest.mark.skipif(
    shutil.which("msgfmt") is None, reason="needs gettext's programs, which ./run test installs"
)
SPEAKING = ["html", "mjml", "py", "txt", "typ"]  # the kinds of files that hold sentences
GERMAN = Path("locale", "de", "LC_MESSAGES", "django.po")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[App, set[str]]:
    """Every string of every app that is marked for translation, as makemessages finds them in a copy of the house."""
    copy = tmp_path_factory.mktemp("copy") / "nahtstelle"
    shutil.copytree(HOUSE, copy, ignore=shutil.ignore_patterns("vendor", "__pycache__", "static", "content", "locale"))
    for app in apps():
        (copy / app.folder.relative_to(HOUSE) / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr("django.conf.settings.LOCALE_PATHS", [])
        call_command("makemessages", locale=["de"], extensions=SPEAKING, verbosity=0, no_wrap=True, no_location=True)
    found = {}
    for app in apps():
        catalogue = copy / app.folder.relative_to(HOUSE) / GERMAN
        found[app] = set(_translations(catalogue, filled=True)) if catalogue.exists() else set()
    return found


@pytest.mark.parametrize("app", apps(), ids=str)
def test_everything_said_is_said_in_german(app: App, said: dict[App, set[str]]) -> None:
    catalogue = app.folder / GERMAN
    translated = set(_translations(catalogue)) if catalogue.exists() else set()
    assert sorted(said[app] - translated) == []


@pytest.mark.parametrize("app", apps(), ids=str)
def test_nothing_is_translated_that_nobody_says(app: App, said: dict[App, set[str]]) -> None:
    catalogue = app.folder / GERMAN
    translated = set(_translations(catalogue)) if catalogue.exists() else set()
    assert sorted(translated - said[app]) == []


def test_what_is_said_in_many_places_has_one_translation() -> None:
    """Django makes one catalogue of all: of two translations readers would see one in both places."""
    german: dict[str, dict[str, str]] = {}
    for catalogue in files(HOUSE, ".po"):
        for english, words in _translations(catalogue).items():
            german.setdefault(str(english), {}).setdefault(str(words), shown(catalogue))
    assert {english: places for english, places in german.items() if len(places) > 1} == {}


def test_nothing_is_said_inside_an_f_string() -> None:
    """Where gettext's programs do not look: such a sentence would stay English."""
    names = {"_", "gettext", "ngettext", "pgettext", "gettext_lazy", "ngettext_lazy"}
    found = [
        f"{shown(path)}:{call.lineno}"
        for path in files(HOUSE, ".py")
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
    ]
    assert found == []


@pytest.mark.parametrize("catalogue", list(files(HOUSE, ".po")), ids=shown)
def test_compiled_catalogue_is_fresh(catalogue: Path) -> None:
    compiled = catalogue.with_suffix(".mo")
    assert compiled.exists(), f"{shown(compiled)} is missing: run django-admin compilemessages"
    assert _entries(compiled.read_bytes()) == _translations(catalogue)


@pytest.mark.parametrize("catalogue", list(files(HOUSE, ".po")), ids=shown)
def test_placeholders_survive_translation(catalogue: Path) -> None:
    checked = subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", catalogue], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def _translations(catalogue: Path, *, filled: bool = False) -> dict[str, str]:
    """What a .po file translates: neither empty nor fuzzy entries. ``filled`` counts the empty ones as well."""
    text = catalogue.read_bytes()
    if filled:
        text = subprocess.run(["msgen", "-"], input=text, capture_output=True, check=True).stdout
    return _entries(subprocess.run(["msgfmt", "-o", "-", "-"], input=text, capture_output=True, check=True).stdout)


def _entries(compiled: bytes) -> dict[str, str]:
    catalogue = gettext.GNUTranslations(BytesIO(compiled))._catalog  # type: ignore[attr-defined] # no public way to list
    return {str(key[0] if isinstance(key, tuple) else key): value for key, value in catalogue.items() if key != ""}
