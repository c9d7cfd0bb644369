"""The values this engine speaks in: a reading of a law, its norms, and the parts of a norm.

A *reading* is what one official file said on one day. Its *norms* are the flat list the official format has: the head
of the law, its structure headings, its provisions (§ or Art.), appendices, formulas and the table of contents.

The text of a norm is kept **stand-off**: one plain string, and beside it spans that say what the string is made of.
``Block`` spans are its lines (paragraph, list item, table row …), ``Part`` spans are its legal anatomy (Absatz, Satz,
Nummer, Buchstabe). So a comparison can speak of characters, a page can draw lists and tables, and a citation can find
the very words it points to, all over the same string.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NormKind(StrEnum):
    HEAD = "head"  # the law itself: names, date, gazette
    STRUCTURE = "structure"  # Teil, Kapitel, Abschnitt …: a heading without text
    PROVISION = "provision"  # § or Art.
    APPENDIX = "appendix"  # Anlage, Anhang
    CONTENTS = "contents"  # Inhaltsübersicht: never law by itself
    FORMULA = "formula"  # Eingangsformel, Schlussformel
    OTHER = "other"


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    ITEM = "item"  # an item of a list; ``depth`` 1 is a Nummer, 2 a Buchstabe, 3 a Doppelbuchstabe
    TAIL = "tail"  # the text goes on after a list or table ("Schlusssatz"); ``depth`` is that of the item it belongs to
    ROW = "row"  # a row of a table, cells separated by a tab
    HEADING = "heading"
    PREFORMATTED = "preformatted"
    FOOTNOTE = "footnote"  # an official footnote, part of the law
    PICTURE = "picture"  # the text exists only as a picture or file


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a norm's text: ``text[start:end]``, without its line break. ``marker`` is "1.", "a)" … of an item."""

    kind: BlockKind
    start: int
    end: int
    depth: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One legal part of a norm: ``text[start:end]``.

    ``path`` names it from the outside in, each step a letter and its number: ``("A2", "S1", "N3", "Ba")`` is Absatz 2
    Satz 1 Nummer 3 Buchstabe a; a Doppelbuchstabe is ``"Daa"`` (and a third level ``"Daaa"``), the second dash of a
    list ``"T2"``. A norm without numbered Absätze has no "A" step. A number list belongs to the sentence it stands in;
    an item that holds several sentences has them as "S" steps of its own.

    Siblings do not overlap, except that "(3) bis (5) (weggefallen)" is one line and the span of A3, A4 and A5.
    """

    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm of a reading.

    ``designation`` is what the file prints ("§ 60c", "Art 1", "Anlage", "(XXXX) §§ 12 bis 14"); ``key`` is unique
    within the reading ("Anlage#2" for the second of that name). ``covers`` are the plain designations a collapsed
    range stands for ("§ 12", "§ 13", "§ 14"). ``notes`` are the editors' footnotes, which are not law.
    ``document_number`` is the portal's ``doknr``: evidence when two readings are matched, never a key (it is not
    unique).
    """

    key: str
    kind: NormKind
    designation: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    notes: str = ""
    structure: tuple[str, ...] = ()  # headings above it, outermost first
    structure_code: str = ""  # gliederungskennzahl, three digits a level
    covers: tuple[str, ...] = ()
    repealed: bool = False
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class StandEntry:
    """One ``standangabe`` of the head: what the editors say of the reading's state.

    ``kind`` is the portal's type (Stand, Neuf, Hinweis, Aufh, Sonst). ``act_date`` is the date of the amending act when
    the sentence names one, ``in_force`` the dates after "mWv". ``pending`` is True when the sentence says that an
    amendment is *not yet* taken into the text ("noch nicht berücksichtigt").
    """

    kind: str
    text: str
    act_date: date | None = None
    in_force: tuple[date, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class LawReading:
    """What one official file says: the law's names and its norms in file order.

    ``short_names`` are the portal's ``jurabk`` of the head; ``official_abbreviation`` is ``amtabk`` (what people
    cite), "" when the file has none. ``build`` is the file's ``builddate`` as printed (YYYYMMDDhhmmss): the day the
    file was built, not a day of law.
    """

    document_number: str
    build: str
    short_names: tuple[str, ...]
    official_abbreviation: str
    long_title: str
    short_title: str
    enacted: date | None
    gazette: str
    stand: tuple[StandEntry, ...]
    norms: tuple[Norm, ...]


class LawTextError(ValueError):
    """A file cannot be read as a law; the message is a sentence for the person who gave it.

    ``code`` is stable and names the reason ("too_large", "malformed" …), ``details`` carries the figures and names in
    the message, so that a caller can say the same in another language.
    """

    def __init__(
        self, message: str, *, code: str = "unreadable", details: Mapping[str, str | int] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.details: dict[str, str | int] = dict(details or {})
