"""An exception to a rule carries its reason on its line."""

import re
import tokenize

import pytest

from tests.house.plan import HOUSE, ROOT, files, shown

# A bare exception does not count, and no reason that says "circular" does. How to write one: see the examples below.
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)", re.IGNORECASE)
REASONED = re.compile(
    r"# (?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)* +-|type: ignore\[[\w, -]+\] +#|pragma: no cover +-) "
    r"(?=.*\w{3})(?!.*circular)"
)


def test_every_exception_says_why() -> None:
    silent = []
    for folder in (HOUSE, ROOT / "tests"):
        for path in files(folder, ".py"):
            with path.open("rb") as code:
                comments = [t for t in tokenize.tokenize(code.readline) if t.type == tokenize.COMMENT]
            silent += [
                f"{shown(path)}:{comment.start[0]} {comment.string}"
                for comment in comments
                if EXCEPTION.search(comment.string) and not REASONED.search(comment.string)
            ]
    assert silent == []


@pytest.mark.parametrize(
    ("comment", "reasoned"),
    [
        ("# noqa: S608 - names come from our own models", True),
        ("# noqa: E402, F403 - the environment must be set first", True),
        ("# type: ignore[arg-type] # the stubs do not know the form's keywords", True),
        ("# pragma: no cover - only where the disk is full", True),
        ("# type: ignore[arg-type]", False),
        ("# type: ignore[arg-type] - mypy reads no reason after a dash", False),
        ("# noqa", False),
        ("# noqa: F401", False),
        ("# noqa: PLC0415 - circular import", False),
    ],
)
def test_a_reason_is_recognised(comment: str, reasoned: bool) -> None:
    assert bool(REASONED.search(comment)) is reasoned
