"""Limits: how large a file may be before it is refused, so that a hostile one costs little."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``law_bytes``: one unpacked law (the largest real one has 3.3 million bytes). ``law_tags``: opening and closing tags."""

    law_bytes: int = 64_000_000
    law_tags: int = 4_000_000


DEFAULT_LIMITS = Limits()
