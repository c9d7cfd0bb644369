"""Old and new wording side by side, or in one running text: marks that survive without colour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

SAME, DELETED, INSERTED = "same", "del", "ins"
# The law engine's own words for the same three things are understood too.
_KINDS = {SAME: SAME, DELETED: DELETED, INSERTED: INSERTED, "removed": DELETED, "added": INSERTED}
_DEEPEST = 5  # steps of indentation the style sheet knows


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


def _get(thing: Any, *names: str) -> Any:
    """The first of the names a mapping or an object has."""
    for name in names:
        value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
        if value is not None:
            return value
    return None


def segments(side: Any) -> list[Segment]:
    """A side as segments: a text, (kind, text) pairs, things with kind and text, or something that holds ``pieces``.

    Raises ``ValueError`` for a kind other than same, del (removed) and ins (added).
    """
    if side is None or side == "":
        return []
    if isinstance(side, str):
        return [Segment(SAME, side)]
    pieces = _get(side, "pieces")
    return [_segment(piece) for piece in (side if pieces is None else pieces)]


def _segment(piece: Any) -> Segment:
    if isinstance(piece, str):
        return Segment(SAME, piece)
    kind, text = piece if isinstance(piece, list | tuple) else (_get(piece, "kind"), _get(piece, "text"))
    if kind not in _KINDS:
        raise ValueError(f"A segment is same, del or ins, not '{kind}'.")
    return Segment(_KINDS[kind], text)


def woven(old: Iterable[Segment], new: Iterable[Segment]) -> list[Segment]:
    """Both sides as one text: what was deleted stands before what was inserted in its place.

    The unchanged text of both sides must be the same, however it is cut into segments; raises ``ValueError`` otherwise.
    """
    left, right = [piece for piece in old if piece.text], [piece for piece in new if piece.text]
    result: list[Segment] = []
    while left or right:
        if left and left[0].kind == DELETED:
            _append(result, left.pop(0))
        elif right and right[0].kind == INSERTED:
            _append(result, right.pop(0))
        else:
            common = min((side[0].text if side else "" for side in (left, right)), key=len)
            if not common or not all(side[0].text.startswith(common) for side in (left, right)):
                raise ValueError("The unchanged text of the two sides differs; they cannot be woven into one.")
            _append(result, Segment(SAME, common))
            for side in (left, right):
                side[0] = Segment(SAME, side[0].text[len(common) :])
                if not side[0].text:
                    side.pop(0)
    return result


def _append(result: list[Segment], piece: Segment) -> None:
    """Lengthens the last segment rather than starting another one of its kind."""
    if result and result[-1].kind == piece.kind:
        piece = Segment(piece.kind, result.pop().text + piece.text)
    result.append(piece)


@dataclass(frozen=True, slots=True)
class SynopsisRow:
    label: str
    change: str  # same, changed, added, removed; gap: the label says how many unchanged rows were left out
    old: list[Segment]
    new: list[Segment]
    inline: list[Segment]
    depth: int


def synopsis_row(row: Any, *, inline: bool = False) -> SynopsisRow:
    """A row out of something with old and new (or left and right), perhaps label and change; the change is else seen.

    Only ``inline`` weaves the sides into one text, and raises ``ValueError`` where they do not fit together.
    """
    sides = _get(row, "old", "left"), _get(row, "new", "right")
    old, new = map(segments, sides)
    change = _get(row, "change") or _change(old, new)
    # A whole side of plain text has nothing marked yet: it was inserted or deleted as one.
    if change == "added":
        new = [Segment(INSERTED, piece.text) for piece in new]
    elif change == "removed":
        old = [Segment(DELETED, piece.text) for piece in old]
    elif change == "changed" and all(piece.kind == SAME for piece in [*old, *new]):
        old, new = [Segment(DELETED, p.text) for p in old], [Segment(INSERTED, p.text) for p in new]
    depth = max(0 if isinstance(side, str | list | tuple) else _get(side, "depth") or 0 for side in sides)
    label = str(_get(row, "label") or "")
    return SynopsisRow(label, str(change), old, new, woven(old, new) if inline else [], min(depth, _DEEPEST))


def _change(old: list[Segment], new: list[Segment]) -> str:
    if not old:
        return "added" if new else "same"
    if not new:
        return "removed"
    return "same" if old == new and all(piece.kind == SAME for piece in old) else "changed"


def without_unchanged(rows: Iterable[SynopsisRow]) -> list[SynopsisRow]:
    """The changed rows; every stretch of unchanged ones becomes a gap that says how many they were."""
    shown: list[SynopsisRow] = []
    left_out = 0
    for row in [*rows, None]:
        if row is not None and row.change == "same":
            left_out += 1
            continue
        if left_out:
            words = ngettext("%(n)d unchanged passage", "%(n)d unchanged passages", left_out) % {"n": left_out}
            shown.append(SynopsisRow(words, "gap", [], [], [], 0))
            left_out = 0
        if row is not None:
            shown.append(row)
    return shown
