"""What is said twice agrees, and what is pointed at is there."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.plan import ROOT, shown
from tests.house.printing import PRINTED

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")
# A machine's paths and a registry's hosts work on that machine only.
ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:root|work|home/\w)/|pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|localhost:\d+/simple"
)
RECORD_PARTS = ["## Context", "## Options refused", "## Decision", "## Consequences", "## How a machine checks it"]


def _documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def _kept_files() -> list[Path]:
    """Every file of the repository, as git lists them; also those not yet added."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git repository")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("document", PRINTED, ids=lambda path: path.name)
def test_printed_reference_is_current(document: Path) -> None:
    assert document.read_text() == PRINTED[document](), "Run ./run print"


def test_links_lead_somewhere() -> None:
    broken = [
        f"{shown(document)}: {target}"
        for document in _documents()
        for target in (a or b for a, b in LINK.findall(document.read_text()))
        if not re.match(r"https?:|mailto:", target) and not (document.parent / target).exists()
    ]
    assert broken == []


def test_tests_that_documents_name_are_there() -> None:
    named = {
        (path, test)
        for document in _documents()
        for path, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", document.read_text())
    }
    assert len(named) > 40  # else the pattern finds nothing and this test could not fail
    gone = [
        f"{path}::{test}"
        for path, test in sorted(named)
        if not (ROOT / path).exists() or f"def {test}(" not in (ROOT / path).read_text()
    ]
    assert gone == []


def test_each_feature_of_the_peers_names_the_test_that_shows_it() -> None:
    text = (ROOT / "docs" / "reference" / "library-peers.md").read_text()
    rows = [line for line in text.splitlines() if line.startswith("|") and not line.startswith(("| feature", "|---"))]
    assert rows
    assert [row for row in rows if not re.search(r"`tests/[\w/]+\.py::\w+`", row)] == []


@pytest.mark.parametrize("record", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_decision_record_tells_the_whole_story(record: Path) -> None:
    headings = re.findall(r"^## .*$", record.read_text(), re.MULTILINE)
    assert headings == RECORD_PARTS


def test_decision_records_are_counted_without_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_nothing_names_one_machine() -> None:
    named = []
    for path in _kept_files():
        if path == Path(__file__) or "vendor" in path.parts:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        named += [f"{shown(path)}: {found.group()}" for found in ELSEWHERE.finditer(text)]
    assert named == []
