"""What a person hands over on the command line: a law or a text, packed or not, or standard input."""

import io
import sys
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.limits import DEFAULT_LIMITS
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading, LawTextError
from nahtstelle.site.command_files import FileRefused

STANDARD_INPUT = "-"


def read_bytes(name: str) -> bytes:
    """The content of a file or of standard input ("-"); of a packed one, that of the single file in it.

    Raises ``FileRefused``.
    """
    try:
        if name == STANDARD_INPUT:
            return _only_member(name, io.BytesIO(sys.stdin.buffer.read(DEFAULT_LIMITS.law_bytes + 1)))
        with Path(name).open("rb") as stream:
            return _only_member(name, stream)
    except FileNotFoundError:
        raise FileRefused(f"There is no file {name}.") from None
    except IsADirectoryError:
        raise FileRefused(f"{name} is a folder, not a file.") from None
    except OSError as error:
        raise FileRefused(f"{name} cannot be read: {error.strerror or error}.") from None


def read_law_file(name: str) -> LawReading:
    """The law in a file. Raises ``FileRefused``."""
    return read_law_bytes(name, read_bytes(name))


def read_law_bytes(name: str, data: bytes) -> LawReading:
    """The law in the content of a file. Raises ``FileRefused``."""
    try:
        return read_law(data)
    except LawTextError as error:
        raise FileRefused(f"{name}: {error}") from None


def is_markup(data: bytes) -> bool:
    """True when the bytes look like XML rather than like plain text."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def as_text(name: str, data: bytes) -> str:
    """Plain text in UTF-8. Raises ``FileRefused``."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(f"{name} is not a text in UTF-8.") from None


def _only_member(name: str, stream: BinaryIO) -> bytes:
    try:
        members = list(islice(open_law_archive(stream, name=name), 2))
    except LawTextError as error:
        raise FileRefused(f"{name}: {error}") from None
    if len(members) != 1:
        found = "no law" if not members else "more than one law"
        raise FileRefused(f"{name} holds {found}; exactly one is expected.")
    content = members[0][1]
    if isinstance(content, LawTextError):
        raise FileRefused(f"{name}: {content}")
    return content
