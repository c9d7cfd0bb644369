"""The runs of a paragraph as Markdown: emphasis, links, line breaks, pictures, notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .escaping import at_line_start, escaped
from .package import Package, R
from .styles import Styles, is_on, value, w
from .values import Losses, Picture

Element = Any
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
SCHEMES = ("http://", "https://", "mailto:", "tel:")
KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
STARTS = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}
MARKS = (("strike", "~~"), ("b", "**"), ("i", "*"))
THROUGH = {w(name) for name in ("smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "moveTo")}
GONE = {w(name) for name in ("del", "moveFrom")}


@dataclass(slots=True)
class Piece:
    """Some words with the same marks and the same link."""

    text: str
    marks: tuple[str, ...] = ()
    address: str = ""


@dataclass(slots=True)
class Reader:
    """What all paragraphs of a file share."""

    package: Package
    styles: Styles
    losses: Losses
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    note_parts: dict[str, dict[str, Element]] = field(default_factory=dict)
    _in_instruction: bool = False
    _here: list[Picture] = field(default_factory=list)  # the pictures of the paragraph that is read
    _taken: dict[str, Picture] = field(default_factory=dict)  # a picture that stands in many places is one file

    def paragraph(self, element: Element, *, in_table: bool = False) -> tuple[str, list[Picture]]:
        """A paragraph's words as Markdown, and the pictures that stood in it."""
        self._here = []
        pieces = list(self._pieces(element, ""))
        return _joined(pieces, in_table=in_table), self._here

    def _pieces(self, parent: Element, address: str) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == w("r"):
                yield from self._run(child, address)
            elif tag == w("hyperlink"):
                target, _kind, external = self.package.relations.get(str(child.get(f"{{{R}}}id", "")), ("", "", False))
                fits = external and target.lower().startswith(SCHEMES)
                yield from self._pieces(child, target if fits else "")
            elif tag == w("ins"):
                self.losses.note("inserted", plain(child))
                yield from self._pieces(child, address)
            elif tag in THROUGH:
                if child.find(f"{w('sdtPr')}/{w('docPartObj')}") is None:
                    yield from self._pieces(child, address)
            elif tag in GONE:
                self.losses.note("deleted", "".join(one.text or "" for one in child.iter(w("delText"))))
            elif isinstance(tag, str) and tag.startswith(f"{{{M}}}"):
                words = "".join(one.text or "" for one in child.iter(f"{{{M}}}t"))
                self.losses.note("formula", words)
                yield Piece(words, address=address)

    def _run(self, run: Element, address: str) -> Iterator[Piece]:
        properties = run.find(w("rPr"))
        if is_on(properties, "vanish"):
            return
        style = value(properties, "rStyle")
        marks = tuple(
            mark for name, mark in MARKS if is_on(properties, name) or (
                style and (properties is None or properties.find(w(name)) is None) and self.styles.is_bold_or_so(style, name)
            )
        )  # fmt: skip
        for child in run:
            words = self._words(child)
            if words:
                yield Piece(words, marks, address)

    def _words(self, child: Element) -> str:
        tag = child.tag
        if tag == w("fldChar"):
            kind = child.get(w("fldCharType"))
            self._in_instruction = kind == "begin"
            return ""
        if tag == w("instrText") or self._in_instruction:
            return ""
        if tag == w("t"):
            return child.text or ""
        if tag == w("br"):
            return "" if child.get(w("type")) in ("page", "column") else "\n"
        if tag in (w("tab"), w("cr"), w("ptab")):
            return " "
        if tag == w("noBreakHyphen"):
            return "\u2011"
        if tag == w("sym"):
            self.losses.note("symbol", str(child.get(w("font"), "")))
        elif tag == w("commentReference"):
            self.losses.note("comment")
        elif tag in (w("footnoteReference"), w("endnoteReference")):
            return self._note(child, "footnotes" if tag == w("footnoteReference") else "endnotes")
        elif tag in (w("drawing"), w("pict"), w("object"), f"{{{MC}}}AlternateContent"):
            self._drawn(child)
        return ""

    def _note(self, reference: Element, kind: str) -> str:
        if kind not in self.note_parts:
            root = self.package.part_of_kind(kind)
            rows = list(root) if root is not None else []
            self.note_parts[kind] = {str(row.get(w("id"), "")): row for row in rows if isinstance(row.tag, str)}
        found = self.note_parts[kind].get(str(reference.get(w("id"), "")))
        if found is None:
            return ""
        self.notes.append(found)
        self.losses.note("footnote", plain(found))
        return f" [{len(self.notes)}]"

    def _drawn(self, drawing: Element) -> None:
        boxes = list(drawing.iter(w("txbxContent")))
        if boxes:  # the same box stands twice where it is written for old and new programs
            self.losses.note("text-box", plain(boxes[0]))
            return
        blips = list(drawing.iter(f"{{{A}}}blip"))
        embedded = [str(blip.get(f"{{{R}}}embed", "")) for blip in blips]
        embedded += [str(one.get(f"{{{R}}}id", "")) for one in drawing.iter(f"{{{V}}}imagedata")]
        described = next((one for one in drawing.iter(f"{{{WP}}}docPr")), None)
        alternative = " ".join(str(described.get("descr", "")).split()) if described is not None else ""
        if not embedded:
            self.losses.note("object" if drawing.tag == w("object") else "drawing", alternative)
        for one in embedded[:1]:
            self._picture(one, alternative)

    def _picture(self, id_: str, alternative: str) -> None:
        target, _kind, external = self.package.relations.get(id_, ("", "", True))
        if not external and target in self._taken:
            self._here.append(self._taken[target])
            return
        kind = KINDS.get(target.rpartition(".")[2].lower(), "")
        content = self.package.read(target) if not external and target in self.package.names and kind else b""
        if not content or not content.startswith(STARTS[kind]):
            self.losses.note("image", target.rpartition("/")[2])
            return
        name = f"bild-{len(self.pictures) + 1}.{'png' if kind == 'image/png' else 'jpg'}"
        if not alternative:
            self.losses.note("image-without-alternative", name)
        self._taken[target] = Picture(name, content, kind, alternative)
        self.pictures.append(self._taken[target])
        self._here.append(self._taken[target])


def plain(element: Element) -> str:
    """The words of an element without any marks, its paragraphs with a blank between them."""
    paragraphs = list(element.iter(w("p"))) or [element]
    return " ".join("".join(one.text or "" for one in paragraph.iter(w("t"))) for paragraph in paragraphs)


def _joined(pieces: list[Piece], *, in_table: bool) -> str:
    """Pieces in a row, those with the same marks as one; marks stand close to the words they hold."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and (merged[-1].marks, merged[-1].address) == (piece.marks, piece.address):
            merged[-1].text += piece.text
        elif merged and not piece.text.strip() and merged[-1].address == piece.address:
            merged[-1].text += piece.text  # blanks between two stretches need no marks of their own
        else:
            merged.append(Piece(piece.text, piece.marks, piece.address))
    said = "".join(_marked(piece, in_table=in_table) for piece in merged)
    lines = [" ".join(line.split()) for line in said.split("\n")]
    if in_table:
        return " ".join(line for line in lines if line)
    return "  \n".join(at_line_start(line) for line in lines if line)


def _marked(piece: Piece, *, in_table: bool) -> str:
    core = piece.text.strip()
    if not core:
        return piece.text
    start = piece.text[: len(piece.text) - len(piece.text.lstrip())]
    end = piece.text[len(piece.text.rstrip()) :]
    said = " ".join(part.strip() for part in core.split("\n")) if piece.marks or piece.address else core
    said = escaped(said, in_table=in_table)
    for mark in piece.marks:
        said = f"{mark}{said}{mark}"
    if piece.address:
        address = (
            piece.address.replace("\\", "%5C")
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace("\n", "")
            .replace(" ", "%20")
        )
        said = f"[{said}](<{address}>)"
    return f"{start}{said}{end}"
