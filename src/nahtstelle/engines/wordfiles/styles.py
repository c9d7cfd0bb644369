"""Styles and numbering: what a paragraph is, apart from how it looks."""

from dataclasses import dataclass
from typing import Any

from .package import Package, W

Element = Any
PLAIN = {
    "normal", "body text", "body text 2", "body text 3", "body text indent", "list paragraph", "no spacing", "default",
    "plain text", "normal (web)", "header", "footer", "footnote text", "endnote text", "annotation text", "text body",
    "standard", "table contents", "table heading", "caption", "quote", "intense quote", "title", "subtitle", "block text",
}  # fmt: skip


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def value(parent: Element | None, name: str) -> str:
    """The value of a property, "" without it."""
    found = parent.find(w(name)) if parent is not None else None
    return str(found.get(w("val"), "")) if found is not None else ""


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    heading: int = 0  # 1–9, 0 for none
    list: tuple[str, int] | None = None  # (numId, depth)


class Styles:
    """The paragraph styles of a file by their id, with what they inherit."""

    def __init__(self, package: Package) -> None:
        root = package.part_of_kind("styles")
        rows = root.findall(w("style")) if root is not None else []
        self._rows: dict[str, Element] = {str(row.get(w("styleId"), "")): row for row in rows}
        self.default = next(
            (
                str(r.get(w("styleId")))
                for r in rows
                if r.get(w("type")) == "paragraph" and r.get(w("default")) in ("1", "true")
            ),
            "",
        )

    def style(self, id_: str) -> Style:
        name, heading, listed = "", 0, None
        seen: set[str] = set()
        while id_ and id_ not in seen:
            seen.add(id_)
            row = self._rows.get(id_)
            if row is None:
                return Style(name or id_, heading, listed)
            own = value(row, "name").lower()
            name = name or own
            properties = row.find(w("pPr"))
            level = value(properties, "outlineLvl")
            if not heading and own.startswith("heading ") and own[8:].isdigit():
                heading = min(int(own[8:]), 9)
            if not heading and level.isdigit() and int(level) < 9:
                heading = int(level) + 1
            if listed is None and properties is not None:
                listed = list_in(properties)
            id_ = value(row, "basedOn")
        return Style(name, heading, listed)

    def is_bold_or_so(self, run_style: str, name: str) -> bool:
        """Does a character style carry a property (b, i, strike)?"""
        row = self._rows.get(run_style)
        return row is not None and is_on(row.find(w("rPr")), name)


def is_on(properties: Element | None, name: str) -> bool:
    """A switch is on when it stands there, unless it says otherwise."""
    found = properties.find(w(name)) if properties is not None else None
    return found is not None and str(found.get(w("val"), "1")) not in ("0", "false", "off", "none")


def list_in(properties: Element | None) -> tuple[str, int] | None:
    found = properties.find(w("numPr")) if properties is not None else None
    if found is None:
        return None
    number, depth = value(found, "numId"), value(found, "ilvl")
    return (number, int(depth) if depth.isdigit() else 0) if number else None


class Numbering:
    """Which lists count and which have bullets, and where a counting one begins."""

    def __init__(self, package: Package) -> None:
        root = package.part_of_kind("numbering")
        rows = list(root) if root is not None else []
        self._kinds = {str(row.get(w("abstractNumId"), "")): row for row in rows if row.tag == w("abstractNum")}
        self._lists = {str(row.get(w("numId"), "")): row for row in rows if row.tag == w("num")}

    def is_ordered(self, number: str, depth: int) -> bool:
        return value(self._level(number, depth), "numFmt") not in ("bullet", "none", "")

    def start(self, number: str, depth: int) -> int:
        row = self._lists.get(number)
        for override in row.findall(w("lvlOverride")) if row is not None else []:
            begun = value(override, "startOverride")
            if override.get(w("ilvl")) == str(depth) and begun.isdigit():
                return int(begun)
        begun = value(self._level(number, depth), "start")
        return int(begun) if begun.isdigit() else 1

    def _level(self, number: str, depth: int) -> Element | None:
        row = self._lists.get(number)
        kind = self._kinds.get(value(row, "abstractNumId")) if row is not None else None
        levels = kind.findall(w("lvl")) if kind is not None else []
        return next((level for level in levels if level.get(w("ilvl")) == str(depth)), None)
