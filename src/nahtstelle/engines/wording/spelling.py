"""Words that were probably meant: few edits away (optimal string alignment), frequent ones first."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

LEAST = 4  # shorter words have too many neighbours


def edits_allowed(length: int) -> int:
    """How many letters may be wrong in a word of that length."""
    return 0 if length < LEAST else 1 if length < 8 else 2


def nearest(word: str, known: Iterable[tuple[str, int]], *, most: int = 3) -> list[str]:
    """Of the ``known`` (word, frequency) those that ``word`` is a misspelling of, the likeliest first.

    >>> nearest("anerkenung", [("anerkennung", 9), ("anrechnung", 9), ("erkennung", 2)])
    ['anerkennung']
    """
    allowed = edits_allowed(len(word))
    if not allowed:
        return []
    found: list[tuple[int, int, str]] = []
    for other, frequency in known:
        if abs(len(other) - len(word)) <= allowed:
            distance = OSA.distance(word, other, score_cutoff=allowed)
            if distance <= allowed:
                found.append((distance, -frequency, other))
    return [other for _distance, _frequency, other in sorted(found)[:most]]
