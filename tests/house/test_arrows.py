"""Arrows go down: imports, template names and addresses."""

import ast
import re
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.house.plan import HOUSE, ROOT, App, app_of, apps, contract, files, may_know, shown, template_name, templates

QUOTED = re.compile(r"""["']([\w./-]+(?::[\w.-]+)*)["']""")
LOADS = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
DJANGOS_OWN = {"set_language"}
PLAIN_URL = re.compile(r"""{%\s*url\s+["']([\w-]+)["']""")


def test_imports_keep_the_contracts(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=str(tmp_path))
    said = capfd.readouterr().out
    assert kept == EXIT_STATUS_SUCCESS, said


def test_every_app_stands_on_its_floor() -> None:
    listed = {
        (floor, name) for floor in ("rooms", "register", "plumbing") for layer in contract(floor) for name in layer
    }
    assert [str(app) for app in apps() if app.floor != "site" and (app.floor, app.name) not in listed] == []


@pytest.mark.parametrize(
    ("upper", "lower", "allowed"),
    [
        (App("rooms", "outputs"), App("rooms", "law"), True),
        (App("rooms", "law"), App("rooms", "outputs"), False),
        (App("rooms", "law"), App("rooms", "library"), False),
        (App("register", "notices"), App("register", "people"), True),
        (App("register", "people"), App("rooms", "law"), False),
        (App("rooms", "law"), App("register", "people"), True),
        (App("site"), App("rooms", "law"), True),
        (App("plumbing", "files"), App("site", "desk"), False),
    ],
)
def test_the_plan_says_who_may_know_whom(upper: App, lower: App, allowed: bool) -> None:
    assert may_know(upper, lower) is allowed


def test_template_names_are_unique() -> None:
    names = [template_name(path) for path in templates()]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_templates_load_no_template_from_above() -> None:
    owners = {template_name(path): app_of(path) for path in templates()}
    upward = [
        f"{shown(path)}: {name} belongs to {owners[name]}"
        for path in templates()
        for name in LOADS.findall(path.read_text())
        if name in owners and not may_know(app_of(path), owners[name])
    ]
    assert upward == []


def test_templates_name_no_address_from_above() -> None:
    owners = _namespaces()
    upward = []
    for path in templates():
        text = path.read_text()
        for namespace in {name.split(":")[0] for name in QUOTED.findall(text) if ":" in name}:
            if namespace in owners and not may_know(app_of(path), owners[namespace]):
                upward.append(f"{shown(path)}: {namespace} belongs to {owners[namespace]}")
        if app_of(path).floor != "site":
            plain = set(PLAIN_URL.findall(text)) - DJANGOS_OWN
            upward += [f"{shown(path)}: {name} belongs to site" for name in sorted(plain)]
    assert upward == []


def test_code_names_no_address_from_above() -> None:
    owners = _namespaces()
    upward = []
    for path in files(HOUSE, ".py"):
        if path.parent == HOUSE:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                namespace, colon, name = node.value.partition(":")
                is_address = colon and re.fullmatch(r"[\w-]+(:[\w-]+)*", name) and namespace in owners
                if is_address and not may_know(app_of(path), owners[namespace]):
                    upward.append(f"{shown(path)}:{node.lineno}: {node.value} belongs to {owners[namespace]}")
    assert upward == []


def _namespaces() -> dict[str, App]:
    """Whose addresses begin with which namespace, from the ``app_name`` of every urls.py."""
    found = {}
    for path in HOUSE.rglob("urls*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["app_name"]:
                found[ast.literal_eval(node.value)] = app_of(path)
    return found
