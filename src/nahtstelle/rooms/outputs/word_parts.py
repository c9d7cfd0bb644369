"""What a Word file is made of where the library has no word for it: lists that count anew, links, borders, languages."""

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

BULLETS, NUMBERS = 9001, 9002  # numbers of our own kinds of list; the template's end far below
DEPTHS = 9
# What stands behind a paragraph's borders, as far as we write it: the schema keeps an order.
AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
    "w:sectPr",
)
CODE, LINK = "Code", "Hyperlink"


def element(name: str, /, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def prepare(document: Document, *, language: str) -> None:
    """Give a new document its language, its kinds of list and the styles the template lacks."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))
    code = document.styles.add_style(CODE, WD_STYLE_TYPE.CHARACTER)
    code.font.name, code.font.size = "Courier New", Pt(9.5)
    link = document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x0B, 0x57, 0xA4)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.2)
    numbering = document.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    for number, kind in ((BULLETS, "bullet"), (NUMBERS, "decimal")):
        first.addprevious(_kind_of_list(number, kind))


def _kind_of_list(number: int, kind: str) -> Any:
    made = element("w:abstractNum", abstractNumId=str(number))
    made.append(element("w:multiLevelType", val="multilevel"))
    for depth in range(DEPTHS):
        level = element("w:lvl", ilvl=str(depth))
        level.append(element("w:start", val="1"))
        level.append(element("w:numFmt", val=kind))
        level.append(element("w:lvlText", val=f"%{depth + 1}." if kind == "decimal" else "•"))
        level.append(element("w:lvlJc", val="left"))
        indent = element("w:pPr")
        indent.append(element("w:ind", left=str(425 * (depth + 1)), hanging="425"))
        level.append(indent)
        made.append(level)
    return made


def new_list(document: Document, *, ordered: bool, depth: int, start: int = 1) -> int:
    """A list of its own, so that it counts from ``start`` whatever was counted before."""
    numbering = document.part.numbering_part.element
    taken = [int(one.get(qn("w:numId"))) for one in numbering.findall(qn("w:num"))]
    number = max(taken, default=0) + 1
    made = element("w:num", numId=str(number))
    made.append(element("w:abstractNumId", val=str(NUMBERS if ordered else BULLETS)))
    if ordered:
        override = element("w:lvlOverride", ilvl=str(depth))
        override.append(element("w:startOverride", val=str(start)))
        made.append(override)
    numbering.append(made)
    return number


def in_list(paragraph: Paragraph, *, number: int, depth: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr()
    numbered = element("w:numPr")
    numbered.append(element("w:ilvl", val=str(depth)))
    numbered.append(element("w:numId", val=str(number)))
    properties._insert_numPr(numbered)


def bordered(paragraph: Paragraph, *, side: str, colour: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    border = element("w:pBdr")
    border.append(element(f"w:{side}", val="single", sz="24" if side == "left" else "6", space="8", color=colour))
    properties.insert_element_before(border, *AFTER_BORDERS)


def link_in(paragraph: Paragraph, address: str) -> Any:
    """An empty link at the end of a paragraph; runs are appended to it."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(made)
    return made


def link_within(paragraph: Paragraph, name: str) -> Any:
    """An empty link to a bookmark of the same file."""
    made = element("w:hyperlink", anchor=name)
    paragraph._p.append(made)
    return made


def bookmark(paragraph: Paragraph, name: str, *, number: int) -> None:
    """A name for a paragraph, for links to lead to; ``number`` is its own in the file."""
    for mark in (element("w:bookmarkStart", id=str(number), name=name), element("w:bookmarkEnd", id=str(number))):
        paragraph._p.append(mark)


def page_number(paragraph: Paragraph) -> None:
    """The number of the page, as a field that Word fills in."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
