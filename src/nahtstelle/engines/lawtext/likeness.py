"""How alike two texts read: the share of words that stand in both, in the same order."""

import re
from collections import Counter

from rapidfuzz.distance import Indel

WORD = re.compile(r"\w+")
CELLS = 10_000_000_000  # words of one text times words of the other; above it the order of words is not looked at


def words(text: str) -> list[str]:
    """The words and numbers of a text, without spaces and punctuation."""
    return WORD.findall(text)


def likeness(old: str, new: str) -> float:
    """0.0 (nothing shared) to 1.0 (the same words in the same order).

    Method: normalised Indel similarity over words, 2 * common / (words of both), common being the longest common
    subsequence. Two texts without any word are alike exactly when they are equal.
    """
    if old == new:
        return 1.0
    return words_likeness(words(old), words(new))


def words_likeness(old: list[str], new: list[str], floor: float = 0.0) -> float:
    """``likeness`` of texts already cut into words; 0.0 when it would be below ``floor``."""
    if not old or not new:
        return 1.0 if old == new else 0.0
    if 2 * min(len(old), len(new)) < floor * (len(old) + len(new)):
        return 0.0
    if len(old) * len(new) > CELLS:
        shared = sum((Counter(old) & Counter(new)).values())
        share = 2 * shared / (len(old) + len(new))
        return share if share >= floor else 0.0
    return Indel.normalized_similarity(old, new, score_cutoff=floor or None)
