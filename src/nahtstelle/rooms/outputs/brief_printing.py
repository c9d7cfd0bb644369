"""A brief as two pages: a tagged PDF and a Word file, with as many findings as really fit."""

from datetime import datetime
from io import BytesIO

import typst
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document as new_document
from docx.shared import Cm, Pt

from nahtstelle.plumbing.kit.xml import writable

from .briefs import Brief
from .references import finder_in
from .text import CitedFinder
from .typesetting import set_body, string, words
from .word_body import Body
from .word_parts import page_number, prepare

PAGES = 2
# Word breaks its lines by itself; a file that Typst would fill up to here leaves it room.
WORD_SIZE, PDF_SIZE = 10.6, 9.5


def as_pdf(brief: Brief, *, draw: bool = False, at: datetime) -> bytes:
    """``draw``: who asks may wait for references that are not kept yet; a reader may not."""
    cited = finder_in(brief.style, brief.language, draw=draw)
    number = fitting(brief, at=at, cited=cited, size=PDF_SIZE)
    return typst.compile(
        _source(brief, number, at=at, cited=cited, size=PDF_SIZE), format="pdf", pdf_standards=["ua-1"]
    )


def fitting(brief: Brief, *, at: datetime, cited: CitedFinder, size: float) -> int:
    """The largest number of findings with which two pages are not left."""
    fits, too_many = 0, len(brief.findings) + 1
    while too_many - fits > 1:
        middle = (fits + too_many) // 2 if too_many <= len(brief.findings) else len(brief.findings)
        if pages_of(_source(brief, middle, at=at, cited=cited, size=size)) <= PAGES:
            fits = middle
        else:
            too_many = middle
        if fits == len(brief.findings):
            break
    return fits


def pages_of(source: bytes) -> int:
    """How many pages Typst fills."""
    pages = typst.compile(source, format="svg")
    return len(pages) if isinstance(pages, list) else 1


def _source(brief: Brief, number: int, *, at: datetime, cited: CitedFinder, size: float) -> bytes:
    with override(brief.language):
        line = " · ".join([settings.SITE_NAME, _stand(brief)])
        return f"""
#set document(title: {string(brief.question)}, author: ({string(settings.SITE_NAME)},))
#set page(paper: "a4", margin: (x: 2cm, top: 1.6cm, bottom: 1.7cm), numbering: "1 / 1")
#set text(lang: "{brief.language}", size: {size}pt, hyphenate: true)
#set par(justify: false, leading: 0.55em, spacing: 0.75em)
#set list(spacing: 0.55em)
#set heading(numbering: none)
#show heading: set block(above: 1em, below: 0.5em)
#show heading.where(level: 1): set text(size: 1.45em)
#show link: underline
#let callout(title, colour, body) = block(inset: 8pt, width: 100%, stroke: (left: 3pt + rgb(colour)))[*#title* \\ #body]
#text(size: 0.85em)[{words(line)}]
= {words(brief.question)}
#text(size: 1.1em)[{words(brief.summary)}]

{set_body(brief.body(number), {}, cited=cited)}
#v(0.5em)
#text(size: 0.8em)[{words(_note(brief, at=at))}]
""".encode()


def _stand(brief: Brief) -> str:
    return _("Stand: %s") % format_date(brief.stand, "DATE_FORMAT")


def _note(brief: Brief, *, at: datetime) -> str:
    printed = format_date(timezone.localtime(at), "DATETIME_FORMAT")
    note = _("Printed on %(moment)s. The current state stands at %(address)s") % {
        "moment": printed,
        "address": brief.address,
    }
    return note + (" " + _("Demonstration: laws, people and texts are invented.") if settings.DEMO else "")


def as_docx(brief: Brief, *, draw: bool = False, at: datetime) -> bytes:
    cited = finder_in(brief.style, brief.language, draw=draw)
    number = fitting(brief, at=at, cited=cited, size=WORD_SIZE)
    with override(brief.language):
        document = new_document()
        prepare(document, language="en-GB" if brief.language == "en" else "de-DE")
        _make_narrow(document)
        told = document.core_properties
        told.title, told.author, told.subject = (
            writable(brief.question)[:255],
            writable(settings.SITE_NAME)[:255],
            _stand(brief),
        )
        told.created = told.modified = at
        body = Body(document, {})
        body.small(" · ".join([settings.SITE_NAME, _stand(brief)]))
        document.add_heading(writable(brief.question), level=1)
        if brief.summary:
            document.add_paragraph(writable(brief.summary))
        body.write(brief.body(number), cited=cited)
        body.small(_note(brief, at=at))
        page_number(document.sections[0].footer.paragraphs[0])
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _make_narrow(document: object) -> None:
    """Margins and letters as the PDF has them."""
    for section in document.sections:  # type: ignore[attr-defined] # the library's own type is a function's
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.7)
        section.header_distance = section.footer_distance = Cm(0.8)
    for name, size in (
        ("Normal", 9.5),
        ("List Paragraph", 9.5),
        ("Heading 1", 14),
        ("Heading 2", 11.5),
        ("Heading 3", 10),
    ):
        style = document.styles[name]  # type: ignore[attr-defined] # as above
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.space_before = Pt(6 if name.startswith("Heading") else 0)
        style.paragraph_format.line_spacing = 1.0
