"""References in any CSL style: what citeproc-py makes of a work, as pieces of text that page, PDF and Word file share.

A reference is drawn by itself and kept; what depends on the text it stands in (numbers, "2020a") is added when the text is
drawn (``references``). A style of footnotes is drawn with numbers: our texts have no foot of the page.
"""

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from django.utils.translation import gettext_lazy as _
from lxml import etree

from nahtstelle.plumbing.kit.refusals import Refusal

from .models import Style

HOUSE_STYLE = "apa"
SHIPPED = {
    "apa": "APA 7",
    "chicago-author-date-17th-edition": "Chicago (author-date)",
    "harvard-cite-them-right": "Harvard",
    "ieee": "IEEE",
    "iso690-author-date-de": "DIN ISO 690",
}
LOCALES = {"de": "de-DE", "en": "en-US"}
LARGEST = 500_000  # bytes of a style
CSL = "{http://purl.org/net/xbiblio/csl}"
FOLDER = Path(__file__).parent / "content" / "styles"

Piece = tuple[str, str]  # words and their mark: "", "em" or "strong"

# Signs of the private use area stand for marks and for what would be markup, as long as the processor has the words.
_MARKS = {"\ue010": ("em", True), "\ue011": ("em", False), "\ue012": ("strong", True), "\ue013": ("strong", False)}
_HIDDEN = str.maketrans({"<": "\ue000", ">": "\ue001", "&": "\ue002"})
_SHOWN = str.maketrans({"\ue000": "<", "\ue001": ">", "\ue002": "&"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LEADING_NUMBER = re.compile(r"^\s*[\[(]?1[\]).]{0,2}\s*")


class _Marked:
    """A formatter of citeproc's that leaves our marks in the words."""

    @staticmethod
    def preformat(text: Any) -> str:
        return str(text)

    @staticmethod
    def Italic(text: Any) -> str:
        return f"\ue010{text}\ue011"

    @staticmethod
    def Bold(text: Any) -> str:
        return f"\ue012{text}\ue013"

    Oblique = Italic
    Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


@dataclass(frozen=True, slots=True)
class Look:
    """How citations of a style stand in the text."""

    numbered: bool
    opening: str
    closing: str
    between: str
    in_order_of_text: bool  # the list of sources; else in that of its words


def title_of(key: str) -> str:
    """What a style is called; the house's own where nobody chose one, or the chosen one is gone."""
    return (
        SHIPPED.get(key)
        or Style.objects.filter(key=key).values_list("title", flat=True).first()
        or SHIPPED[HOUSE_STYLE]
    )


def choices() -> list[tuple[str, str]]:
    """Every style there is, by key."""
    return [*SHIPPED.items(), *Style.objects.values_list("key", "title")]


def known(key: str) -> str:
    """The key of a style that can be drawn: this one, or the house's."""
    return key if key in SHIPPED or (key and Style.objects.filter(key=key).exists()) else HOUSE_STYLE


def csl_of(key: str) -> bytes:
    if key in SHIPPED:
        return (FOLDER / f"{key}.csl").read_bytes()
    return Style.objects.get(key=key).csl.encode()


def look_of(key: str) -> Look:
    """A shipped style's look is known; one that staff brought in is asked of its file."""
    return _shipped_look(key) if key in SHIPPED else _look(csl_of(key))


@lru_cache(maxsize=len(SHIPPED))
def _shipped_look(key: str) -> Look:
    return _look(csl_of(key))


def _look(csl: bytes) -> Look:
    root = etree.fromstring(csl, _careful())
    layout = root.find(f"{CSL}citation/{CSL}layout")
    numbered = root.get("class") == "note" or any(
        one.get("citation-format") in ("numeric", "note", "label") for one in root.iter(f"{CSL}category")
    )
    said = {} if layout is None or root.get("class") == "note" else dict(layout.attrib)
    opening, closing = said.get("prefix", ""), said.get("suffix", "")
    if numbered and not opening.strip():
        opening, closing = "[", "]"
    if opening.endswith("[") != closing.startswith("]") or not opening:
        inner = root.find(f"{CSL}citation//*[@variable='citation-number']")
        if inner is not None and inner.get("prefix", "") == "[":
            opening, closing = "[", "]"
    return Look(
        numbered=numbered, opening=opening, closing=closing, between=said.get("delimiter", "; ") or "; ",
        in_order_of_text=numbered and root.find(f"{CSL}bibliography/{CSL}sort") is None,
    )  # fmt: skip


def _careful() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


class Drawer:
    """A style in a language, ready to draw; making one takes longer than drawing with it."""

    def __init__(self, csl: bytes, language: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._style = CitationStylesStyle(BytesIO(csl), locale=LOCALES.get(language, "de-DE"), validate=False)
        self._look = _look(csl)

    def draw(self, said: dict[str, Any]) -> tuple[str, list[Piece]]:
        """A reference given as CSL-JSON: as it stands in a text, and in the list of sources."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = CiteProcJSON([_prepared(said)])
            drawn = CitationStylesBibliography(self._style, source, _Marked)
            citation = Citation([CitationItem(said["id"])])
            drawn.register(citation)
            cite = "" if self._look.numbered else str(drawn.cite(citation, lambda _item: None))
            entry = "".join(str(one) for one in drawn.bibliography())
        if self._look.numbered:
            entry = _LEADING_NUMBER.sub("", entry, count=1)
        cite = "".join(words for words, _mark in _pieces(cite))
        cite = cite.removeprefix(self._look.opening).removesuffix(self._look.closing)
        return cite.strip(), _pieces(entry)


def _prepared(said: dict[str, Any]) -> dict[str, Any]:
    """Values without anything the processor would take for markup; only English titles may get capitals."""
    english = str(said.get("language", "")).startswith("en")

    def clean(value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            words = _PRIVATE.sub("", value).translate(_HIDDEN)
            keeps = name in ("title", "container-title", "publisher") and words and not english
            return f'<span class="nocase">{words}</span>' if keeps else words
        if isinstance(value, list):
            return [clean(one) for one in value]
        return {key: clean(one) for key, one in value.items()} if isinstance(value, dict) else value

    return {name: clean(value, name) for name, value in said.items()}


def _pieces(marked: str) -> list[Piece]:
    """Words with our marks in them as pieces, each with the innermost of its marks."""
    pieces: list[Piece] = []
    open_marks: list[str] = []
    words = ""
    for sign in [*marked, ""]:
        mark = _MARKS.get(sign)
        if sign and mark is None:
            words += sign
            continue
        if words:
            pieces.append((" ".join(words.split(" ")).translate(_SHOWN), open_marks[-1] if open_marks else ""))
            words = ""
        if mark and mark[1]:
            open_marks.append(mark[0])
        elif mark and mark[0] in open_marks:
            open_marks.remove(mark[0])
    return pieces


def check_style(content: bytes) -> tuple[str, str]:
    """The title and the key of a CSL style.

    Raises ``Refusal`` where the file is none that can be drawn: with what is wrong, in one sentence.
    """
    if len(content) > LARGEST:
        raise Refusal(_("The file is larger than a style of citation is; 500 kB are the most."))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refusal(_("The file declares entities, which no style needs; it is not read."))
    try:
        root = etree.fromstring(content, _careful())
    except etree.XMLSyntaxError as trouble:
        raise Refusal(_("This is no style of citation: the file is not well-formed XML.")) from trouble
    if root.tag != f"{CSL}style":
        raise Refusal(_("This is no style of citation: a CSL file begins with the element “style”."))
    info = f"{CSL}info/{CSL}"
    title = (root.findtext(f"{info}title") or "").strip()
    if any(one.get("rel") == "independent-parent" for one in root.iterfind(f"{info}link")):
        raise Refusal(
            _("“%s” only points to another style; please bring in the style it points to.") % (title or "CSL")
        )
    if not root.get("version", "").startswith("1.0"):
        raise Refusal(_("Styles of CSL 1.0 can be drawn; this one says it is another version."))
    if (
        not title
        or root.find(f"{CSL}citation/{CSL}layout") is None
        or root.find(f"{CSL}bibliography/{CSL}layout") is None
    ):
        raise Refusal(
            _("The style says nothing of its title, its citations or its list of sources; it cannot be drawn.")
        )
    try:
        cite, entry = Drawer(content, "de").draw(PROBE)
    except Exception as trouble:  # whatever a stranger's file does to the processor, it is refused
        raise Refusal(_("The style “%s” could not be drawn with a trial reference.") % title) from trouble
    if not entry or not (cite or _look(content).numbered):
        raise Refusal(_("The style “%s” could not be drawn with a trial reference.") % title)
    return title[:200], (root.findtext(f"{info}id") or title).rstrip("/").rsplit("/", 1)[-1]


PROBE = {
    "id": "probe", "type": "article-journal", "title": "Probe", "author": [{"family": "Probe", "given": "Eva"}],
    "issued": {"date-parts": [[2020, 1, 2]]}, "container-title": "Probe", "volume": "1", "issue": "2", "page": "3-4",
    "DOI": "10.1234/probe",
}  # fmt: skip
