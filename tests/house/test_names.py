"""Files with one subject, under a name that says which."""

import warnings

from tests.house.plan import HOUSE, ROOT, files, shown

MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "base", "shared", "stuff", "lib"}
LONG, TOO_LONG = 300, 400
# A page of views has as many tests as it has views and strangers; twice the length is still one subject.
TOO_LONG_FOR_TESTS = 800
# Lists of content and generated steps have as many lines as there is to say.
CONTENT = {"migrations", "content", "locale", "data"}


def test_no_module_has_a_name_without_meaning() -> None:
    named = [path for path in files(HOUSE, ".py") if MEANINGLESS.intersection({path.stem, *path.parent.parts})]
    assert [shown(path) for path in named] == []


def test_no_file_holds_a_second_subject() -> None:
    lengths = {
        shown(path): len(path.read_text().splitlines())
        for folder in (HOUSE, ROOT / "tests")
        for path in files(folder, ".py", ".html", ".css", ".js")
        if not CONTENT.intersection(path.relative_to(ROOT).parts)
    }
    long = {name: lines for name, lines in lengths.items() if lines > LONG}
    if long:
        warnings.warn(f"Look for a second subject in: {long}")
    most = {name: TOO_LONG_FOR_TESTS if name.startswith("tests/") else TOO_LONG for name in long}
    assert {name: lines for name, lines in long.items() if lines > most[name]} == {}
