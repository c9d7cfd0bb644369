"""Whoever asks what time it is asks ``timezone.now`` or ``timezone.localdate``, which the demo sets (docs/decisions/0012)."""

import ast

from tests.house.plan import HOUSE, files, shown

OTHERS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def test_the_time_is_asked_of_one_clock() -> None:
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in files(HOUSE, ".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Call) and tuple(ast.unparse(node.func).split(".")[-2:]) in OTHERS)
        or (isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone" and "now" in _names(node))
    ]
    assert found == []


def _names(node: ast.ImportFrom) -> set[str]:
    return {one.name for one in node.names}
