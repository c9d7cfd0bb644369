"""The parts of two wordings of a norm, paired from the outside in, and what became of each.

Sentences and items that left their Absatz and stand, alike, in another one are found at the end among what seemed
gone and what seemed new.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from nahtstelle.engines.lawtext.aligning import align
from nahtstelle.engines.lawtext.classifying import visible
from nahtstelle.engines.lawtext.likeness import likeness, words, words_likeness
from nahtstelle.engines.lawtext.parts_tree import Branch, Path

ALIKE = 0.5  # two parts of one place with less in common are not the same part
TRAVELLED = 0.8  # two parts of different places with less in common are not the same part
TELLING = 5  # a shorter part ("(weggefallen)") cannot be recognised in another place
CELLS = 40_000  # more parts than that, gone times new, are not searched


@dataclass(slots=True)
class Matching:
    """Touched parts of both wordings, old parts that got a new one inside, and new paths of old parts."""

    old: set[Path] = field(default_factory=set)
    new: set[Path] = field(default_factory=set)
    grown: set[Path] = field(default_factory=set)
    moved: dict[Path, Path] = field(default_factory=dict)


def match_parts(before: Branch, now: Branch) -> Matching:
    """Compare the trees of two wordings of one norm."""
    return _Matcher(before, now).found


class _Matcher:
    def __init__(self, before: Branch, now: Branch) -> None:
        self.found = Matching()
        self.gone: list[Branch] = []
        self.come: list[Branch] = []
        if _is_divided(now) and not _is_divided(before):
            self._divided(before, now)
        elif _is_divided(before) and not _is_divided(now):
            self._undivided(before, now)
        else:
            self._compare(before, now)
        travelled_old, travelled_new = self._travellers()
        self.found.old.update(path for branch in self.gone for path in _left_over(branch, travelled_old))
        self.found.new.update(path for branch in self.come for path in _left_over(branch, travelled_new))

    def _compare(self, before: Branch, now: Branch) -> None:
        """Two branches that are the same part."""
        self._same(before, now)
        if visible(before.own) != visible(now.own):
            outside_all_parts = not before.path and before.children
            (self.found.grown if outside_all_parts else self.found.old).add(before.path)
            self.found.new.add(now.path)
        left, right = before.children, now.children
        names = [branch.path[-1] for branch in left], [branch.path[-1] for branch in right]
        for i, j in align([b.whole for b in left], [b.whole for b in right], ALIKE, names=names):
            if i is not None and j is not None:
                self._inner(left[i], right[j])
            elif i is not None:
                self.gone.append(left[i])
            elif j is not None:
                self.come.append(right[j])
                self.found.grown.add(before.path)

    def _inner(self, before: Branch, now: Branch) -> None:
        if visible(before.whole) != visible(now.whole):
            self._compare(before, now)
            return
        for a, b in zip(before.family(), now.family(), strict=False):
            self._same(a, b)

    def _same(self, before: Branch, now: Branch) -> None:
        if before.path != now.path:
            self.found.moved[before.path] = now.path

    def _divided(self, before: Branch, now: Branch) -> None:
        """The norm had no Absätze and has some now: its old text is the Absatz that reads most like it."""
        heir = max(now.children, key=lambda branch: likeness(before.whole, branch.whole))
        self._compare(before, heir)
        self.found.moved.pop((), None)
        self.come += [branch for branch in now.children if branch is not heir]
        self.found.grown.add(())

    def _undivided(self, before: Branch, now: Branch) -> None:
        """The norm had Absätze and has none now: the one that reads most like the new text lives on."""
        parent = max(before.children, key=lambda branch: likeness(branch.whole, now.whole))
        self._compare(parent, now)
        self.gone += [branch for branch in before.children if branch is not parent]

    def _travellers(self) -> tuple[set[Path], set[Path]]:
        """Parts that seemed gone and stand in another place: their old and new paths, with all that is inside them."""
        gone = [(branch, words(branch.whole)) for root in self.gone for branch in root.family()]
        come = [(branch, words(branch.whole)) for root in self.come for branch in root.family()]
        gone = [(branch, said) for branch, said in gone if len(said) >= TELLING]
        come = [(branch, said) for branch, said in come if len(said) >= TELLING]
        old: set[Path] = set()
        new: set[Path] = set()
        if not gone or not come or len(gone) * len(come) > CELLS:
            return old, new
        pairs = [
            (alike, a, b)
            for a, (_, said) in enumerate(gone)
            for b, (_, says) in enumerate(come)
            if (alike := words_likeness(said, says, TRAVELLED)) > 0
        ]
        for _, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            was, now = gone[a][0], come[b][0]
            if old.isdisjoint(_paths(was)) and new.isdisjoint(_paths(now)):
                old.update(_paths(was))
                new.update(_paths(now))
                self._inner(was, now)
        return old, new


def _is_divided(root: Branch) -> bool:
    """True when the norm consists of numbered Absätze."""
    return bool(root.children) and all(child.path[-1].startswith("A") for child in root.children)


def _paths(branch: Branch) -> set[Path]:
    return {each.path for each in branch.family()}


def _left_over(branch: Branch, travelled: set[Path]) -> Iterator[Path]:
    """What is really gone (or new) of a part: all of it, or what is left without the parts that travelled."""
    if branch.path in travelled:
        return
    if travelled.isdisjoint(_paths(branch)):
        yield branch.path
        return
    if visible(branch.own):
        yield branch.path
    for child in branch.children:
        yield from _left_over(child, travelled)
