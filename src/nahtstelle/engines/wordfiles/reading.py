"""A Word file as Markdown: headings, lists, tables, quotations; with everything that was left out listed."""

import re
from collections.abc import Iterator
from typing import Any

from .inline import Reader, plain
from .package import Package
from .styles import PLAIN, Numbering, Style, Styles, list_in, value, w
from .values import Losses, WordText

Element = Any
DEEPEST = 6
DEEPER = re.compile(r"list (?:bullet|number) (\d)")  # Word's own styles for deeper lists have no level of their own


def read_word(content: bytes, *, notes_title: str = "Fußnoten") -> WordText:
    """The text of a DOCX; its footnotes stand at the end under ``notes_title``.

    Raises ``WordTrouble`` where the file is no Word file, is protected, holds macros, is damaged or would unpack too far.
    """
    package = Package(content)
    losses = Losses()
    styles = Styles(package)
    reader = Reader(package, styles, losses)
    walk = _Walk(reader, styles, Numbering(package))
    body = package.xml(package.main).find(w("body"))
    walk.blocks(body if body is not None else [])
    walk.name_by_first_heading()
    walk.add_notes(notes_title)
    for kind in ("header", "footer"):
        for part in package.parts_of_kind(kind):
            if words := plain(part).strip():
                losses.note("header-footer", words)
    return WordText(
        title=walk.title, summary=walk.summary, body=walk.text(), headings=tuple(walk.headings), losses=losses.all(),
        pictures=tuple(reader.pictures),
    )  # fmt: skip


class _Walk:
    """Through the blocks of a text, in their order."""

    def __init__(self, reader: Reader, styles: Styles, numbering: Numbering) -> None:
        self.reader, self.styles, self.numbering = reader, styles, numbering
        self.losses = reader.losses
        self.title, self.summary = "", ""
        self.headings: list[tuple[int, str]] = []
        self.parts: list[tuple[str, str]] = []  # (kind, Markdown); kind decides how close the next one stands
        self.counts: dict[tuple[str, int], int] = {}
        self.list_kind, self.list_sign, self.last_list = "list", ".", ("", False)
        self.widths: list[int] = []  # how far the items of each open depth are indented

    def text(self) -> str:
        said = ""
        before = ""
        for kind, words in self.parts:
            close = before == kind and kind in ("list", "other list")
            said += ("" if not said else "\n" if close else "\n\n") + words
            before = kind
        return said + "\n" if said else ""

    def blocks(self, parent: Any) -> None:
        for child in _flat(parent, self.losses):
            if child.tag == w("p"):
                self.paragraph(child)
            elif child.tag == w("tbl"):
                self.table(child)

    def paragraph(self, element: Element) -> None:
        properties = element.find(w("pPr"))
        style = self.styles.style(value(properties, "pStyle") or self.styles.default)
        if style.name.startswith("toc "):
            self.losses.note("contents")
            return
        words, pictures = self.reader.paragraph(element)
        heading = self._heading_of(properties, style)
        bare = plain(element).strip()
        if words and style.name == "title" and not self.title:
            self.title = " ".join(bare.split())
        elif words and style.name == "subtitle" and not self.summary and not self.parts:
            self.summary = " ".join(bare.split())
        elif words and heading:
            self.headings.append((heading, " ".join(bare.split())))
            self._heading(heading, words.replace("  \n", " "))
        elif words:
            self._words(words, properties, style)
        for picture in pictures:
            alternative = picture.alternative.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
            self.parts.append(("picture", f"![{alternative}]({picture.name})"))

    def _heading_of(self, properties: Element | None, style: Style) -> int:
        own = value(properties, "outlineLvl")
        return int(own) + 1 if own.isdigit() and int(own) < 9 else style.heading

    def _heading(self, level: int, words: str) -> None:
        """The title has the first level, so a chapter begins with the second."""
        self.widths = []
        self.parts.append(("heading", f"{'#' * min(level + 1, DEEPEST)} {words}"))

    def _words(self, words: str, properties: Element | None, style: Style) -> None:
        listed = list_in(properties) or style.list
        if listed and listed[0] != "0":
            deeper = DEEPER.fullmatch(style.name)
            self._item(words, *listed, depth=int(deeper.group(1)) - 1 if deeper else listed[1])
            return
        self.widths = []
        if style.name in ("quote", "intense quote", "block text"):
            self.parts.append(("quote", "\n".join(f"> {line}" for line in words.split("\n"))))
            return
        if style.name == "caption":
            self.parts.append(("text", f"*{words}*" if "*" not in words else words))
            return
        if style.name and style.name not in PLAIN and not style.heading:
            self.losses.note("style", style.name)
        self.parts.append(("text", words))

    def _item(self, words: str, number: str, level: int, *, depth: int) -> None:
        """``level`` is that of the file's list, ``depth`` how deep it stands here."""
        depth = min(depth, len(self.widths))
        del self.widths[depth:]
        ordered = self.numbering.is_ordered(number, level)
        for key in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[key]
        count = self.counts.get((number, level), self.numbering.start(number, level) - 1) + 1
        self.counts[number, level] = count
        if depth == 0:
            self._begin_list(number, ordered=ordered)
        sign = f"{count}{self.list_sign} " if ordered else "- "
        indent = " " * sum(self.widths)
        self.widths.append(len(sign))
        rest = words.replace("\n", "\n" + " " * sum(self.widths))
        self.parts.append((self.list_kind, f"{indent}{sign}{rest}"))

    def _begin_list(self, number: str, *, ordered: bool) -> None:
        """Two lists in a row stay two: a blank line between them, another sign where both count."""
        now = (number, ordered) if ordered else ("", False)
        if self.parts and self.parts[-1][0] == self.list_kind and now != self.last_list:
            self.list_kind = "list" if self.list_kind == "other list" else "other list"
            self.list_sign = "." if not (ordered and self.last_list[1]) or self.list_sign == ")" else ")"
        self.last_list = now

    def table(self, element: Element) -> None:
        self.widths = []
        rows = [list(self._cells(row)) for row in element.findall(w("tr"))]
        rows = [row for row in rows if row]
        if not rows:
            return
        if len(rows) == 1 and len(rows[0]) == 1:  # a box, as people make it in Word
            self._box(element)
            return
        width = max(len(row) for row in rows)
        rows[0] = [_without_bold(cell) for cell in rows[0]]
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * width)
        self.parts.append(("table", "\n".join(lines)))

    def _box(self, element: Element) -> None:
        cell = element.find(f"{w('tr')}/{w('tc')}")
        before = len(self.parts)
        self.blocks(cell)
        inside, self.parts = self.parts[before:], self.parts[:before]
        if inside:
            words = "\n\n".join(words for _kind, words in inside)
            self.parts.append(("box", f":::hinweis\n\n{words}\n\n:::"))

    def _cells(self, row: Element) -> Iterator[str]:
        for cell in [*row.findall(w("tc")), *row.findall(f"{w('sdt')}/{w('sdtContent')}/{w('tc')}")]:
            properties = cell.find(w("tcPr"))
            span = value(properties, "gridSpan")
            merged = properties is not None and properties.find(w("vMerge")) is not None
            if cell.find(w("tbl")) is not None:
                self.losses.note("nested-table", plain(cell))
            said = []
            for paragraph in cell.iter(w("p")):
                words, pictures = self.reader.paragraph(paragraph, in_table=True)
                said.append(" ".join([words, *(f"![]({picture.name})" for picture in pictures)]).strip())
            yield " ".join(part for part in said if part)
            if merged or span not in ("", "1"):
                self.losses.note("merged-cells", plain(cell))
            if span.isdigit():
                yield from [""] * min(int(span) - 1, 60)

    def name_by_first_heading(self) -> None:
        """Many a file has no title but one heading above all others: that is its title."""
        firsts = [words for level, words in self.headings if level == 1]
        if self.title or len(firsts) != 1 or self.headings[0][0] != 1:
            return
        self.title = firsts[0]
        at = next(index for index, (kind, _words) in enumerate(self.parts) if kind == "heading")
        del self.parts[at]
        self.parts = [
            (kind, words[1:] if kind == "heading" and words.startswith("###") else words) for kind, words in self.parts
        ]

    def add_notes(self, title: str) -> None:
        """Footnotes and endnotes as a numbered list at the end, in the order of their signs."""
        if not self.reader.notes:
            return
        self.widths = []
        self.parts.append(("heading", f"## {title}"))
        for number, note in enumerate(list(self.reader.notes), start=1):
            words = " ".join(self.reader.paragraph(one, in_table=True)[0] for one in note.iter(w("p")))
            self.parts.append(("list", f"{number}. {words.replace(chr(92) + '|', '|').strip()}"))


def _without_bold(cell: str) -> str:
    """A head is bold anyway."""
    bold = cell.startswith("**") and cell.endswith("**") and cell.count("**") == 2
    return cell[2:-2] if bold else cell


def _flat(parent: Any, losses: Losses) -> Iterator[Element]:
    """The blocks below ``parent``, also those in controls and in marks of change; a generated table of contents is left out."""
    for child in parent:
        if child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
            if child.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}") is not None:
                losses.note("contents")
                continue
            yield from _flat(child, losses)
        elif child.tag in (w("p"), w("tbl")):
            yield child
