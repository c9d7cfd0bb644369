"""Content: from the portal's mixed markup to one plain string with its lines.

``Content`` holds paragraphs (``P``); they hold lists (``DL``), tables, preformatted lines and pictures at any depth,
with inline markup between. Every stretch of running text becomes one line; a block element ends the line before it,
and the text that goes on after it is a ``TAIL`` of the same paragraph or item.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nahtstelle.engines.lawtext.characters import plain_line, superscript
from nahtstelle.engines.lawtext.inline import (
    NOTHING,
    SIGNS,
    SPACES,
    Element,
    check_depth,
    gather,
    picture,
    preformatted_lines,
    running_text,
)
from nahtstelle.engines.lawtext.tables import table_rows
from nahtstelle.engines.lawtext.values import Block, BlockKind

_ONLY_PICTURES = re.compile(r"(?:\[(?:Bild|Datei)(?:: [^\]]*)?\] ?)+")
# A control character cannot occur in XML, so it can mark a numbered sentence while the line is put together.
_SENTENCE = "\x01"
_SENTENCE_GAP = re.compile(f" *{_SENTENCE} *")
_OPENS_ABSATZ = re.compile(r"\s*\(\d+[a-z]?\)\s")


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one norm, its lines, the editors' remarks found in it, and where numbered sentences start."""

    text: str
    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
    sentence_starts: tuple[int, ...] = ()


EMPTY = Content("", ())


def read_content(text: Element) -> Content:
    """The content of one ``textdaten/text``: ``Content``, ``TOC`` and, after them, the official ``Footnotes``."""
    if len(text) == 0:
        return EMPTY
    builder = _Builder()
    for child in text:
        builder.top(child)
    for footnotes in builder.footnotes:
        builder.read_footnotes(footnotes)
    return builder.content()


class _Builder:
    """Puts lines together while walking once over the elements of a norm."""

    def __init__(self) -> None:
        self.lines: list[tuple[BlockKind, int, str, str]] = []
        self.remarks: list[str] = []
        self.footnotes: list[Element] = []
        self._buffer: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._depth = 0
        self._marker = ""
        self._ident = ""
        self._only: BlockKind | None = None

    def content(self) -> Content:
        texts: list[str] = []
        blocks: list[Block] = []
        starts: list[int] = []
        at = 0
        for kind, depth, marker, line in self.lines:
            if _SENTENCE in line:
                pieces = line.split(_SENTENCE)
                offset = at
                for piece in pieces[:-1]:
                    offset += len(piece)
                    starts.append(offset)
                line = "".join(pieces)
            blocks.append(Block(kind, at, at + len(line), depth, marker))
            texts.append(line)
            at += len(line) + 1
        return Content("\n".join(texts), tuple(blocks), tuple(filter(None, self.remarks)), tuple(starts))

    def top(self, element: Element) -> None:
        """One child of ``text``: whatever stands directly in it starts a new paragraph."""
        if element.tag == "Footnotes":
            self.footnotes.append(element)
            return
        self._buffer.append(element.text or "")
        for child in element:
            self._child(child, 1)
            if child.tail:
                self._buffer.append(child.tail)
            if child.tag in ("P", "table", "DL", "pre"):
                self._kind = BlockKind.PARAGRAPH
        self._flush()

    def read_footnotes(self, footnotes: Element) -> None:
        self._only = BlockKind.FOOTNOTE
        for footnote in footnotes:
            sign = f"{footnote.get('Prefix') or ''}{footnote.get('FnZ') or ''}{footnote.get('Postfix') or ''}".strip()
            self._kind, self._depth, self._marker = BlockKind.FOOTNOTE, 0, sign
            self._walk(footnote, 1)
            self._flush()
            self._marker = ""
        self._only = None

    def flat(self, element: Element) -> str:
        pieces: list[str] = []
        gather(element, pieces, " ", self.remarks)
        return plain_line("".join(pieces))

    def _walk(self, element: Element, level: int) -> None:
        check_depth(level)
        if element.text:
            self._buffer.append(element.text)
        for child in element:
            self._child(child, level)
            if child.tail:
                self._buffer.append(child.tail)

    def _child(self, child: Element, level: int) -> None:
        tag = child.tag
        if tag == "P" or tag == "LA":
            self._flush()
            if tag == "P" and self._kind is BlockKind.TAIL and self._depth == 0:
                self._kind = BlockKind.PARAGRAPH
            self._walk(child, level + 1)
            self._flush()
        elif tag in SPACES:
            self._space(child)
        elif tag in NOTHING:
            pass
        elif tag == "DL":
            self._list(child, level)
        elif tag == "SUP" and len(child) == 0:
            self._buffer.append(_SENTENCE if child.get("class") == "Rec" else superscript(child.text or ""))
        elif tag == "table":
            self._table(child, level)
        elif tag == "pre":
            self._line_break()
            self._emit_all(BlockKind.PREFORMATTED, preformatted_lines(child))
        elif tag == "IMG" or tag == "FILE":
            self._picture(child)
        elif tag in SIGNS:
            self._buffer.append(SIGNS[tag])
        elif tag == "kommentar":
            self.remarks.append(running_text(child))
        elif tag == "Footnotes":
            self.footnotes.append(child)
        elif tag == "Ident":
            self._flush()
            self._ident = self.flat(child)
        elif tag == "Title" or tag == "Subtitle":
            self._title(child)
        else:
            self._walk(child, level + 1)

    def _list(self, element: Element, level: int) -> None:
        self._line_break()
        outer = self._depth
        marker = ""
        for child in element:
            if child.tag == "DT":
                marker = self.flat(child)
                continue
            self._kind, self._depth, self._marker = BlockKind.ITEM, outer + 1, marker
            marker = ""
            self._walk(child, level + 1)
            self._flush(even_if_empty=True)
        self._kind, self._depth, self._marker = BlockKind.TAIL, outer, ""

    def _table(self, element: Element, level: int) -> None:
        self._line_break()
        for title in element.iterfind("Title"):
            self._title(title)
        self._emit_all(BlockKind.ROW, table_rows(element, self.flat))

    def _title(self, element: Element) -> None:
        ident, self._ident = self._ident, ""
        self._flush()
        title = self.flat(element)
        if ident:
            self._emit(BlockKind.PARAGRAPH, f"{ident} {title}".strip())
        elif title:
            self._emit(BlockKind.HEADING, title)

    def _picture(self, element: Element) -> None:
        if element.get("Pos") == "block":
            self._line_break()
            self._emit(BlockKind.PICTURE, picture(element))
        else:
            self._buffer.append(picture(element))

    def _space(self, element: Element) -> None:
        """A forced line break is a space, except where the new line opens an Absatz."""
        self._buffer.append(" ")
        if self._depth == 0 and element.tail and _OPENS_ABSATZ.match(element.tail):
            self._flush()
            self._kind = BlockKind.PARAGRAPH

    def _line_break(self) -> None:
        """A block begins inside a paragraph or item: what follows it will be a tail."""
        self._flush(even_if_empty=True)
        self._kind = BlockKind.TAIL

    def _flush(self, *, even_if_empty: bool = False) -> None:
        """End the line; an item without text of its own is a line of its marker when ``even_if_empty``."""
        raw = "".join(self._buffer)
        self._buffer.clear()
        line = plain_line(_SENTENCE_GAP.sub(f" {_SENTENCE}", raw) if _SENTENCE in raw else raw)
        if self._ident:
            ident, self._ident = self._ident, ""
            self._emit(BlockKind.PARAGRAPH, ident)
        if not line and not (even_if_empty and self._marker):
            return
        only_pictures = line.startswith("[") and _ONLY_PICTURES.fullmatch(line)
        kind = BlockKind.PICTURE if only_pictures else self._only or self._kind
        self.lines.append((kind, self._depth, self._marker, f"{self._marker} {line}".strip()))
        self._marker = ""
        self._kind = BlockKind.TAIL

    def _emit(self, kind: BlockKind, line: str) -> None:
        self.lines.append((self._only or kind, self._depth, "", line))

    def _emit_all(self, kind: BlockKind, lines: Iterable[str]) -> None:
        for line in lines:
            self._emit(kind, line)
