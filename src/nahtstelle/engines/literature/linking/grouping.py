"""Links made to groups, the surest first; a group that contradicts itself is never made.

Links of equal certainty are taken together, so that the order of the records has no say.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Link(NamedTuple):
    points: float
    one: int
    two: int
    reasons: tuple[str, ...]


class Groups(NamedTuple):
    members: list[list[int]]
    links: dict[int, list[Link]]  # by the place in ``members``
    refused: list[tuple[Link, str]]  # links that would have made a group contradict itself, and how


def grouped(
    links: Iterable[Link],
    apart: Callable[[int, int], str],
    content: Callable[[int], int] = lambda row: row,
    standing: Iterable[Sequence[int]] = (),
) -> Groups:
    """``apart`` says why two rows may not be in one group; rows of equal ``content`` are asked about once.

    ``standing``: groups that were made before, without a row in common. They stay whole, and whatever is to join them is
    checked against all of their rows.
    """
    members: dict[int, list[int]] = {rows[0]: list(rows) for rows in standing if rows}
    root_of: dict[int, int] = {row: end for end, rows in members.items() for row in rows}
    used: dict[int, list[Link]] = defaultdict(list)
    refused: list[tuple[Link, str]] = []

    def root(row: int) -> int:
        return root_of.setdefault(row, row)

    for _, equals in groupby(sorted(links, key=lambda link: -link.points), key=lambda link: link.points):
        for batch in components([(root(link.one), root(link.two), link) for link in equals]):
            roots = sorted({end for one, two, _ in batch for end in (one, two)})
            parts = [members.get(end, [end]) for end in roots]
            trouble = _contradiction(_differing(parts, content), apart) if len(roots) > 1 else ""
            if trouble:
                refused.extend((link, trouble) for _, _, link in batch)
                continue
            kept = [link for end in roots for link in used.pop(end, [])] + [link for _, _, link in batch]
            whole = [row for part in parts for row in part]
            for end in roots:
                members.pop(end, None)
            for row in whole:
                root_of[row] = roots[0]
            members[roots[0]] = whole
            used[roots[0]] = kept
    found = [end for end, rows in members.items() if len(rows) > 1]
    found.sort(key=lambda end: min(members[end]))
    return Groups([sorted(members[end]) for end in found], {at: used[end] for at, end in enumerate(found)}, refused)


def components(edges: Sequence[tuple[int, int, T]]) -> list[list[tuple[int, int, T]]]:
    """Edges (one end, the other, whatever joins them) that hang together by their ends."""
    if len(edges) == 1:
        return [list(edges)]
    top: dict[int, int] = {}

    def find(end: int) -> int:
        top.setdefault(end, end)
        while top[end] != end:
            top[end] = top[top[end]]
            end = top[end]
        return end

    for one, two, _ in edges:
        top[find(one)] = find(two)
    parts: dict[int, list[tuple[int, int, T]]] = defaultdict(list)
    for edge in edges:
        parts[find(edge[0])].append(edge)
    return list(parts.values())


def _differing(parts: Sequence[Sequence[int]], content: Callable[[int], int]) -> list[list[int]]:
    """Of rows with one content the first; parts that hold nothing new fall away."""
    known: set[int] = set()
    kept = []
    for part in parts:
        new = {content(row): row for row in part if content(row) not in known}
        known.update(new)
        kept.append(list(new.values()))
    return [part for part in kept if part]


def _contradiction(parts: Sequence[Sequence[int]], apart: Callable[[int, int], str]) -> str:
    for at, part in enumerate(parts):
        for other in parts[at + 1 :]:
            for one in part:
                for two in other:
                    if why := apart(one, two):
                        return why
    return ""
