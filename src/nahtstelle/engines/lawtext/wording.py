"""What was taken out of a wording and what was put in, word by word, readable and exact.

Method: the texts are cut into words, signs and line breaks; the shortest script of removals and insertions over these
is found by rapidfuzz (Indel, bit-parallel longest common subsequence); the spaces before each are put back; then the
script is made readable: an insertion slides to the nearest word or sentence border, and a small word left standing
between two changes is told as part of the change. Whatever is tidied, the pieces keep every character: same + removed
is the old text, same + added is the new one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

from nahtstelle.engines.lawtext.aligning import align
from nahtstelle.engines.lawtext.tidying import Run, grouped, join_islands, slide, trimmed

TOKEN = re.compile(r"([^\S\n]*)(\w+|\n|[^\w\s]|\Z)")  # spaces, and what they stand before
CELLS = 200_000_000  # tokens times tokens compared in one go: 25 MB of working memory
END = "end of text"  # never a token; rapidfuzz takes an empty string for a NUL character

_Tokens = list[tuple[str, str]]


class PieceKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: PieceKind
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that turn ``old`` into ``new``, removed before added, never two neighbours of one kind.

    ``same`` and ``removed`` pieces joined are ``old``; ``same`` and ``added`` pieces joined are ``new``.
    """
    if old == new:
        return (Piece(PieceKind.SAME, old),) if old else ()
    runs = _runs(TOKEN.findall(old), TOKEN.findall(new))
    slide(runs)
    return tuple(_pieces(trimmed(join_islands(runs))))


def old_text(pieces: Iterable[Piece]) -> str:
    """The old wording the pieces were made from."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED)


def new_text(pieces: Iterable[Piece]) -> str:
    """The new wording the pieces were made from."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED)


def _runs(old: _Tokens, new: _Tokens) -> list[Run]:
    if len(old) * len(new) <= CELLS:
        return _indel(old, new)
    old_lines, new_lines = _lines(old), _lines(new)
    runs: list[Run] = []
    for i, j in align([_joined(line) for line in old_lines], [_joined(line) for line in new_lines]):
        left = old_lines[i] if i is not None else []
        right = new_lines[j] if j is not None else []
        if left == right:
            runs.append(Run(same=_flat(left)))
        elif len(left) * len(right) <= CELLS:
            runs += _indel(left, right)
        else:
            runs.append(Run(removed=_flat(left), added=_flat(right)))
    return grouped(runs)


def _lines(tokens: _Tokens) -> list[_Tokens]:
    lines: list[_Tokens] = [[]]
    for each in tokens:
        lines[-1].append(each)
        if each[1] == "\n":
            lines.append([])
    return lines


def _indel(old: _Tokens, new: _Tokens) -> list[Run]:
    runs: list[Run] = []
    for code in Indel.opcodes([said or END for _, said in old], [said or END for _, said in new]):
        left, right = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        if code.tag != "equal":
            runs.append(Run(removed=_flat(left), added=_flat(right)))
        elif left == right:
            runs.append(Run(same=_flat(left)))
        else:
            for before, now in zip(left, right, strict=True):
                spaces = Run(same=[before[0]]) if before[0] == now[0] else Run(removed=[before[0]], added=[now[0]])
                runs += (spaces, Run(same=[before[1]]))
    return grouped(_without_empty(run) for run in runs)


def _without_empty(run: Run) -> Run:
    return Run(*([said for said in side if said] for side in (run.same, run.removed, run.added)))


def _flat(tokens: _Tokens) -> list[str]:
    return [said for token in tokens for said in token if said]


def _joined(tokens: _Tokens) -> str:
    return "".join(_flat(tokens))


def _pieces(runs: list[Run]) -> Iterable[Piece]:
    for run in runs:
        if run.same:
            yield Piece(PieceKind.SAME, "".join(run.same))
        if run.removed:
            yield Piece(PieceKind.REMOVED, "".join(run.removed))
        if run.added:
            yield Piece(PieceKind.ADDED, "".join(run.added))
