"""An output as a tagged PDF (PDF/UA-1), set by Typst from the same tokens as the page."""

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typst
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.register.programmes.funding import Strip

from .describing import address_of
from .models import Attachment, Edition, Output
from .presenters import Banner
from .queries import funding_of
from .references import finder
from .typesetting import Figure, set_body, string, words

BANNER_COLOURS = {"current": "#0b57a4", "announced": "#0b57a4"}
WARNING = "#a4450b"
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}


def as_pdf(output: Output, edition: Edition, *, banners: Sequence[Banner], at: datetime) -> bytes:
    """The edition as PDF, its banners first; ``at`` is printed as the moment of printing, since banners change."""
    language = "en" if output.language == "en" else "de"
    with override(language), tempfile.TemporaryDirectory(prefix="nahtstelle-pdf-") as folder:
        figures = _lay_out(edition, Path(folder))
        parts = [_preamble(output, edition, language=language), *map(_banner, banners)]
        parts.append(set_body(edition.body, figures, cited=finder(output)))
        parts.append(_funding(funding_of(edition), Path(folder)))
        source = "\n".join([*parts, f"#v(2em)\n#text(size: 8.5pt)[{words(copy_note(output, at=at))}]"])
        return typst.compile(source.encode(), root=folder, format="pdf", pdf_standards=["ua-1"])


def _lay_out(edition: Edition, folder: Path) -> dict[str, Figure]:
    """Put the edition's pictures where Typst finds them."""
    figures = {}
    pictures: Sequence[Attachment] = edition.attachments.select_related("file").filter(file__media_type__in=PICTURES)
    for number, picture in enumerate(pictures):
        name = f"figure-{number}.{PICTURES[picture.file.media_type]}"
        (folder / name).write_bytes(content_of(picture.file))
        figures[picture.name] = Figure(name, picture.alternative)
    return figures


def _preamble(output: Output, edition: Edition, *, language: str) -> str:
    line = " · ".join(
        [output.kind.name, _("Stand: %s") % format_date(edition.stand, "DATE_FORMAT"), _("Edition %d") % edition.number]
    )
    authors = ", ".join(a.called for a in output.authorships.select_related("person"))
    return f"""
#set document(title: {string(edition.title)}, author: ({string(authors or settings.SITE_NAME)},))
#set page(paper: "a4", margin: (x: 2.4cm, y: 2.2cm), numbering: "1 / 1")
#set text(lang: "{language}", size: 10.5pt, hyphenate: true)
#set par(justify: false, leading: 0.72em, spacing: 1.1em)
#set heading(numbering: none)
#show heading: set block(above: 1.5em, below: 0.7em)
#show link: underline
#let callout(title, colour, body) = block(inset: 10pt, width: 100%, stroke: (left: 3pt + rgb(colour)), fill: luma(246))[
  #if title != "" [*#title* \\ ]
  #body]
#text(size: 9pt)[{words(settings.SITE_NAME)} · {words(line)}]
= {words(edition.title)}
#text(size: 12pt)[{words(edition.summary)}]

#text(size: 9pt)[{words(authors)}]
"""


def _banner(banner: Banner) -> str:
    colour = BANNER_COLOURS.get(banner.kind, WARNING)
    return f'#callout({string(banner.title)}, "{colour}")[{words(banner.text)}]'


def _funding(strip: Strip, folder: Path) -> str:
    """Who funded it: the lines, then the marks side by side, those without a logo in words."""
    if not strip:
        return ""
    said = [f"#text(size: 8.5pt)[{words(line)}]\n" for line in strip.lines]
    cells = []
    for number, mark in enumerate(strip.marks):
        above = f"#text(size: 7.5pt)[{words(mark.text)}] \\ " if mark.text else ""
        if mark.logo is None:
            cells.append(f"[{above}*{words(mark.funder)}*]")
            continue
        name = f"funder-{number}.png"
        (folder / name).write_bytes(content_of(mark.logo))
        cells.append(f'[{above}#image("{name}", height: 1.5cm, fit: "contain", alt: {string(mark.funder)})]')
    row = ", ".join(cells)
    columns = min(max(len(cells), 1), 3)
    grid = f"#grid(columns: {columns}, column-gutter: 1cm, row-gutter: 0.6cm, align: bottom, {row})" if cells else ""
    return f"#v(1.5em)\n#block(breakable: false)[\n{''.join(said)}\n{grid}\n]"


def copy_note(output: Output, *, at: datetime) -> str:
    """What stands at the end of a copy: its licence, when it was made, and where the current state is found."""
    printed = format_date(timezone.localtime(at), "DATETIME_FORMAT")
    address = address_of(output)
    note = _("Printed on %(moment)s. The current state stands at %(address)s") % {"moment": printed, "address": address}
    if output.edition is not None:
        note += " · " + _("This edition stays at %s") % (
            settings.BASE_URL + reverse("outputs:edition", args=[output.slug, output.edition.number])
        )
    invented = " " + _("Demonstration: laws, people and texts are invented.") if settings.DEMO else ""
    licence = f"{output.licence}. " if output.licence else ""
    return licence + note + invented
