"""Old and new wording side by side, or in one running text: marks that survive without colour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SAME, DELETED, INSERTED = "same", "del", "ins"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is the same on both sides, only in the old ('del') or only in the new ('ins') one."""

    kind: str
    text: str

    @property
    def before(self) -> str:
        """The space it begins with, to be left outside the mark."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def core(self) -> str:
        return self.text.strip()

    @property
    def after(self) -> str:
        """The space it ends with, to be left outside the mark."""
        return self.text[len(self.text.rstrip()) :] if self.core else ""


def segments(side: Any) -> list[Segment]:
    """A side as segments: given as text, as (kind, text) pairs, as mappings or as objects with those two names.

    Raises ``ValueError`` for a kind other than same, del and ins.
    """
    if side is None or side == "":
        return []
    if isinstance(side, str):
        return [Segment(SAME, side)]
    return [_segment(piece) for piece in side]


def _segment(piece: Any) -> Segment:
    if isinstance(piece, str):
        return Segment(SAME, piece)
    if isinstance(piece, Mapping):
        kind, text = piece["kind"], piece["text"]
    elif isinstance(piece, Sequence):
        kind, text = piece
    else:
        kind, text = piece.kind, piece.text
    if kind not in (SAME, DELETED, INSERTED):
        raise ValueError(f"A segment is same, del or ins, not '{kind}'.")
    return Segment(str(kind), text)


def woven(old: Iterable[Segment], new: Iterable[Segment]) -> list[Segment]:
    """Both sides as one text: what was deleted stands before what was inserted in its place.

    The unchanged segments of both sides must be the same ones in the same order; raises ``ValueError`` otherwise.
    """
    left, right = list(old), list(new)
    result: list[Segment] = []
    while left or right:
        while left and left[0].kind == DELETED:
            result.append(left.pop(0))
        while right and right[0].kind == INSERTED:
            result.append(right.pop(0))
        if not left and not right:
            break
        if not left or not right or left[0].text != right[0].text or left[0].kind != right[0].kind:
            raise ValueError("The unchanged segments of the two sides differ; they cannot be woven into one text.")
        result.append(left.pop(0))
        right.pop(0)
    return result


@dataclass(frozen=True, slots=True)
class SynopsisRow:
    label: str
    change: str  # same, changed, added, removed
    old: list[Segment]
    new: list[Segment]
    inline: list[Segment]


def _get(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


def synopsis_row(row: Any) -> SynopsisRow:
    """A row out of a mapping or an object with label, old, new; the change is seen from the sides unless given."""
    old, new = segments(_get(row, "old")), segments(_get(row, "new"))
    change = _get(row, "change") or _change(old, new)
    # A whole side of plain text has nothing marked yet: in a running text it was inserted or deleted as one.
    if change == "added":
        new = [Segment(INSERTED, piece.text) for piece in new]
    elif change == "removed":
        old = [Segment(DELETED, piece.text) for piece in old]
    elif change == "changed" and not any(piece.kind != SAME for piece in [*old, *new]):
        old, new = [Segment(DELETED, p.text) for p in old], [Segment(INSERTED, p.text) for p in new]
    return SynopsisRow(str(_get(row, "label") or ""), str(change), old, new, woven(old, new))


def _change(old: list[Segment], new: list[Segment]) -> str:
    if not old:
        return "added"
    if not new:
        return "removed"
    return "same" if old == new and all(piece.kind == SAME for piece in old) else "changed"
