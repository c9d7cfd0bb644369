"""Which parts of a norm were touched: so that who cites "Absatz 2 Satz 1" is told of that sentence, not of the section.

Method: the parts of both wordings are paired from the outside in, by their words and not by their numbers (an inserted
Absatz renumbers the ones after it and changes none of them). A part is touched when its own words differ, that is the
words standing in none of its inner parts, or when it is gone or new as a whole.
"""

from dataclasses import dataclass
from enum import StrEnum

from nahtstelle.engines.lawtext.classifying import visible
from nahtstelle.engines.lawtext.part_matching import match_parts
from nahtstelle.engines.lawtext.parts_tree import Path, tree
from nahtstelle.engines.lawtext.values import Norm


class Concern(StrEnum):
    """What a change of a norm means for who cites one part of it."""

    CITED_PART = "cited part"
    OTHER_PART = "other part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ChangedParts:
    """The smallest parts that were touched.

    ``old`` names them in the old norm (reworded or gone), ``new`` in the new one (reworded or added). ``grown`` are
    parts of the old norm that got a new part inside. ``moved`` maps the path a part had to the path it has now, for
    every part whose number changed, touched or not. The empty path is the norm as a whole.
    """

    old: frozenset[Path] = frozenset()
    new: frozenset[Path] = frozenset()
    grown: frozenset[Path] = frozenset()
    moved: tuple[tuple[Path, Path], ...] = ()

    def concern(self, cited: Path) -> Concern:
        """What the change means for who cites ``cited`` (a path in the old norm).

        The cited part is concerned when it, a part inside it, or the sentence around it was touched (an item of a list
        stands and falls with the words that introduce the list), when it got a new part, or when a part left it.
        """
        inside = any(path[: len(cited)] == cited for path in self.old | self.grown)
        around = any(cited[: len(path)] == path for path in self.old)
        here = self.path_now(cited)
        left = any(was[: len(cited)] == cited and now[: len(here)] != here for was, now in self.moved)
        if inside or around or left:
            return Concern.CITED_PART
        return Concern.OTHER_PART if self.old or self.new else Concern.NONE

    def path_now(self, cited: Path) -> Path:
        """Where the cited part stands now; ``cited`` itself when its number did not change."""
        known = dict(self.moved)
        for depth in range(len(cited), 0, -1):
            if cited[:depth] in known:
                return known[cited[:depth]] + cited[depth:]
        return cited


def changed_parts(old: Norm | None, new: Norm | None) -> ChangedParts:
    """The touched parts of a norm in both wordings. A change of the title alone touches no part."""
    if old is None or new is None:
        everything: frozenset[Path] = frozenset({()})
        return ChangedParts(old=everything if old else frozenset(), new=everything if new else frozenset())
    if visible(old.text) == visible(new.text):
        return ChangedParts()
    found = match_parts(tree(old), tree(new))
    return ChangedParts(
        old=frozenset(found.old),
        new=frozenset(found.new),
        grown=frozenset(found.grown),
        moved=tuple(sorted(found.moved.items())),
    )
