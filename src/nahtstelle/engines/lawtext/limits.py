"""Limits: how large a file may be before it is refused, so that a hostile one costs little."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``law_bytes`` and ``law_tags`` bound one unpacked law; the largest real one has 3.3 million bytes.

    The others bound an archive: its members, their bytes together, and how many times larger a compressed member may
    become (XML of laws shrinks to a tenth, rarely to a fortieth).
    """

    law_bytes: int = 64_000_000
    law_tags: int = 1_500_000
    archive_members: int = 100_000
    archive_bytes: int = 4_000_000_000
    archive_ratio: int = 400


DEFAULT_LIMITS = Limits()
