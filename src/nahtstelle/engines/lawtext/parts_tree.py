"""The parts of a norm as a tree: Absatz, Satz, Nummer, Buchstabe, each with its own words and its children."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nahtstelle.engines.lawtext.values import Norm

Path = tuple[str, ...]

_ABSATZ = re.compile(r"\(\d+[a-z]*\)\s*")


@dataclass(slots=True)
class Branch:
    """One part and what stands inside it. ``whole`` is its text without its own number, so that a part that only got
    another
    number reads the same; ``own`` is what of it stands in none of its children."""

    path: Path
    start: int
    end: int
    whole: str = ""
    own: str = ""
    children: list["Branch"] = field(default_factory=list)

    def family(self) -> Iterator["Branch"]:
        """The part itself and all parts inside it, in order."""
        yield self
        for child in self.children:
            yield from child.family()


def tree(norm: Norm) -> Branch:
    """The norm as its outermost branch, with the empty path."""
    root = Branch((), 0, len(norm.text))
    above = [root]
    for part in sorted(norm.parts, key=lambda part: (part.start, -part.end, len(part.path))):
        branch = Branch(part.path, part.start, part.end)
        while not _holds(above[-1], branch):
            above.pop()
        above[-1].children.append(branch)
        above.append(branch)
    for branch in root.family():
        _put_text(branch, norm.text)
    return root


def _holds(outer: Branch, inner: Branch) -> bool:
    if not outer.path:
        return True
    depth = len(outer.path)
    return depth < len(inner.path) and inner.path[:depth] == outer.path and outer.end >= inner.end


def _put_text(branch: Branch, text: str) -> None:
    branch.whole = _unnumbered(text[branch.start : branch.end], branch.path)
    between: list[str] = []
    at = branch.start
    for child in branch.children:
        between.append(text[at : child.start])
        at = max(at, child.end)
    between.append(text[at : branch.end])
    branch.own = _unnumbered("".join(between), branch.path)


def _unnumbered(text: str, path: Path) -> str:
    """``text`` without the number of the part at its start: "(2) ", "3a. ", "bb) "."""
    text = _ABSATZ.sub("", text.lstrip(), count=1) if _ABSATZ.match(text.lstrip()) else text.lstrip()
    number = path[-1][1:] if path else ""
    if number and text.startswith((f"{number}.", f"{number})")):
        text = text[len(number) + 1 :].lstrip()
    return text
