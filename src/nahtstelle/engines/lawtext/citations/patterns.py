"""One small step that every reader here takes."""

import re


def end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where ``pattern`` ends when it matches at ``position``; ``position`` itself when it does not."""
    found = pattern.match(text, position)
    return position if found is None else found.end()
