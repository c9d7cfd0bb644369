"""A mail from a stream, without what is too large to be kept.

A part whose body is longer than ``PART_MOST`` bytes on the wire loses its body; in its place stands a line that says
how long it was. So an attachment of sixty megabytes is never held in memory, and everything around it is read.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

PART_MOST = 14 * 1024 * 1024  # bytes of one part as it travels: about ten megabytes of content in base64
WHOLE_MOST = 40 * 1024 * 1024  # bytes of all parts together
LINE = 64 * 1024  # bytes read at a time, also where a mail has no line ends
CUT = b"=_too-large-for-us:"

_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)


def cut(stream: BinaryIO, *, part_most: int = PART_MOST, whole_most: int = WHOLE_MOST) -> Iterator[bytes]:
    """The lines of the mail; the body of a part that is too large ends with a ``CUT`` line instead.

    The end of such a part is the next line that begins like one of the boundaries named so far.
    """
    boundaries: set[bytes] = set()
    kept = part = 0
    at_start = True
    while line := stream.readline(LINE):
        if at_start and _ends_part(line, boundaries):
            if part > part_most:
                yield _mark(part)
            part = 0
        part += len(line)
        fits = part <= part_most and kept <= whole_most
        if not fits and part <= part_most:
            part = part_most + part  # the mail as a whole is too large: from here on every body is cut
        if fits:
            kept += len(line)
            boundaries.update(a or b for a, b in _BOUNDARY.findall(line))
            yield line
        at_start = line.endswith(b"\n")
    if part > part_most:
        yield _mark(part)


def _ends_part(line: bytes, boundaries: set[bytes]) -> bool:
    return line.startswith(b"--") and any(line.startswith(b"--" + boundary) for boundary in boundaries)


def _mark(size: int) -> bytes:
    return b"\r\n" + CUT + str(size).encode() + b"\r\n"


def size_said(body: str) -> int | None:
    """How many bytes a cut part had on the wire; None where it was not cut."""
    found = re.search(re.escape(CUT.decode()) + r"(\d{1,15})\s*$", body[-60:])
    return int(found[1]) if found else None
