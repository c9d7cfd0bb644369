"""Two wordings side by side, row by row, as a synopsis (Synopse) shows them.

A row holds what belongs together: the same Absatz, list item or table row of both wordings, also when its number
changed or when others were inserted before it. Nothing is lost: the left sides of all rows, one line each, are the
old text; the right sides are the new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from nahtstelle.engines.lawtext.aligning import align
from nahtstelle.engines.lawtext.values import Block, BlockKind, Norm
from nahtstelle.engines.lawtext.wording import Piece, PieceKind, differences

_Line = tuple[Block, str]

LINE_BREAK = "\n"  # stands between two lines of a norm's text, and therefore between two sides


@dataclass(frozen=True, slots=True)
class Side:
    """One line of one wording and how to draw it. ``marker`` ("1.", "a)") is also the start of the text."""

    kind: BlockKind
    depth: int
    marker: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class SynopsisRow:
    """A line of the old wording beside its line of the new one; a side is None when the line is not in that wording."""

    left: Side | None
    right: Side | None

    @property
    def is_changed(self) -> bool:
        return self.left is None or self.right is None or self.left.pieces != self.right.pieces


def synopsis(old: Norm | None, new: Norm | None) -> tuple[SynopsisRow, ...]:
    """The rows of a side-by-side view of one norm; a missing norm leaves its side empty."""
    return _rows(_lines(old), _lines(new))


def text_rows(old: str, new: str) -> tuple[SynopsisRow, ...]:
    """The same for two plain texts: every line is a row."""
    return _rows(_plain_lines(old), _plain_lines(new))


def left_text(rows: Iterable[SynopsisRow]) -> str:
    """The old wording the rows were made from."""
    return LINE_BREAK.join(row.left.text for row in rows if row.left is not None)


def right_text(rows: Iterable[SynopsisRow]) -> str:
    """The new wording the rows were made from."""
    return LINE_BREAK.join(row.right.text for row in rows if row.right is not None)


def _rows(left: list[_Line], right: list[_Line]) -> tuple[SynopsisRow, ...]:
    couples = align([text for _, text in left], [text for _, text in right])
    return tuple(_row(left[i] if i is not None else None, right[j] if j is not None else None) for i, j in couples)


def _row(left: _Line | None, right: _Line | None) -> SynopsisRow:
    if left is None or right is None:
        return SynopsisRow(
            left=_side(*left, PieceKind.REMOVED) if left is not None else None,
            right=_side(*right, PieceKind.ADDED) if right is not None else None,
        )
    pieces = differences(left[1], right[1])
    return SynopsisRow(
        left=_drawn(left[0], (piece for piece in pieces if piece.kind is not PieceKind.ADDED)),
        right=_drawn(right[0], (piece for piece in pieces if piece.kind is not PieceKind.REMOVED)),
    )


def _side(block: Block, text: str, kind: PieceKind) -> Side:
    return _drawn(block, (Piece(kind, text),) if text else ())


def _drawn(block: Block, pieces: Iterable[Piece]) -> Side:
    return Side(block.kind, block.depth, block.marker, tuple(pieces))


def _lines(norm: Norm | None) -> list[_Line]:
    """The lines of a norm: its blocks, or plain lines when the blocks do not make up the whole text."""
    if norm is None or not norm.text:
        return []
    lines = [(block, norm.text[block.start : block.end]) for block in norm.blocks]
    if LINE_BREAK.join(text for _, text in lines) == norm.text:
        return lines
    return _plain_lines(norm.text)


def _plain_lines(text: str) -> list[_Line]:
    lines = text.split(LINE_BREAK) if text else []
    return [(Block(BlockKind.PARAGRAPH, 0, len(line)), line) for line in lines]
