"""Upward goes a fact or an answer, and both are wired on one page."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.plan import HOUSE, app_of, files, shown

WIRING = HOUSE / "site" / "wiring.py"
# Whatever adds an answerer to a question of a lower room.
ADDING = {"add", "append", "extend", "insert", "register", "answered_by", "connect"}
SIGNALS = {"django.db.models.signals", "django.dispatch", "django.core.signals"}


def test_questions_are_answered_only_in_wiring() -> None:
    elsewhere = [
        f"{shown(path)}:{call.lineno}"
        for path in files(HOUSE, ".py")
        if path != WIRING and path.stem != "questions"
        for call in _calls_on_questions(path)
    ]
    assert elsewhere == []


def test_no_meaning_travels_by_signal() -> None:
    used = [
        f"{shown(path)}:{node.lineno} imports {name}"
        for path in files(HOUSE, ".py")
        for node, name in _imports(path)
        if name in SIGNALS or name.rpartition(".")[0] in SIGNALS
    ]
    assert used == []


def test_facts_are_declared_in_facts_and_carry_their_room() -> None:
    misplaced = []
    for path in files(HOUSE, ".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            for decorator in getattr(node, "decorator_list", []):
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "fact":
                    name = ast.literal_eval(decorator.args[0])
                    if "facts" not in (path.stem, path.parent.name) or name != f"{app_of(path).name}.{node.name}":
                        misplaced.append(f"{shown(path)}:{node.lineno} {name}")
    assert misplaced == []


def _imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def _calls_on_questions(path: Path) -> Iterator[ast.Call]:
    """Calls that add something to a name which came from a ``questions`` module."""
    tree = ast.parse(path.read_text())
    asked: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            from_questions = (node.module or "").rpartition(".")[2] == "questions"
            asked |= {a.asname or a.name for a in node.names if from_questions or a.name == "questions"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ADDING:
            base = node.func.value
            while isinstance(base, ast.Attribute):
                base = base.value
            if isinstance(base, ast.Name) and base.id in asked:
                yield node
