"""The plan of the house, read from its files: which app lies where, and which may know of which."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HOUSE = ROOT / "src" / "nahtstelle"
NOT_OURS = {"vendor", "__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class App:
    """A room, a piece of the register, of the plumbing or of the site; ``site`` itself has no second part."""

    floor: str
    name: str = ""

    @property
    def folder(self) -> Path:
        return HOUSE / self.floor / self.name

    def __str__(self) -> str:
        return f"{self.floor}/{self.name}".rstrip("/")


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def contract(name: str) -> list[list[str]]:
    """The layers of an import contract, uppermost first; members of one layer do not know each other."""
    for found in pyproject()["tool"]["importlinter"]["contracts"]:
        if found["id"] == name:
            return [re.split(r"\s*[|:]\s*", layer.replace("(", "").replace(")", "")) for layer in found["layers"]]
    raise LookupError(name)


def may_know(upper: App, lower: App) -> bool:
    """Whether the building law lets ``upper`` name what belongs to ``lower``."""
    if upper == lower or upper.floor == "site":
        return True
    if upper.floor != lower.floor:
        floors = [floor for layer in contract("floors") for floor in layer]
        return floors.index(upper.floor) < floors.index(lower.floor)
    landings = contract(upper.floor)
    heights = [next(i for i, layer in enumerate(landings) if app.name in layer) for app in (upper, lower)]
    return heights[0] < heights[1]


def files(folder: Path, *endings: str) -> Iterator[Path]:
    """Our own files below a folder, in a fixed order."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings and path.is_file() and not NOT_OURS.intersection(path.relative_to(ROOT).parts):
            yield path


def app_of(path: Path) -> App:
    floor, *rest = path.relative_to(HOUSE).parts
    if floor == "site" and (HOUSE / floor / rest[0] / "apps.py").is_file():
        return App("site", rest[0])
    return App(floor, "" if floor == "site" else rest[0])


def apps() -> list[App]:
    return [app_of(path) for path in sorted(HOUSE.rglob("apps.py"))]


def templates() -> list[Path]:
    return [path for path in files(HOUSE, ".html", ".txt", ".mjml", ".xml", ".svg") if "templates" in path.parts]


def template_name(path: Path) -> str:
    parts = path.parts
    last = len(parts) - 1 - parts[::-1].index("templates")
    return "/".join(parts[last + 1 :])


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
