"""Inline: the running text of an element, whatever markup is in it."""

from typing import Any

from nahtstelle.engines.lawtext.characters import plain_characters, plain_line, superscript
from nahtstelle.engines.lawtext.values import LawTextError

Element = Any  # an element of lxml, which brings no types of its own

MAX_DEPTH = 120  # elements inside each other; the deepest file of 6,571 has 34

NOTHING = frozenset({"FnR", "FnArea"})  # where a footnote is called and where it is printed
SPACES = frozenset({"BR", "Split"})
SIGNS = {"QuoteL": "„", "QuoteR": "“"}
_APART = frozenset({"P", "LA", "DD", "DT", "Title", "Subtitle", "Ident", "entry", "pre", "Footnote"})
_BREAK = "\x02"  # a forced line break while notes are put together; cannot occur in XML


def running_text(element: Element) -> str:
    """All text of ``element`` as one line: titles, table cells, editors' notes."""
    pieces: list[str] = []
    gather(element, pieces, " ", [])
    return plain_line("".join(pieces))


def note_lines(notes: Element | None) -> list[str]:
    """The lines of the editors' footnotes, inner spaces reduced to one, empty lines dropped."""
    if notes is None:
        return []
    lines: list[str] = []
    for paragraph in notes.iterfind("Content/*"):
        pieces: list[str] = []
        gather(paragraph, pieces, _BREAK, lines)
        lines += filter(None, map(plain_line, "".join(pieces).split(_BREAK)))
    return lines


def preformatted_lines(element: Element) -> list[str]:
    """The lines of a ``pre``, their inner spaces kept, empty ones dropped."""
    pieces: list[str] = []
    gather(element, pieces, "\n", [])
    lines = plain_characters("".join(pieces).replace("\xa0", " ")).split("\n")
    return [line.rstrip() for line in lines if line.strip()]


def gather(element: Element, out: list[str], line_break: str, remarks: list[str], depth: int = 0) -> None:
    """All text below ``element`` into ``out``, blocks set apart by a space; editors' remarks into ``remarks``."""
    check_depth(depth)
    if element.text:
        out.append(element.text)
    for child in element:
        tag = child.tag
        if tag in SPACES:
            out.append(line_break)
        elif tag in SIGNS:
            out.append(SIGNS[tag])
        elif tag == "IMG" or tag == "FILE":
            out.append(picture(child))
        elif tag == "kommentar":
            remark: list[str] = []
            gather(child, remark, " ", remarks, depth + 1)
            remarks.append(plain_line("".join(remark)))
        elif tag == "SUP" and len(child) == 0:
            out.append(" " if child.get("class") == "Rec" else superscript(child.text or ""))
        elif tag not in NOTHING:
            if tag in _APART:
                out.append(" ")
            gather(child, out, line_break, remarks, depth + 1)
            if tag in _APART:
                out.append(" ")
        if child.tail:
            out.append(child.tail)


def picture(element: Element) -> str:
    """A picture or file as words: what it shows, when the file says so."""
    shown = (
        plain_line(element.get("alt") or "").translate({ord("["): "(", ord("]"): ")"}) if element.tag == "IMG" else ""
    )
    name = "Bild" if element.tag == "IMG" else "Datei"
    return f"[{name}: {shown}]" if shown else f"[{name}]"


def check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise LawTextError(
            f"The file nests elements more than {MAX_DEPTH} deep; no law does.",
            code="too_deep",
            details={"limit": MAX_DEPTH},
        )
