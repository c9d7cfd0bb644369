"""Sentences: where the sentences (Satz 1, Satz 2 …) of German legal prose begin and end.

A sentence ends at a full stop, question or exclamation mark before the beginning of another sentence. It never ends
at a semicolon or colon, inside brackets or quotation marks, or inside a list: the items belong to the sentence that
introduces them, and the text after the list is a new sentence only when the list ended with a full stop and the text
begins like one.

A full stop after an abbreviation, a number or a single letter is doubtful. It ends the sentence when a *function
word* with a capital follows ("Nr. 3. Die …"), because inside a sentence only nouns and names are capitalised, or when
the number belongs to a reference or is a year ("nach Absatz 1. Bescheide …"); otherwise it does not ("1. Januar", "2.
Halbsatz"). The rules come from how statutes are written; they were not fitted to the numbered sentences they are
measured on.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise

from nahtstelle.engines.lawtext.abbreviations import ABBREVIATIONS, FUNCTION_WORDS, MONTHS

Span = tuple[int, int]


class LineKind(IntEnum):
    PROSE = 0
    ITEM = 1  # of a list: what ends inside it is no sentence of the whole
    TABLE = 2  # a row or picture: has no full stop to end with


Line = tuple[int, int, LineKind]

_ENDS = re.compile(r"([.?!][“”\"»‘’'\])]*)\s+")
_ITEM = re.compile(r"(?:\d{1,3}[a-z]{0,2}\.(?:\d+\.?)*|\d{1,3}[a-z]?\)|[a-z]{1,3}\)|[IVX]{1,5}\.|[–—•-])\s")
_REPEALED_LINE = re.compile(r"\((?:weggefallen|aufgehoben)\)$")
_BEGINNING = re.compile(r"[„“\"»‚‘'(\[]*[A-ZÄÖÜ§]")
_FIRST_WORD = re.compile(r"[„“\"»‚‘'(\[]*([A-Za-zÄÖÜäöüß]+|§)")
# "2. die", "5) x", "1. Januar": the number is a marker inside the sentence or part of a date; "2. Die" begins anew.
_NUMBER_THEN = re.compile(rf"\d+[a-z]?(?:[.)](?!\s+[A-ZÄÖÜ])|\.?\s+(?:{MONTHS})\b)")
_TYPED_MARKER = re.compile(r"(?:^\s*|[.;:] )(?:\d{1,3}[a-z]?|[a-z]|[IVX]+)$")
_MONTH = re.compile(rf"(?:{MONTHS})\b")
_LOOK_BACK = 80  # characters before a stop that are looked at; keeps long lines linear
_CLOSED = (*")]“”\"»‘’'%€°",)
_YEAR = re.compile(r"(?:^|\D)[12]\d{3}$")
_ROMAN = re.compile("[IVXL]+")
_VOWEL = re.compile("[aeiouyäöü]", re.IGNORECASE)
# What a number, letter or Roman numeral at the end of a sentence belongs to: "nach § 5 Absatz 2 oder 3", "Buchstabe b".
_WITH_NUMBER = (
    r"§§?|\b(?:Art|Abs|S|Nr|Nrn|Anl|Anh|Buchst|Ziff|Kap)\.|\b(?:Artikel[ns]?|Abs(?:atz(?:es)?|ätzen?)|S(?:atz(?:es)?|ätzen?)"
    r"|Nummern?|Anlagen?|Anhangs?|Ziffern?|Kapiteln?s?|Teile?[ns]?|Abschnitte?[ns]?|Tabellen?|Spalten?|Zeilen?|Positionen?"
    r"|Gruppen?|Klassen?|Stufen?|Jahre?[ns]?|Seiten?)"
)
_WITH_LETTER = (
    r"\bBuchst\.|\b(?:Doppelb|Dreifachb|B)uchstaben?s?|\b(?:Anlagen?|Anhangs?|Teile?[ns]?|Abschnitte?[ns]?|Tabellen?|Gruppen?"
    r"|Klassen?|Stufen?|Artikel[ns]?|Kapiteln?s?|\w*[oO]rdnung(?:en)?)"
)
_JOINT = r"\s*(?:,|und|oder|bis|sowie|u\.)\s*"
_REFERENCE = re.compile(
    rf"(?:{_WITH_NUMBER})\s*\d+[a-z]{{0,2}}(?:{_JOINT}\d+[a-z]{{0,2}})*$"
    rf"|(?:{_WITH_LETTER})\s*(?:[a-z]{{1,3}}|[A-Z]|[IVXL]+)(?:{_JOINT}(?:[a-z]{{1,3}}|[A-Z]|[IVXL]+))*$"
)


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` as spans without the white space around them; list items start on lines of their
    own.
    """
    return sentences_in(text, _lines(text))


def sentences_in(text: str, lines: Sequence[Line]) -> tuple[Span, ...]:
    """As ``split_sentences``, for a text whose lines are known; they must be in order and not overlap."""
    if not lines:
        return ()
    cuts = [cut for start, end, kind in lines if kind is LineKind.PROSE for cut in cuts_in_line(text, start, end)]
    cuts += [after[0] for before, after in pairwise(lines) if _ends_between(text, before, after)]
    cuts.sort()
    starts = [lines[0][0], *cuts]
    ends = [*cuts, lines[-1][1]]
    return tuple(_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip())


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line), LineKind.ITEM if _ITEM.match(line) else LineKind.PROSE))
        start += len(line) + 1
    return lines


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _ends_between(text: str, before: Line, after: Line) -> bool:
    """Whether a sentence ends where one line ends and the next begins."""
    if after[2] is not LineKind.PROSE or not _BEGINNING.match(text, after[0], after[1]):
        return False
    if before[2] is LineKind.TABLE:
        return True
    line = text[max(before[0], before[1] - _LOOK_BACK) : before[1]]
    if before[2] is LineKind.ITEM and _REPEALED_LINE.search(line):
        return True
    return line.rstrip("“”\"»‘’')] ").endswith((".", "!", "?"))


def cuts_in_line(text: str, start: int, end: int) -> Iterable[int]:
    """Where in ``text[start:end]``, a single line, the second and further sentences begin."""
    line = text[start:end]
    typed = _ITEM.match(line)
    marker = typed.end() if typed else 0
    enclosed: bytearray | None = None
    for match in _ENDS.finditer(line):
        after = match.end()
        if after <= marker or not _ends_sentence(line, match.start(), after):
            continue
        if enclosed is None:
            enclosed = _enclosed(line)
        if not enclosed[match.end(1)]:
            yield start + after


def _ends_sentence(line: str, stop: int, after: int) -> bool:
    """Whether the mark at ``stop`` ends a sentence, given what stands before it and what begins at ``after``."""
    if line[stop] != ".":
        return bool(_BEGINNING.match(line, after))
    before = line[max(0, stop - _LOOK_BACK) : stop]
    word = before[max(before.rfind(" "), before.rfind("\t")) + 1 :].lstrip("„“\"»‚‘'([")
    if not _doubtful(word, line, after):
        return bool(_BEGINNING.match(line, after)) or _begins_with_number(word, line, after)
    if _TYPED_MARKER.search(before):
        return False
    following = _FIRST_WORD.match(line, after)
    if following is None:
        return False
    if following.group(1) in FUNCTION_WORDS:
        return True
    if not _BEGINNING.match(line, after) or _MONTH.match(line, after):
        return False
    return bool(_YEAR.search(word)) or bool(_REFERENCE.search(before))


def _doubtful(word: str, line: str, after: int) -> bool:
    """Whether a stop behind ``word`` may be something else than the end of a sentence."""
    if not word or not word[-1].isalpha() or "." in word or len(word) == 1:
        return not word.endswith(_CLOSED)
    last = re.split(r"[-/(]", word)[-1]
    if last == "Art":  # also a word: "Leistungen jeder Art."
        return line[after : after + 1].isdigit()
    if last.lower().endswith("bl") or last.lower() in ABBREVIATIONS or _ROMAN.fullmatch(last):
        return True
    return not _VOWEL.search(last) and sum(map(str.isupper, last)) < 2


def _begins_with_number(word: str, line: str, after: int) -> bool:
    """A sentence may begin with a number ("24 Stunden nach …"), but a number after a short noun is rather its own."""
    return (
        line[after : after + 1].isdigit()
        and word[:1].islower()
        and len(word) > 3
        and not _NUMBER_THEN.match(line, after)
    )


def _enclosed(line: str) -> bytearray:
    """For each place between two characters, whether it is inside brackets or quotation marks closed in ``line``."""
    enclosed = bytearray(len(line) + 1)
    for opening, closing in (("(", ")"), ("„", "“”"), ("[", "]")):
        if opening not in line:
            continue
        opened: list[int] = []
        for i, sign in enumerate(line):
            if sign == opening:
                opened.append(i)
            elif sign in closing and opened:
                begin = opened.pop()
                if not opened:
                    enclosed[begin + 1 : i + 1] = b"\1" * (i - begin)
    return enclosed
