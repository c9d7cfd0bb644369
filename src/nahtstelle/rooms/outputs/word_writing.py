"""An output as a Word file (DOCX), written from the same tokens as the page and the PDF."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document as new_document
from docx.document import Document
from docx.shared import Cm, Pt

from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.kit.xml import writable
from nahtstelle.register.programmes.funding import Strip

from .models import Citation, Edition, Output
from .presenters import Banner, law_cited
from .printing import PICTURES, copy_note
from .queries import funding_of
from .references import finder
from .word_body import Body, Picture
from .word_parts import new_list, page_number, prepare

LOGO = Cm(1.5)
LANGUAGES = {"en": "en-GB"}


def as_docx(
    output: Output, edition: Edition, *, banners: Sequence[Banner], citations: Sequence[Citation], at: datetime
) -> bytes:
    """The edition as a Word file: banners first, then the text, what law it rests on, and when this copy was made."""
    with override("en" if output.language == "en" else "de"):
        document = new_document()
        prepare(document, language=LANGUAGES.get(output.language, "de-DE"))
        authors = ", ".join(one.called for one in output.authorships.select_related("person"))
        stand = _("Stand: %s") % format_date(edition.stand, "DATE_FORMAT")
        _tell_properties(document, output, edition, authors=authors, stand=stand, at=at)
        body = Body(document, pictures_of(edition))
        line = " · ".join([settings.SITE_NAME, output.kind.name, stand, _("Edition %d") % edition.number])
        body.small(line)
        document.add_heading(writable(edition.title), level=1)
        for banner in banners:
            body.callout(banner.kind, banner.title, banner.text)
        if edition.summary:
            document.add_paragraph(writable(edition.summary), style="Subtitle")
        if authors:
            body.small(authors)
        body.write(edition.body, cited=finder(output))
        _tell_law(document, body, citations)
        _tell_funding(document, body, funding_of(edition))
        body.small(copy_note(output, at=at))
        foot = document.sections[0].footer.paragraphs[0]
        foot.add_run(writable(f"{edition.title} · {stand} · ")).font.size = Pt(8)
        page_number(foot)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def pictures_of(edition: Edition) -> dict[str, Picture]:
    """The pictures of an edition by the name the text has for them."""
    rows = edition.attachments.select_related("file").filter(file__media_type__in=PICTURES)
    return {row.name: Picture(content_of(row.file), row.alternative) for row in rows}


def _tell_properties(
    document: Document, output: Output, edition: Edition, *, authors: str, stand: str, at: datetime
) -> None:
    told = document.core_properties
    told.title, told.author, told.subject = (
        writable(edition.title)[:255],
        writable(authors or settings.SITE_NAME)[:255],
        writable(output.kind.name)[:255],
    )
    told.comments, told.language, told.version = stand, output.language, str(edition.number)
    told.keywords = writable(", ".join(concept.name for concept in output.concepts.all()))[:255]
    told.created, told.modified = edition.published_at, at
    told.last_modified_by, told.revision = writable(settings.SITE_NAME), 1


def _tell_law(document: Document, body: Body, citations: Sequence[Citation]) -> None:
    rows = law_cited(citations)
    if not rows:
        return
    document.add_heading(_("Law this text rests on"), level=2)
    number = new_list(document, ordered=False, depth=0)
    for row in rows:
        words = row["label"] + (f" ({', '.join(row['parts'])})" if row["parts"] else "")
        body.item(words, number=number, address=settings.BASE_URL + row["url"] if row["url"] else "")


def _tell_funding(document: Document, body: Body, strip: Strip) -> None:
    """Who funded it: the lines, then each mark below its words, those without a logo by name."""
    for line in strip.lines:
        body.small(line)
    for mark in strip.marks:
        if mark.text:
            body.small(mark.text)
        if mark.logo is None or not body.picture(Picture(content_of(mark.logo), mark.funder), height=LOGO):
            body.small(mark.funder)
