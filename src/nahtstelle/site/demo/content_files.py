"""The demo's content as it lies in the package: lists, law files, outputs with their front matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

import yaml

CONTENT = files("nahtstelle.site.demo") / "content"
TOUR_DAY = date(2026, 11, 23)


def read_list(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def law_files() -> Iterator[tuple[date, str, bytes]]:
    """(day seen, file name, content) of every reading that is there when the demo opens."""
    for folder in sorted((CONTENT / "laws").iterdir(), key=lambda entry: entry.name):
        if folder.is_dir() and not folder.name.startswith("_"):
            for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
                yield date.fromisoformat(PurePosixPath(file.name).stem), f"{folder.name}.xml", file.read_bytes()


def tour_files() -> list[tuple[str, bytes]]:
    """The readings a visitor imports in the tour: (law's file name, content)."""
    folder = CONTENT / "laws" / "_tour"
    return [
        (f"{file.name.split('-')[0]}.xml", file.read_bytes())
        for file in sorted(folder.iterdir(), key=lambda entry: entry.name)
    ]


@dataclass(frozen=True, slots=True)
class OutputFile:
    slug: str
    language: str
    kind: str
    title: str
    summary: str
    body: str
    stand: date
    owner: str
    authors: list[str]
    audience: str
    state: str
    programmes: list[str]
    concepts: list[str]
    funder_release: bool = False
    translation_of: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def output_files() -> list[OutputFile]:
    """Every output of the demo, German originals first."""
    found = [_output(file.read_text(encoding="utf-8")) for file in (CONTENT / "outputs").iterdir() if file.name.endswith(".md")]
    return sorted(found, key=lambda file: (bool(file.translation_of), file.slug))


def _output(text: str) -> OutputFile:
    _start, front, body = text.split("---\n", 2)
    head = yaml.safe_load(front)
    return OutputFile(
        slug=head["slug"], language=head["language"], kind=head["kind"], title=head["title"], summary=head["summary"],
        body=body.strip() + "\n", stand=head["stand"], owner=head["owner"], authors=head.get("authors", []),
        audience=head.get("audience", "public"), state=head["state"], programmes=head.get("programmes", []),
        concepts=[key for keys in head.get("facets", {}).values() for key in keys],
        funder_release=head.get("funder_release", False), translation_of=head.get("translation_of", ""),
        valid_from=head.get("valid_from"), valid_until=head.get("valid_until"),
    )  # fmt: skip
