"""An output as a tagged PDF (PDF/UA-1), set by Typst from the same tokens as the page."""

from collections.abc import Sequence
from datetime import datetime

import typst
from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdown_it.token import Token

from .models import Edition, Output
from .presenters import Banner
from .text import CALLOUTS, parse

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\#$*_`<>@[]~=-+/"})
COLOURS = {"note": "#0b57a4", "warning": "#a4450b", "example": "#2f6b2f"}


def as_pdf(output: Output, edition: Edition, *, banners: Sequence[Banner], at: datetime) -> bytes:
    """The edition as PDF, its banners first; ``at`` is printed as the moment of printing, since banners change."""
    language = "en" if output.language == "en" else "de"
    with override(language):
        source = "\n".join([_preamble(output, edition, language=language), *map(_banner, banners), _body(edition.body), _end(output, at)])
    return typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"])  # type: ignore[no-any-return]


def _preamble(output: Output, edition: Edition, *, language: str) -> str:
    line = " · ".join(
        [output.kind.name, _("Stand: %s") % format_date(edition.stand, "DATE_FORMAT"), _("Edition %d") % edition.number]
    )
    authors = ", ".join(str(a.person) for a in output.authorships.select_related("person"))
    return f"""
#set document(title: "{_string(edition.title)}", author: ("{_string(authors or settings.SITE_NAME)}",))
#set page(paper: "a4", margin: (x: 2.4cm, y: 2.2cm), numbering: "1 / 1")
#set text(lang: "{language}", size: 10.5pt, hyphenate: true)
#set par(justify: false, leading: 0.72em, spacing: 1.1em)
#set heading(numbering: none)
#show heading: set block(above: 1.5em, below: 0.7em)
#show link: underline
#let callout(title, colour, body) = block(inset: 10pt, width: 100%, stroke: (left: 3pt + rgb(colour)), fill: luma(246))[
  #if title != "" [*#title* \\ ]
  #body]
#text(size: 9pt)[{_words(settings.SITE_NAME)} · {_words(line)}]
= {_words(edition.title)}
#text(size: 12pt)[{_words(edition.summary)}]
#text(size: 9pt)[{_words(authors)}]
"""


def _banner(banner: Banner) -> str:
    return f'#callout("{_string(banner.title)}", "#a4450b")[{_words(banner.text)}]'


def _end(output: Output, at: datetime) -> str:
    printed = format_date(timezone.localtime(at), "DATETIME_FORMAT")
    address = f"{settings.BASE_URL}/veroeffentlichungen/{output.slug}/"
    note = _("Printed on %(moment)s. The current state stands at %(address)s") % {"moment": printed, "address": address}
    invented = " " + _("Demonstration: laws, people and texts are invented.") if settings.DEMO else ""
    return f"#v(2em)\n#text(size: 8.5pt)[{_words(note + invented)}]"


def _words(text: str) -> str:
    return text.translate(_SPECIAL)


def _string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _body(body: str) -> str:
    tokens = parse(body)
    return "".join(_token(token, index, tokens) for index, token in enumerate(tokens))




def _token(token: Token, index: int, tokens: list[Token]) -> str:
    kind = token.type
    if kind == "inline":
        return "" if _in_table(tokens, index) else _inline(token)
    if kind == "heading_open":
        return "\n" + "=" * max(2, int(token.tag[1])) + " "
    if kind in ("heading_close", "paragraph_close"):
        return "\n\n"
    if kind in ("bullet_list_open", "ordered_list_open"):
        return "\n" + ("#list" if kind.startswith("bullet") else "#enum")
    if kind in ("bullet_list_close", "ordered_list_close"):
        return "\n\n"
    if kind == "list_item_open":
        return "["
    if kind == "list_item_close":
        return "]"
    if kind == "table_open":
        return _table(tokens, index)
    if kind == "hr":
        return "\n#line(length: 100%, stroke: 0.5pt)\n"
    if kind in ("fence", "code_block"):
        return f'\n#raw("{_string(token.content)}", block: true)\n'
    if kind.startswith("container_") and kind.endswith("_open"):
        name, _space, title = token.info.strip().partition(" ")
        return f'\n#callout("{_string(title)}", "{COLOURS[CALLOUTS.get(name, "note")]}")[\n'
    if kind.startswith("container_") and kind.endswith("_close"):
        return "]\n\n"
    if kind == "blockquote_open":
        return "\n#quote(block: true)["
    if kind == "blockquote_close":
        return "]\n"
    return ""


def _in_table(tokens: list[Token], index: int) -> bool:
    return tokens[index - 1].type in ("th_open", "td_open")


def _table(tokens: list[Token], index: int) -> str:
    header: list[str] = []
    cells: list[str] = []
    for at in range(index, len(tokens)):
        token = tokens[at]
        if token.type == "table_close":
            break
        if token.type == "inline":
            (header if tokens[at - 1].type == "th_open" else cells).append(f"[{_inline(token)}]")
    columns = max(len(header), 1)
    head = f"table.header({', '.join(f'[*{cell[1:-1]}*]' if cell != '[]' else cell for cell in header)}), "
    return (
        f"\n#table(columns: ({', '.join(['1fr'] * columns)}), inset: 5pt, stroke: 0.5pt + luma(180), "
        f"{head}{', '.join(cells)})\n\n"
    )


def _inline(token: Token) -> str:
    said = []
    for child in token.children or []:
        match child.type:
            case "text" | "code_inline":
                said.append(_words(child.content))
            case "softbreak":
                said.append(" ")
            case "hardbreak":
                said.append(" \\\n")
            case "strong_open":
                said.append("#strong[")
            case "em_open":
                said.append("#emph[")
            case "s_open":
                said.append("#strike[")
            case "strong_close" | "em_close" | "s_close" | "link_close":
                said.append("]")
            case "link_open":
                said.append(f'#link("{_string(_absolute(str(child.attrGet("href") or "")))}")[')
            case "image":
                said.append(_words(f"[{_('Figure')}: {child.content}]"))
    return "".join(said)


def _absolute(address: str) -> str:
    return settings.BASE_URL + address if address.startswith("/") else address


