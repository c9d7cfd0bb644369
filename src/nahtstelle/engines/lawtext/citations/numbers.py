"""Numbers of provisions: their order, and what lies between two of them."""

import re

from nahtstelle.engines.lawtext.citations.social_code import ARABIC_OF_ROMAN

_PARTS = re.compile(r"(\d+)([a-z]*)")
_ROMAN = re.compile(r"([IVX]+)([a-z]?)")
LONGEST_RANGE = 400


class Budget:
    """How many members ranges may still add; in proportion to the text, so that "§§ 1-400" repeated stays harmless."""

    __slots__ = ("left",)

    def __init__(self, characters: int) -> None:
        self.left = 2_000 + characters // 2

    def take(self, members: int) -> bool:
        if members > self.left:
            return False
        self.left -= members
        return True


def arabic(written: str) -> str:
    """ "II" as "2", "IIa" as "2a"; anything else without spaces as it is."""
    found = _ROMAN.fullmatch(written)
    if found is not None and found[1] in ARABIC_OF_ROMAN:
        return ARABIC_OF_ROMAN[found[1]] + found[2]
    return "".join(written.split())


def order_of(written: str) -> tuple[int, str]:
    """By what numbers of provisions are sorted: 60, 60a, 60b, 61."""
    found = _PARTS.match(written)
    if found is None:
        return (0, written)
    return (int(found[1]), found[2])


def expanded(begin: str, end: str, budget: Budget) -> list[str] | None:
    """The plain members from ``begin`` to ``end``, both included; None when that is no range (it runs backwards).

    18a–18c is 18a, 18b, 18c; 16d–18 is 16d, 17, 18; 17–18b is 17, 18, 18a, 18b; a–c is a, b, c. Lettered numbers that
    may exist in between are not guessed. A range of more than ``LONGEST_RANGE`` members, or beyond the budget, is given
    by its two ends.
    """
    if begin.isalpha() and end.isalpha():
        if len(begin) != len(end) or begin >= end:
            return None
        letters = [chr(code) * len(begin) for code in range(ord(begin[0]), ord(end[0]) + 1)]
        return [begin, *letters[1:-1], end]
    low, high = order_of(begin), order_of(end)
    if low >= high or not low[0]:
        return None
    if len(low[1]) > 1 or len(high[1]) > 1:
        return [begin, end]
    if low[0] == high[0]:
        return [begin, *_lettered(low[0], _next_letter(low[1]), high[1])]
    whole = range(low[0] + 1, high[0] + 1)
    if len(whole) > LONGEST_RANGE or not budget.take(len(whole)):
        return [begin, end]
    return [begin, *map(str, whole), *_lettered(high[0], "a", high[1])]


def _next_letter(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else "a"


def _lettered(number: int, first: str, last: str) -> list[str]:
    """18a, 18b, 18c: nothing without a last letter."""
    return [f"{number}{chr(code)}" for code in range(ord(first), ord(last) + 1)] if last else []
