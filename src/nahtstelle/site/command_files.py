"""What every command that is given files shares: how one is opened, how one that cannot be used is refused."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

import typer

REFUSED = 2
_PACKED = b"\x1f\x8b"


class AnswerFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class FileRefused(ValueError):
    """A file cannot be used; the message is one sentence for the person who named it."""


@contextmanager
def refusing(*others: type[Exception]) -> Iterator[None]:
    """Say why a file (or, with ``others``, what an engine was asked) cannot be used, in one sentence, and stop."""
    refusals: tuple[type[Exception], ...] = (FileRefused, *others)
    try:
        yield
    except refusals as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The content of a file, unpacked where it is packed. Whatever goes wrong while it is read: ``FileRefused``."""
    try:
        with Path(name).open("rb") as raw:
            packed = raw.peek(len(_PACKED)).startswith(_PACKED)  # a pipe cannot be rewound
            yield cast("BinaryIO", gzip.GzipFile(fileobj=raw)) if packed else raw
    except FileNotFoundError:
        raise FileRefused(f"There is no file {name}.") from None
    except IsADirectoryError:
        raise FileRefused(f"{name} cannot be read: it is a folder, not a file.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileRefused(f"{name} cannot be read: it is packed, and damaged.") from None
    except UnicodeDecodeError:
        raise FileRefused(f"{name} is not text in UTF-8.") from None
    except csv.Error as trouble:
        raise FileRefused(f"{name} is not a table that can be read: {trouble}.") from None
    except OSError as trouble:
        raise FileRefused(f"{name} cannot be read: {trouble.strerror or trouble}.") from None
