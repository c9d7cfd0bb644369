"""The demo's content as it lies in the package: lists, law files, the story, outputs with their front matter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

import yaml

CONTENT = files("nahtstelle.site.demo") / "content"
# Written in C where libyaml is there: a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders


def read_list(name: str) -> list[dict[str, Any]]:
    """The entries of a list, for example ``people.yaml`` or ``story/acts.yaml``."""
    return _parsed(CONTENT.joinpath(*name.split("/")).read_text(encoding="utf-8"))


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
    place: str = ""  # of an editorial page: where on the site it stands


def output_files() -> list[OutputFile]:
    """Every output of the demo, German originals first."""
    folder = CONTENT / "outputs"
    found = [_output(file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".md")]
    return sorted(found, key=lambda file: (bool(file.translation_of), file.slug))


def _output(text: str) -> OutputFile:
    _start, front, body = text.split("---\n", 2)
    head = _parsed(front)
    return OutputFile(
        slug=head["slug"], language=head["language"], kind=head["kind"], title=head["title"], summary=head["summary"],
        body=body.strip() + "\n", stand=head["stand"], owner=head["owner"], authors=head.get("authors", []),
        audience=head.get("audience", "public"), state=head["state"], programmes=head.get("programmes", []),
        concepts=[key for keys in head.get("facets", {}).values() for key in keys],
        funder_release=head.get("funder_release", False), translation_of=head.get("translation_of", ""),
        valid_from=head.get("valid_from"), valid_until=head.get("valid_until"),
        place=head.get("place", ""),
    )  # fmt: skip
