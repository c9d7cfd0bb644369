"""The structure headings of two readings, paired, and the places of the old structure told in terms of the new one."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from nahtstelle.engines.lawtext.values import Norm, NormKind

Place = tuple[str, ...]


def pair_headings(old: Sequence[Norm], new: Sequence[Norm]) -> dict[int, int]:
    """Positions of old headings mapped to those of the new ones.

    First the headings that kept place and title, then those that kept number and title (it stands under another
    heading), then those that kept the title (it was renumbered), then those that kept the place (it was renamed).
    """
    left = [i for i, norm in enumerate(old) if norm.kind is NormKind.STRUCTURE]
    right = [j for j, norm in enumerate(new) if norm.kind is NormKind.STRUCTURE]
    marks: tuple[Callable[[Norm], object], ...] = (_place_and_title, _name_and_title, _title, _place)
    pairs: dict[int, int] = {}
    for mark in marks:
        waiting: dict[object, list[int]] = defaultdict(list)
        taken = set(pairs.values())
        for j in right:
            if j not in taken:
                waiting[mark(new[j])].append(j)
        for i in left:
            if i not in pairs and mark(old[i]) is not None and waiting[mark(old[i])]:
                pairs[i] = waiting[mark(old[i])].pop(0)
    return pairs


def _place_and_title(norm: Norm) -> object:
    return (norm.key, norm.title)


def _name_and_title(norm: Norm) -> object:
    return (norm.designation, norm.title) if norm.title else None


def _title(norm: Norm) -> object:
    return norm.title or None


def _place(norm: Norm) -> object:
    return norm.key


def places_now(old: Sequence[Norm], new: Sequence[Norm], pairs: Mapping[int, int]) -> dict[Place, Place]:
    """Where the place under each old heading is now: renaming a heading moves nothing that stands under it."""
    return {place_under(old[i]): place_under(new[j]) for i, j in pairs.items() if old[i].kind is NormKind.STRUCTURE}


def place_under(heading: Norm) -> Place:
    """The ``structure`` of a norm that stands directly under this heading."""
    return (*heading.structure, f"{heading.designation} {heading.title}".strip())


def is_moved(old: Norm, new: Norm, now: Mapping[Place, Place]) -> bool:
    """True when the norm stands under another heading than before."""
    if old.structure == new.structure:
        return False
    for depth in range(len(old.structure), 0, -1):
        head, rest = old.structure[:depth], old.structure[depth:]
        if head in now:
            return now[head] + rest != new.structure
    return True
