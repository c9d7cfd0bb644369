"""A logo is a PNG: the one form that page, PDF and mail programs all show. Told by its bytes, not by its name."""

import struct
import zlib

from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST = 1024 * 1024  # bytes
LONGEST_SIDE = 4000  # pixels


def check_logo(content: bytes) -> None:
    """Raises ``Refusal`` for anything but a whole PNG of a sensible size."""
    check_size(len(content))
    if not content.startswith(SIGNATURE):
        raise Refusal(_("The logo is no PNG. Please save it as PNG; page, PDF and mail show that alike."))
    width, height = _size_of(content)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
        raise Refusal(_("The logo has %(width)d × %(height)d pixels; 4000 on a side is the most.") % {
            "width": width, "height": height})  # fmt: skip


def check_size(size: int) -> None:
    if size > LARGEST:
        raise Refusal(_("The logo is larger than 1 MB. Please give it as a PNG of some hundred pixels."))


def _size_of(content: bytes) -> tuple[int, int]:
    """Walk all chunks, so that a damaged or cut file is found here and not where a letter or PDF is made."""
    place, size, ended = len(SIGNATURE), (0, 0), False
    while place + 12 <= len(content) and not ended:
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind = content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + length]
        check = content[place + 8 + length : place + 12 + length]
        if len(data) != length or len(check) != 4 or zlib.crc32(kind + data) != struct.unpack(">I", check)[0]:
            break
        if kind == b"IHDR" and length == 13:
            size = struct.unpack(">II", data[:8])
        ended = kind == b"IEND"
        place += 12 + length
    if not ended:
        raise Refusal(_("The logo is damaged or breaks off. Please save it again."))
    return size
