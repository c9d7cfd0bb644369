"""Reading: one official file (gii-norm 1.01) to a ``LawReading``.

The format is a flat list of norms: the first is the head of the law, structure headings and provisions follow in order.
How each element is read is written down in docs/reference/gii-norm.md.
"""

from collections import Counter
from datetime import date
from typing import BinaryIO, NamedTuple

from nahtstelle.engines.lawtext import anatomy, designations
from nahtstelle.engines.lawtext.content import EMPTY, Content, read_content
from nahtstelle.engines.lawtext.inline import Element, note_lines, running_text
from nahtstelle.engines.lawtext.limits import DEFAULT_LIMITS, Limits
from nahtstelle.engines.lawtext.parsing import parse, read_all
from nahtstelle.engines.lawtext.standing import read_stand
from nahtstelle.engines.lawtext.values import LawReading, LawTextError, Norm, NormKind

HEAD_KEY = "head"
MAX_LEVELS = 20  # of structure headings; real laws have up to 6
_DASHES = ("-", "–", "—")  # printed where a repealed norm has no text
_NO_NAME = ("", "-")
_WITHOUT_STRUCTURE = frozenset({NormKind.APPENDIX, NormKind.CONTENTS, NormKind.FORMULA})


def read_law_file(stream: BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> LawReading:
    """Read a law from a binary stream; stops reading as soon as the stream exceeds ``limits.law_bytes``."""
    return read_law(read_all(stream, limits), limits=limits)


def read_law(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> LawReading:
    """Read the bytes of one official file. Raises ``LawTextError`` when they are not one."""
    return _read(data, limits)[0]


def numbered_sentences(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> dict[str, tuple[int, ...]]:
    """Where the file itself numbers sentences (few laws do): per norm key, the characters at which they begin."""
    return _read(data, limits)[1]


def _read(data: bytes, limits: Limits) -> tuple[LawReading, dict[str, tuple[int, ...]]]:
    root = parse(data, limits)
    elements = root.findall("norm")
    head = elements[0].find("metadaten") if elements else None
    if head is None:
        raise LawTextError("The file holds no norm with metadata, so no law.", code="no_norms")
    norms = _Norms()
    reading = LawReading(
        document_number=root.get("doknr") or "",
        build=root.get("builddate") or "",
        short_names=tuple(running_text(name) for name in head.iterfind("jurabk")),
        official_abbreviation=_text(head, "amtabk"),
        long_title=_text(head, "langue"),
        short_title=_text(head, "kurzue"),
        enacted=_date(_text(head, "ausfertigung-datum")),
        gazette="; ".join(_gazette(place) for place in head.iterfind("fundstelle")),
        stand=tuple(read_stand(_text(s, "standtyp"), _text(s, "standkommentar")) for s in head.iterfind("standangabe")),
        norms=tuple(norms.read(elements)),
    )
    return reading, norms.numbered


def _gazette(place: Element) -> str:
    return f"{_text(place, 'periodikum')} {_text(place, 'zitstelle')}".strip()


class _Heading(NamedTuple):
    code: str  # gliederungskennzahl
    name: str  # "Abschnitt 2", or its title when it has no number
    line: str  # "Abschnitt 2 Einreise"


def _below(code: str, above: str) -> bool:
    return code != above and code.startswith(above)


class _Norms:
    """Reads norms in file order, remembering the headings above the next one and the keys given so far."""

    def __init__(self) -> None:
        self._headings: list[_Heading] = []
        self._keys: Counter[str] = Counter()
        self.numbered: dict[str, tuple[int, ...]] = {}

    def read(self, norms: list[Element]) -> list[Norm]:
        return [self._norm(norm, first=i == 0) for i, norm in enumerate(norms)]

    def _norm(self, norm: Element, *, first: bool) -> Norm:
        metadata = norm.find("metadaten")
        unit = metadata.find("gliederungseinheit") if metadata is not None else None
        designation, title = _text(metadata, "enbez"), _text(metadata, "titel")
        kind = _kind(designation, unit, first=first)
        if kind is NormKind.STRUCTURE:
            designation, title = self._enter(unit)
        code, above = self._standing(kind, unit)
        data = norm.find("textdaten")
        content, notes = _body(data) if data is not None else (EMPTY, "")
        repealed = designations.says_repealed(title, content.text)
        if repealed and content.text in _DASHES:
            content = EMPTY
        key = self._key(kind, designation)
        if content.sentence_starts:
            self.numbered[key] = content.sentence_starts
        return Norm(
            key=key,
            kind=kind,
            designation=designation,
            title=title,
            text=content.text,
            blocks=content.blocks,
            parts=() if kind is NormKind.CONTENTS else anatomy.parts(content.text, content.blocks),
            notes=notes,
            structure=above,
            structure_code=code,
            covers=() if kind is NormKind.STRUCTURE else designations.covered(designation),
            repealed=repealed,
            document_number=norm.get("doknr") or "",
        )

    def _standing(self, kind: NormKind, unit: Element | None) -> tuple[str, tuple[str, ...]]:
        """The code of the unit a norm stands in and the headings above it."""
        if kind is NormKind.STRUCTURE:
            return self._headings[-1].code, self._above(last=-1)
        if unit is not None:
            code = _text(unit, "gliederungskennzahl")
            self._place(code, _text(unit, "gliederungsbez"))
            return code, self._above()
        if kind is NormKind.HEAD or kind in _WITHOUT_STRUCTURE or not self._headings:
            return "", ()
        return self._headings[-1].code, self._above()

    def _above(self, *, last: int | None = None) -> tuple[str, ...]:
        return tuple(heading.line for heading in self._headings[:last])

    def _enter(self, unit: Element) -> tuple[str, str]:
        """A structure heading begins: leave those it does not stand below. Returns its name and title."""
        code, name, title = (_text(unit, f"gliederungs{part}") for part in ("kennzahl", "bez", "titel"))
        name = "" if name in _NO_NAME else name
        while self._headings and not _below(code, self._headings[-1].code):
            self._headings.pop()
        del self._headings[MAX_LEVELS:]
        self._headings.append(_Heading(code, name or title, f"{name} {title}".strip()))
        return name, title

    def _place(self, code: str, name: str) -> None:
        """A provision names the unit it stands in; in article laws its name is that of the article, or only "-"."""
        while self._headings and self._headings[-1].code != code and not _below(code, self._headings[-1].code):
            self._headings.pop()
        known = {heading.name for heading in self._headings}
        if name not in _NO_NAME and name not in known and not (self._headings and self._headings[-1].code == code):
            self._headings.append(_Heading(code, name, name))

    def _key(self, kind: NormKind, designation: str) -> str:
        if kind is NormKind.HEAD:
            key = HEAD_KEY
        elif kind is NormKind.STRUCTURE:
            key = "Gliederung " + " / ".join(heading.name for heading in self._headings)
        else:
            key = designation
        self._keys[key] += 1
        return key if self._keys[key] == 1 else f"{key}#{self._keys[key]}"


def _kind(designation: str, unit: Element | None, *, first: bool) -> NormKind:
    if first:
        return NormKind.HEAD
    if designation:
        return designations.kind_of(designation)
    return NormKind.OTHER if unit is None else NormKind.STRUCTURE


def _body(data: Element) -> tuple[Content, str]:
    """The content of a norm, and the editors' footnotes and remarks on it."""
    text, notes = data.find("text"), data.find("fussnoten")
    content = read_content(text) if text is not None else EMPTY
    return content, "\n".join([*note_lines(notes), *content.remarks])


def _text(parent: Element | None, tag: str) -> str:
    element = parent.find(tag) if parent is not None else None
    return running_text(element) if element is not None else ""


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
