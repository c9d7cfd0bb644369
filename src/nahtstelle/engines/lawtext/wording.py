"""What was taken out of a wording and what was put in, word by word, readable and exact.

Method: the texts are cut into words, spaces and signs; the shortest script of removals and insertions over these tokens is
found by rapidfuzz (Indel, bit-parallel longest common subsequence); then the script is made readable: an insertion slides to
the nearest word or sentence border, and a small word left standing between two changes is told as part of the change.
Whatever is tidied, the pieces keep every character: same + removed is the old text, same + added is the new one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz.distance import Indel

from nahtstelle.engines.lawtext.aligning import align

TOKEN = re.compile(r"\w+|\n|[^\S\n]+|[^\w\s]")
CELLS = 200_000_000  # tokens times tokens compared in one go: 25 MB of working memory

ISLAND_WORDS = 3
ISLAND_LETTERS = 12


class PieceKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: PieceKind
    text: str


@dataclass(slots=True)
class _Run:
    """A stretch of the script: what stays (``same``), or what is replaced by what."""

    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that turn ``old`` into ``new``, removed before added, never two neighbours of one kind.

    ``same`` and ``removed`` pieces joined are ``old``; ``same`` and ``added`` pieces joined are ``new``.
    """
    if old == new:
        return (Piece(PieceKind.SAME, old),) if old else ()
    runs = _runs(TOKEN.findall(old), TOKEN.findall(new))
    _slide(runs)
    return tuple(_pieces(_join_islands(runs)))


def old_text(pieces: Iterable[Piece]) -> str:
    """The old wording the pieces were made from."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED)


def new_text(pieces: Iterable[Piece]) -> str:
    """The new wording the pieces were made from."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED)


def _runs(old: list[str], new: list[str]) -> list[_Run]:
    if len(old) * len(new) <= CELLS:
        return _indel(old, new)
    old_lines, new_lines = _lines(old), _lines(new)
    if len(old_lines) == 1 or len(new_lines) == 1:
        return [_Run(removed=old, added=new)]
    runs: list[_Run] = []
    for i, j in align(["".join(line) for line in old_lines], ["".join(line) for line in new_lines]):
        left = old_lines[i] if i is not None else []
        right = new_lines[j] if j is not None else []
        if left and right and len(left) * len(right) <= CELLS:
            runs += _indel(left, right)
        elif left == right:
            runs.append(_Run(same=left))
        else:
            runs.append(_Run(removed=left, added=right))
    return _grouped(runs)


def _lines(tokens: list[str]) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for token in tokens:
        lines[-1].append(token)
        if token == "\n":
            lines.append([])
    return lines if lines[-1] else lines[:-1]


def _indel(old: list[str], new: list[str]) -> list[_Run]:
    runs: list[_Run] = []
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            runs.append(_Run(same=old[code.src_start : code.src_end]))
        else:
            runs.append(
                _Run(removed=old[code.src_start : code.src_end], added=new[code.dest_start : code.dest_end])
            )
    return _grouped(runs)


def _grouped(runs: Iterable[_Run]) -> list[_Run]:
    """Stretches of the same sort joined, so that what stays and what changes take turns."""
    grouped: list[_Run] = []
    for run in runs:
        if not (run.same or run.removed or run.added):
            continue
        if grouped and bool(grouped[-1].same) == bool(run.same):
            last = grouped[-1]
            last.same, last.removed, last.added = (
                last.same + run.same,
                last.removed + run.removed,
                last.added + run.added,
            )
        else:
            grouped.append(run)
    return grouped


def _slide(runs: list[_Run]) -> None:
    """Move every pure insertion or removal to the place of equal meaning where a reader would have put it."""
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run.same or bool(run.removed) == bool(run.added):
            continue
        body = run.removed or run.added
        stretch = before.same + body + after.same
        start, size = len(before.same), len(body)
        lowest = start
        while lowest > 1 and stretch[lowest - 1] == stretch[lowest - 1 + size]:
            lowest -= 1
        highest = start
        while highest + size < len(stretch) - 1 and stretch[highest] == stretch[highest + size]:
            highest += 1
        best = max(
            range(lowest, highest + 1),
            key=lambda at: (_border(stretch, at) + _border(stretch, at + size), -abs(at - start)),
        )
        moved = stretch[best : best + size]
        run.removed, run.added = (moved, []) if run.removed else ([], moved)
        before.same, after.same = stretch[:best], stretch[best + size :]


def _border(tokens: Sequence[str], at: int) -> int:
    """How natural it is for a change to begin or end before ``tokens[at]``."""
    before, after = tokens[at - 1], tokens[at]
    if before == "\n" or after == "\n":
        return 6
    if before.isspace():
        return 5 if at > 1 and tokens[at - 2] in {".", ";", ":"} else 3
    if after.isspace():
        return 2
    return 1 if not (before[0].isalnum() and after[0].isalnum()) else 0


def _join_islands(runs: list[_Run]) -> list[_Run]:
    """Tell a small stretch between two changes as part of the change: "[der alte][das neue]" rather than word salad."""
    told: list[_Run] = []
    for position, run in enumerate(runs):
        after = runs[position + 1] if position + 1 < len(runs) else None
        if run.same and told and after is not None and _is_island(run, told[-1], after):
            told[-1].removed += run.same
            told[-1].added += run.same
        elif told and not run.same and not told[-1].same:
            told[-1].removed += run.removed
            told[-1].added += run.added
        else:
            told.append(run)
    return told


def _is_island(run: _Run, before: _Run, after: _Run) -> bool:
    if "\n" in run.same:
        return False
    inner = [token for token in run.same if token[0].isalnum()]
    if not inner:
        return len(run.same) <= 3
    letters = _letters(run.same)
    return (
        len(inner) <= ISLAND_WORDS
        and letters <= ISLAND_LETTERS
        and letters <= max(_letters(before.removed), _letters(before.added))
        and letters <= max(_letters(after.removed), _letters(after.added))
    )


def _letters(tokens: Iterable[str]) -> int:
    return sum(len(token) for token in tokens if token[0].isalnum())


def _pieces(runs: list[_Run]) -> Iterable[Piece]:
    for run in runs:
        if run.same:
            yield Piece(PieceKind.SAME, "".join(run.same))
        if run.removed:
            yield Piece(PieceKind.REMOVED, "".join(run.removed))
        if run.added:
            yield Piece(PieceKind.ADDED, "".join(run.added))
