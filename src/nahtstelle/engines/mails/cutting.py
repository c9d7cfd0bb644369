"""A mail from a stream, without what is too large to be kept.

A part whose body is longer than ``PART_MOST`` bytes on the wire loses the rest of it; in its place stands a line that
says how long it was. So an attachment of sixty megabytes is never held in memory. Where a mail as a whole is longer
than ``WHOLE_MOST``, the bodies behind are lost in the same way; every boundary and the heading of every part is kept,
so that no file vanishes without its name.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

PART_MOST = 14 * 1024 * 1024  # bytes of one part as it travels: about ten megabytes of content in base64
WHOLE_MOST = 40 * 1024 * 1024  # bytes of all bodies together
HEADINGS_MOST = 4 * 1024 * 1024  # bytes of all boundaries and headings together; what follows is no mail of a person
LINE = 64 * 1024  # bytes read at a time, also where a mail has no line ends
CUT = b"=_too-large-for-us:"

_BOUNDARY = re.compile(rb"""boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
_MAIL_WITHIN = re.compile(rb"content-type:\s*message/rfc822", re.IGNORECASE)
_MARK = re.compile(re.escape(CUT.decode()) + r"(\d{1,15})\s*$")


def cut(stream: BinaryIO, *, part_most: int = PART_MOST, whole_most: int = WHOLE_MOST) -> Iterator[bytes]:
    """The lines of the mail; the body of a part that is too large ends with a ``CUT`` line instead.

    A part ends at the next line that is one of the boundaries named so far.
    """
    boundaries: set[bytes] = set()
    kept = part = headings = 0
    at_start = heading = True
    lost = mail_within = False
    while line := stream.readline(LINE):
        ends = at_start and line.startswith(b"--") and line.rstrip() in boundaries
        if (ends or heading) and headings <= HEADINGS_MOST:
            if ends and lost:
                yield _mark(part)
            if ends:
                part, heading, lost, mail_within = 0, True, False, False
            elif at_start and not line.strip():  # a mail within begins with a heading of its own
                heading, mail_within = mail_within, False
            else:
                mail_within = mail_within or _MAIL_WITHIN.match(line) is not None
            headings += len(line)
            keep = True
        else:
            heading = False
            part += len(line)
            lost = lost or part > part_most or kept > whole_most
            kept += 0 if lost else len(line)
            keep = not lost
        if keep:
            for quoted, bare in _BOUNDARY.findall(line):
                boundaries |= {b"--" + (quoted or bare).rstrip(), b"--" + (quoted or bare).rstrip() + b"--"}
            yield line
        at_start = line.endswith(b"\n")
    if lost:
        yield _mark(part)


def _mark(size: int) -> bytes:
    return b"\r\n" + CUT + str(size).encode() + b"\r\n"


def size_said(body: str) -> int | None:
    """How many bytes a cut part had on the wire; None where it was not cut."""
    found = _MARK.search(body[-60:])
    return int(found[1]) if found else None


def without_mark(body: str) -> str:
    """What was kept of a part, without the line that says how long it was."""
    return body[:-60] + _MARK.sub("", body[-60:]).rstrip() if size_said(body) is not None else body
