"""The tokens of a text as the body of a Word file: real headings, real lists, tables with a header row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it.token import Token

from nahtstelle.plumbing.kit.xml import writable

from .text import CitedFinder, callout_of, figure_of, file_name, parse
from .word_parts import CODE, DEPTHS, LINK, bookmark, bordered, element, in_list, link_in, link_within, new_list

COLOURS = {"note": "0B57A4", "warning": "A4450B", "example": "2F6B2F", "current": "0B57A4", "announced": "0B57A4"}
WIDEST = Cm(16)


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    alternative: str


@dataclass(slots=True)
class Open:
    """What the walk is inside of."""

    lists: list[int] = field(default_factory=list)
    fresh_item: bool = False  # the next paragraph is the item itself; later ones only belong to it
    source: int = 0  # the number of the source it is
    callouts: list[str] = field(default_factory=list)
    quotes: int = 0


class Body:
    def __init__(self, document: Document, pictures: Mapping[str, Picture]) -> None:
        self.document, self.pictures, self.open = document, pictures, Open()

    def write(self, text: str, *, cited: CitedFinder | None = None) -> None:
        """Append a body in our dialect."""
        tokens = parse(text, cited=cited)
        index = 0
        while index < len(tokens):
            index = self._token(tokens, index)

    def small(self, words: str) -> None:
        self.document.add_paragraph().add_run(writable(words)).font.size = Pt(9)

    def callout(self, kind: str, title: str, text: str) -> None:
        for words, bold in ((title, True), (text, False)):
            if words:
                paragraph = self.document.add_paragraph()
                paragraph.add_run(writable(words)).bold = bold
                bordered(paragraph, side="left", colour=COLOURS.get(kind, COLOURS["warning"]))

    def item(self, words: str, *, number: int, address: str = "") -> None:
        paragraph = self.document.add_paragraph(style="List Paragraph")
        in_list(paragraph, number=number, depth=0)
        holder = link_in(paragraph, address) if address else None
        self._run(paragraph, holder, words, ["link"] if address else [])

    def _token(self, tokens: list[Token], index: int) -> int:
        """Write what begins at ``index``; the index after it."""
        token = tokens[index]
        match token.type:
            case "heading_open":
                paragraph = self.document.add_heading(level=int(token.tag[1]))
                self._inline(paragraph, tokens[index + 1])
                return index + 3
            case "inline":
                self._paragraph(token)
            case "bullet_list_open" | "ordered_list_open":
                depth = min(len(self.open.lists), DEPTHS - 1)
                number = new_list(
                    self.document, ordered=token.type == "ordered_list_open", depth=depth,
                    start=int(token.attrGet("start") or 1),
                )  # fmt: skip
                self.open.lists.append(number)
            case "bullet_list_close" | "ordered_list_close":
                self.open.lists.pop()
            case "list_item_open":
                self.open.fresh_item, self.open.source = True, token.meta.get("source", 0)
            case "blockquote_open":
                self.open.quotes += 1
            case "blockquote_close":
                self.open.quotes -= 1
            case "table_open":
                return self._table(tokens, index)
            case "hr":
                bordered(self.document.add_paragraph(), side="bottom", colour="808080")
            case "fence" | "code_block":
                run = self._new_paragraph().add_run(writable(token.content.rstrip()))
                run.style = CODE
            case kind if kind.startswith("container_"):
                self._callout(token)
        return index + 1

    def _callout(self, token: Token) -> None:
        if token.nesting != 1:
            self.open.callouts.pop()
            return
        kind, title = callout_of(token)
        self.open.callouts.append(kind)
        self._new_paragraph().add_run(writable(title)).bold = True

    def _new_paragraph(self) -> Paragraph:
        """A paragraph that belongs where the walk is: to a list, a quotation, a callout."""
        inside, lists = self.open, self.open.lists
        style = "List Paragraph" if lists else "Quote" if inside.quotes else None
        paragraph = self.document.add_paragraph(style=style)
        depth = min(len(lists), DEPTHS) - 1
        if lists and inside.fresh_item:
            in_list(paragraph, number=lists[-1], depth=depth)
            if inside.source:
                bookmark(paragraph, f"quelle-{inside.source}", number=inside.source)
            inside.fresh_item = False
        elif lists:
            paragraph.paragraph_format.left_indent = Cm(0.75 * (depth + 1))
        if inside.callouts:
            bordered(paragraph, side="left", colour=COLOURS[inside.callouts[-1]])
        return paragraph

    def _paragraph(self, token: Token) -> None:
        image = figure_of(token)
        picture = self.pictures.get(file_name(image)) if image else None
        if image is not None and picture is not None and self._figure(image, picture):
            return
        self._inline(self._new_paragraph(), token)

    def picture(self, picture: Picture, *, height: Length | None = None) -> bool:
        """A picture with its text alternative, no wider than the text; False where it cannot be read."""
        try:
            shape = self.document.add_picture(BytesIO(picture.content), height=height)
        except (UnrecognizedImageError, ZeroDivisionError, EOFError):
            return False
        if shape.width > WIDEST:
            shape.height, shape.width = int(shape.height * WIDEST / shape.width), WIDEST
        shape._inline.docPr.set("descr", writable(picture.alternative))
        return True

    def _figure(self, image: Token, picture: Picture) -> bool:
        """A picture and its caption; False where it cannot be read."""
        described = image.content or picture.alternative or str(_("Figure"))
        if not self.picture(Picture(picture.content, described)):
            return False
        caption = str(image.attrGet("title") or "")
        if caption:
            self.document.add_paragraph(writable(caption), style="Caption")
        return True

    def _table(self, tokens: list[Token], start: int) -> int:
        end = next(at for at in range(start, len(tokens)) if tokens[at].type == "table_close")
        rows: list[list[Token]] = []
        for at in range(start, end):
            if tokens[at].type == "tr_open":
                rows.append([])
            elif tokens[at].type == "inline":
                rows[-1].append(tokens[at])
        table = self.document.add_table(rows=len(rows), cols=max(len(row) for row in rows), style="Table Grid")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                paragraph = table.cell(number, column).paragraphs[0]
                self._inline(paragraph, cell, ["strong"] if number == 0 else [])
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(element("w:tblHeader"))
        properties.append(element("w:cantSplit"))
        self.document.add_paragraph()
        return end + 1

    def _inline(self, paragraph: Paragraph, token: Token, marks: list[str] | None = None) -> None:
        marks = list(marks or [])
        holder: Any = None
        for child in token.children or []:
            match child.type:
                case "text" | "code_inline":
                    self._run(
                        paragraph, holder, child.content, [*marks, "code"] if child.type == "code_inline" else marks
                    )
                case "softbreak":
                    self._run(paragraph, holder, " ", marks)
                case "hardbreak":
                    paragraph.add_run().add_break()
                case "strong_open" | "em_open" | "s_open":
                    marks.append(child.type.removesuffix("_open"))
                case "strong_close" | "em_close" | "s_close":
                    marks.remove(child.type.removesuffix("_close"))
                case "link_open" if source := child.meta.get("source"):
                    holder = link_within(paragraph, f"quelle-{source}")
                    marks.append("link")
                case "link_open":
                    address = str(child.attrGet("href") or "")
                    holder = link_in(paragraph, settings.BASE_URL + address if address.startswith("/") else address)
                    marks.append("link")
                case "link_close":
                    holder = None
                    marks.remove("link")
                case "image":
                    picture = self.pictures.get(file_name(child))
                    said = child.content or (picture.alternative if picture else "")
                    figure = _("Figure")
                    self._run(paragraph, holder, f"[{figure}: {said}]", marks)

    def _run(self, paragraph: Paragraph, holder: Any, words: str, marks: list[str]) -> None:
        run: Run = paragraph.add_run(writable(words))
        run.bold = "strong" in marks or None
        run.italic = "em" in marks or None
        run.font.strike = "s" in marks or None
        if "code" in marks or "link" in marks:
            run.style = CODE if "code" in marks else LINK
        if holder is not None:
            holder.append(run._r)
