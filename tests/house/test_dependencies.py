"""What the house is built on: declared, locked, used and given a reason."""

import ast
import re
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.plan import HOUSE, ROOT, files, pyproject, shown

# Used without being imported or named: by whom instead.
BEHIND_DJANGO = {"psycopg": "Django's driver for PostgreSQL"}
# The peers are not installed where the tests run, so nothing there tells which package brings which name.
PEERS_UNDER_OTHER_NAMES = {"refex": ["legal-reference-extraction"]}
REASONS = ROOT / "docs" / "reference" / "dependencies.md"


def _declared() -> dict[str, Requirement]:
    return {canonicalize_name(r.name): r for r in map(Requirement, pyproject()["project"]["dependencies"])}


def _group(name: str) -> dict[str, Requirement]:
    return {canonicalize_name(r.name): r for r in map(Requirement, pyproject()["dependency-groups"][name])}


@cache
def _imported_packages(folder: Path) -> dict[str, str]:
    """Every third-party top-level package that is imported below ``folder``, and one place where."""
    found: dict[str, str] = {}
    for path in files(folder, ".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in ("nahtstelle", "tests"):
                    found.setdefault(top, f"{shown(path)}:{node.lineno}")
    return found


@cache
def _packages() -> Mapping[str, list[str]]:
    return {**PEERS_UNDER_OTHER_NAMES, **packages_distributions()}


def _distributions(package: str) -> set[str]:
    return {canonicalize_name(name) for name in _packages().get(package, [package])}


def test_what_is_imported_is_declared() -> None:
    declared = set(_declared())
    imported = _imported_packages(HOUSE)
    assert [f"{top} ({where})" for top, where in imported.items() if not declared & _distributions(top)] == []


def test_what_the_tests_import_is_declared() -> None:
    declared = {*_declared(), *_group("dev"), *_group("peers")}
    imported = dict(_imported_packages(ROOT / "tests"))
    # Part of pytest, which names it in its own requirements.
    imported.pop("packaging", None)
    assert [f"{top} ({where})" for top, where in imported.items() if not declared & _distributions(top)] == []


def test_what_is_declared_is_used() -> None:
    used = {name for top in _imported_packages(HOUSE) for name in _distributions(top)}
    # Settings and commands name what they use in strings: "whitenoise.middleware…", "-m", "gunicorn".
    strings = {
        node.value.partition(".")[0]
        for path in files(HOUSE, ".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    used |= {name for top in strings & set(_packages()) for name in _distributions(top)}
    assert sorted(set(_declared()) - used - set(BEHIND_DJANGO)) == []


def test_every_dependency_has_its_reason() -> None:
    lines = re.findall(r"^\| `([^`]+)` \| (\S.*) \|$", REASONS.read_text(), re.MULTILINE)
    assert sorted(canonicalize_name(name) for name, _reason in lines) == sorted(
        [*_declared(), *_group("dev"), *_group("peers")]
    )


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", _declared()),
        ("requirements-dev.lock", {**_declared(), **_group("dev")}),
        ("requirements-peers.lock", _group("peers")),
    ],
)
def test_lock_holds_what_is_declared(lock: str, wanted: dict[str, Requirement]) -> None:
    locked = _locked(lock)
    assert [
        str(r) for name, r in wanted.items() if not any(r.specifier.contains(v) for v in locked.get(name, ()))
    ] == []


def test_tests_run_on_the_versions_that_are_served() -> None:
    runtime, dev = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert {name: versions for name, versions in runtime.items() if dev.get(name) != versions} == {}


def _locked(lock: str) -> dict[str, set[str]]:
    pins = re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    found: dict[str, set[str]] = {}
    for name, version in pins:
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found
