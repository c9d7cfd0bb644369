"""The evidence map as a drawing that stands alone: SVG, and PNG made from it by Typst.

It says the same as the page: size is the number, shade and bars the strength, a dashed ring marks cells with weak studies
only, a small ring those without any. Colours are fixed, for paper and slides.
"""

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.xml import writable

from .presenters.evidence import radius, said_of, summary
from .queries.evidence import Cell, Map
from .strengths import scale

CELL, HEAD, SIDE, MARGIN = 44, 220, 300, 24
TITLE, LINE, SLANT = 22, 19, 110
INK, MUTED, RULE, GROUND = "#1d1f33", "#5a5d70", "#d8d5cd", "#ffffff"
SHADES = {0: "#e6e8ef", 1: "#cfdcee", 2: "#9dbbe0", 3: "#3f74b5", 4: "#123f7d"}
LIGHT_ON = (3, 4)
FONT = "'Fira Sans', 'Noto Sans', 'DejaVu Sans', Arial, 'Libertinus Serif', sans-serif"
LONGEST = 36  # characters of a label
PIXELS_PER_INCH = 144


def as_svg(*, of: Map, title: str, narrowed_to: Sequence[str], source: str, day: date) -> str:
    """The drawing; title and description say in words what it shows."""
    width = MARGIN * 2 + SIDE + CELL * len(of.columns) + SLANT
    said = [*([_("Only: %s") % ", ".join(narrowed_to)] if narrowed_to else []), *summary(of)]
    top = MARGIN + TITLE + LINE * len(said) + HEAD
    legend = top + CELL * len(of.rows) + 40
    height = legend + 92
    width = max(width, 900)
    most = max((cell.number for cell in of.cells.values()), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="t d" lang="{(get_language() or "de")[:2]}" font-family="{FONT}" font-size="13">',
        f'<title id="t">{_text(title)}</title>',
        f'<desc id="d">{_text(" ".join(said))} {_text(_in_words(of))}</desc>',
        f'<rect width="{width}" height="{height}" fill="{GROUND}"/>',
        _words(MARGIN, MARGIN + TITLE - 6, title, size=20, bold=True),
        *(_words(MARGIN, MARGIN + TITLE + LINE * (n + 1), line, colour=MUTED) for n, line in enumerate(said)),
    ]
    left = MARGIN + SIDE
    for place, column in enumerate(of.columns):
        x = left + CELL * place + CELL / 2
        label = _text(_cut(column.name))
        parts.append(
            f'<text x="{x + 4}" y="{top - 10}" fill="{INK}" transform="rotate(-60 {x + 4} {top - 10})">{label}</text>'
        )
    for number, row in enumerate(of.rows):
        y = top + CELL * number
        parts.append(f'<line x1="{MARGIN}" x2="{left + CELL * len(of.columns)}" y1="{y}" y2="{y}" stroke="{RULE}"/>')
        parts.append(_words(MARGIN, y + CELL / 2 + 4, _cut(row.name)))
        for place, column in enumerate(of.columns):
            parts.append(_spot(of.at(row, column), left + CELL * place, y, most))
    parts += _legend(legend, width)
    stand = _("Stand: %s") % date_format(day)
    parts.append(_words(MARGIN, height - 16, f"{source} · {stand}", colour=MUTED, size=11))
    return "\n".join([*parts, "</svg>", ""])


def _in_words(of: Map) -> str:
    """The cells with studies, for whoever hears the drawing."""
    cells = [f"{row.name} × {column.name}: {said_of(of.at(row, column))}." for row in of.rows for column in of.columns if of.at(row, column).number]  # fmt: skip
    return " ".join(cells)


def _spot(cell: Cell, x: float, y: float, most: int) -> str:
    middle, centre = x + CELL / 2, y + CELL / 2 - 4
    if cell.is_gap:
        return (
            f'<circle cx="{middle}" cy="{centre + 4}" r="3.5" fill="none" stroke="#8a8c9a" stroke-dasharray="2 1.6"/>'
        )
    size = radius(cell.number, most)
    ring = f'stroke="{INK}" stroke-dasharray="3 2"' if cell.is_weak else f'stroke="{SHADES[4]}"'
    ink = "#ffffff" if cell.best in LIGHT_ON else INK
    number = f'<text x="{middle}" y="{centre + 4}" text-anchor="middle" font-size="11" font-weight="bold" fill="{ink}">{cell.number}</text>'
    return (
        f'<circle cx="{middle}" cy="{centre}" r="{size:.1f}" fill="{SHADES[cell.best]}" {ring}/>{number}'
        f"{_bars(middle - 9, y + CELL - 8, cell.best)}"
    )


def _bars(x: float, y: float, level: int) -> str:
    """Four small bars, as many filled as the level says."""
    return "".join(
        f'<rect x="{x + 5 * bar}" y="{y}" width="4" height="4" '
        + (f'fill="{INK}"/>' if bar < level else f'fill="none" stroke="{INK}" stroke-width="0.6"/>')
        for bar in range(4)
    )


def _legend(y: float, width: float) -> list[str]:
    parts = [_words(MARGIN, y, _("Strength of the strongest study:"), bold=True)]
    x = MARGIN
    for one in scale():
        parts.append(f'<circle cx="{x + 8}" cy="{y + 18}" r="7" fill="{SHADES[one.level]}" stroke="{SHADES[4]}"/>')
        parts.append(_bars(x + 20, y + 16, one.level))
        parts.append(_words(x + 46, y + 22, one.word))
        x += 68 + round(7.2 * len(one.word))
    said = [
        ("3 2", 7, _("dashed ring: only weak studies")),
        ("2 1.6", 3.5, _("small ring: no study")),
    ]
    x = MARGIN
    for dashes, size, words in said:
        parts.append(
            f'<circle cx="{x + 8}" cy="{y + 44}" r="{size}" fill="none" stroke="{INK}" stroke-dasharray="{dashes}"/>'
        )
        parts.append(_words(x + 24, y + 48, words))
        x += 60 + round(7.0 * len(words))
    parts.append(_words(x, y + 48, _("The larger the bubble, the more studies; its number stands in it.")))
    return parts


def _words(x: float, y: float, text: str, *, colour: str = INK, size: int = 13, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" fill="{colour}" font-size="{size}"{weight}>{_text(text)}</text>'


def _text(words: str) -> str:
    return escape(writable(words))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def as_png(svg: str) -> bytes:
    """The drawing as a picture."""
    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image("map.svg")'
    page = {"main.typ": source.encode(), "map.svg": svg.encode()}
    return typst.compile(page, format="png", ppi=PIXELS_PER_INCH)
