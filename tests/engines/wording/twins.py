"""The slow, obvious ways: every split of a word is tried, edits are counted cell by cell, levels by the formula."""

from collections.abc import Iterator, Mapping
from math import log

from nahtstelle.engines.wording.compounds import FALSE_PARTS, LINKS, MOST_PARTS, RARER, SHORTEST_PART, SHORTEST_WORD
from nahtstelle.engines.wording.stems import stem


def split(word: str, frequencies: Mapping[str, int], forms: Mapping[str, float]) -> tuple[str, ...]:
    """The parts with the highest geometric mean of frequencies, found by trying every way to cut."""
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return ()
    ways = [
        (sum(worth for worth, _part in way) / len(way), tuple(part for _worth, part in way))
        for way in _ways(word, forms)
        if len(way) > 1
    ]
    if not ways:
        return ()
    mean, parts = max(ways)
    return parts if mean + RARER >= log(1 + frequencies.get(word, 0)) else ()


def _ways(rest: str, forms: Mapping[str, float], cuts: int = 0) -> Iterator[list[tuple[float, str]]]:
    if not rest:
        yield []
        return
    if cuts == MOST_PARTS:
        return
    for end in range(2, len(rest) + 1):
        for choice in _meanings(rest[:end], forms, last=end == len(rest)):
            for way in _ways(rest[end:], forms, cuts + 1):
                yield [choice, *way]


def _meanings(piece: str, forms: Mapping[str, float], *, last: bool) -> list[tuple[float, str]]:
    """The words a piece may stand for; the most frequent one alone."""
    found = [(forms[piece], piece)] if piece in forms else []
    if last and not found and len(piece) >= SHORTEST_PART and piece not in FALSE_PARTS and stem(piece) in forms:
        found = [(forms[stem(piece)], piece)]
    if not last:
        found += [
            (forms[piece[: -len(link)]], piece[: -len(link)])
            for link in LINKS
            if piece.endswith(link) and piece[: -len(link)] in forms
        ]
    return [max(found)] if found else []


def edits(one: str, other: str) -> int:
    """Optimal string alignment: insert, delete, change a letter, swap two neighbours, each place once."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if i == 0 or j == 0:
                rows[i][j] = i + j
                continue
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i][j] = best
    return rows[-1][-1]
