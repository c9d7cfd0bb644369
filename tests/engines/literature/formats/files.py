"""What the tests of the formats read and ask, in short words."""

from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.records import Record


def records(content: str | bytes, name: str = "file") -> list[Record]:
    return [found for found in everything(content, name) if isinstance(found, Record)]


def troubles(content: str | bytes, name: str = "file") -> list[tuple[int, str]]:
    return [(found.line, found.code) for found in everything(content, name) if isinstance(found, Broken)]


def everything(content: str | bytes, name: str = "file") -> list[Record | Broken]:
    return list(read(content.encode() if isinstance(content, str) else content, name))
