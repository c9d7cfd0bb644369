"""The PRISMA 2020 flow of a review (Page et al. 2021): counts in, a picture (SVG) and a table out.

Words are passed in, so that the same flow speaks German and English; ``ENGLISH`` and ``GERMAN`` are those of the statement.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from html import escape
from typing import NamedTuple


class DoesNotAddUp(ValueError):
    """The counts contradict each other; the message says where, for a person."""


class Reason(NamedTuple):
    text: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The counts of a review that is under way or done. ``pending``: still to be screened or read in full."""

    databases: int
    registers: int = 0
    other: int = 0
    duplicates: int = 0
    by_machine: int = 0
    removed_otherwise: int = 0
    screened: int = 0
    excluded: int = 0
    sought: int = 0
    not_retrieved: int = 0
    assessed: int = 0
    reasons: tuple[Reason, ...] = ()
    studies: int = 0
    reports: int = 0

    def __post_init__(self) -> None:
        counts = [getattr(self, field.name) for field in fields(self) if field.name != "reasons"]
        if min(*counts, *(reason.records for reason in self.reasons), 0) < 0:
            raise DoesNotAddUp("A count of the flow is negative.")
        if self.screened > self.left_to_screen:
            raise DoesNotAddUp(
                f"{self.screened} records screened are more than the {self.left_to_screen} that were there."
            )
        if self.excluded + self.sought > self.screened:
            raise DoesNotAddUp("More records were excluded or sought than were screened.")
        if self.not_retrieved + self.assessed > self.sought:
            raise DoesNotAddUp("More reports were assessed or not retrieved than were sought.")
        if self.excluded_reports + self.reports > self.assessed:
            raise DoesNotAddUp("More reports were excluded or included than were assessed.")

    @property
    def identified(self) -> int:
        return self.databases + self.registers + self.other

    @property
    def left_to_screen(self) -> int:
        return self.identified - self.duplicates - self.by_machine - self.removed_otherwise

    @property
    def excluded_reports(self) -> int:
        return sum(reason.records for reason in self.reasons)


ENGLISH: Mapping[str, str] = {
    "title": "PRISMA 2020 flow of the review",
    "identification": "Identification",
    "screening": "Screening",
    "included": "Included",
    "identified": "Records identified from",
    "databases": "Databases",
    "registers": "Registers",
    "other": "Other sources",
    "removed": "Records removed before screening",
    "duplicates": "Duplicates",
    "by_machine": "Marked as ineligible by automation tools",
    "removed_otherwise": "Removed for other reasons",
    "screened": "Records screened",
    "excluded": "Records excluded",
    "sought": "Reports sought for retrieval",
    "not_retrieved": "Reports not retrieved",
    "assessed": "Reports assessed for eligibility",
    "reports_excluded": "Reports excluded",
    "studies": "Studies included in the review",
    "reports": "Reports of included studies",
    "step": "Step",
    "count": "Number",
}
GERMAN: Mapping[str, str] = {
    "title": "PRISMA-2020-Flussdiagramm der Übersicht",
    "identification": "Identifikation",
    "screening": "Screening",
    "included": "Eingeschlossen",
    "identified": "Treffer gefunden in",
    "databases": "Datenbanken",
    "registers": "Register",
    "other": "Andere Quellen",
    "removed": "Vor dem Screening entfernt",
    "duplicates": "Dubletten",
    "by_machine": "Maschinell als ungeeignet erkannt",
    "removed_otherwise": "Aus anderen Gründen entfernt",
    "screened": "Gesichtete Treffer",
    "excluded": "Ausgeschlossene Treffer",
    "sought": "Angeforderte Volltexte",
    "not_retrieved": "Nicht beschaffte Volltexte",
    "assessed": "Auf Eignung geprüfte Volltexte",
    "reports_excluded": "Ausgeschlossene Volltexte",
    "studies": "In die Übersicht eingeschlossene Studien",
    "reports": "Berichte über eingeschlossene Studien",
    "step": "Schritt",
    "count": "Anzahl",
}

_LINE, _PAD, _WIDE, _GAP, _BAND, _SIGNS = 18, 12, 330, 50, 36, 44


def table(flow: Flow, words: Mapping[str, str] = ENGLISH) -> tuple[tuple[str, int], ...]:
    """Every count with its words, in the order of the flow: the picture for who does not see it."""
    rows = [(words[name], getattr(flow, name)) for name in ("databases", "registers", "other", "duplicates")]
    rows += [(words[name], getattr(flow, name)) for name in ("by_machine", "removed_otherwise", "screened", "excluded")]
    rows += [(words[name], getattr(flow, name)) for name in ("sought", "not_retrieved", "assessed")]
    rows += [(f"{words['reports_excluded']}: {reason.text}", reason.records) for reason in flow.reasons]
    return (*rows, (words["studies"], flow.studies), (words["reports"], flow.reports))


def svg(flow: Flow, words: Mapping[str, str] = ENGLISH) -> str:
    """The flow as a picture that scales, takes the colour of its surroundings and is told in title and desc."""

    def count(name: str) -> str:
        return f"{words[name]} (n = {getattr(flow, name)})"

    rows: list[tuple[str, list[str], list[str]]] = [
        (
            "identification",
            [f"{words['identified']}:", *_nonzero(flow, words, "databases", "registers", "other")],
            [f"{words['removed']}:", *_nonzero(flow, words, "duplicates", "by_machine", "removed_otherwise")],
        ),
        ("screening", [count("screened")], [count("excluded")]),
        ("screening", [count("sought")], [count("not_retrieved")]),
        ("screening", [count("assessed")], _excluded(flow, words)),
        ("included", [count("studies"), count("reports")], []),
    ]
    left = _BAND + 14
    right = left + _WIDE + _GAP
    width = right + _WIDE + 2
    top, boxes, spans = 2, [], dict[str, tuple[int, int]]()
    for number, (phase, main, side) in enumerate(rows):
        main, side = _folded(main), _folded(side)
        tall = max(len(main), len(side)) * _LINE + 2 * _PAD
        boxes.append(_box(left, top, tall, main))
        if side:
            boxes += [_box(right, top, tall, side), _arrow(left + _WIDE, top + tall // 2, right, top + tall // 2)]
        if number < len(rows) - 1:
            middle = left + _WIDE // 2
            boxes.append(_arrow(middle, top + tall, middle, top + tall + 30))
        spans[phase] = (spans.get(phase, (top, 0))[0], top + tall)
        top += tall + 30
    bands = [_band(words[phase], start, end) for phase, (start, end) in spans.items()]
    told = "; ".join(f"{text}: {number}" for text, number in table(flow, words))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top - 28}" role="img" '
        'aria-labelledby="prisma-title prisma-desc" font-family="sans-serif" font-size="13" fill="currentColor" '
        'stroke="none">'
        f'<title id="prisma-title">{escape(words["title"])}</title><desc id="prisma-desc">{escape(told)}.</desc>'
        '<defs><marker id="prisma-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0 8 4 0 8z"/></marker></defs>{"".join(bands)}{"".join(boxes)}</svg>\n'
    )


def _nonzero(flow: Flow, words: Mapping[str, str], first: str, *others: str) -> list[str]:
    """The first count always, the others where there is something to tell."""
    return [
        f"{words[name]} (n = {getattr(flow, name)})"
        for name in (first, *others)
        if name == first or getattr(flow, name)
    ]


def _excluded(flow: Flow, words: Mapping[str, str]) -> list[str]:
    if not flow.reasons:
        return [f"{words['reports_excluded']} (n = 0)"]
    return [f"{words['reports_excluded']}:", *(f"{reason.text} (n = {reason.records})" for reason in flow.reasons)]


_PIECES = re.compile(r"\(n = \d+\)|\S+")  # a count stays in one piece


def _folded(lines: Sequence[str]) -> list[str]:
    """Lines no longer than a box is wide; a word of any length is cut."""
    folded: list[str] = []
    for line in lines:
        row = ""
        for word in _PIECES.findall(line):
            while len(word) > _SIGNS:
                folded += [row] if row else []
                row, word = "", word
                folded.append(word[:_SIGNS])
                word = word[_SIGNS:]
            if row and len(row) + 1 + len(word) > _SIGNS:
                folded.append(row)
                row = word
            else:
                row = f"{row} {word}" if row else word
        folded += [row] if row else []
    return folded


def _box(x: int, y: int, tall: int, lines: Sequence[str]) -> str:
    start = y + (tall - len(lines) * _LINE) // 2 + 13
    texts = "".join(
        f'<text x="{x + _PAD}" y="{start + n * _LINE}">{escape(line)}</text>' for n, line in enumerate(lines)
    )
    return f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{tall}" rx="4" fill="none" stroke="currentColor"/>{texts}'


def _arrow(x1: int, y1: int, x2: int, y2: int) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor" marker-end="url(#prisma-tip)"/>'


def _band(text: str, start: int, end: int) -> str:
    middle = (start + end) // 2
    return (
        f'<rect x="1" y="{start}" width="{_BAND}" height="{end - start}" rx="4" fill="none" stroke="currentColor"/>'
        f'<text transform="translate({_BAND // 2 + 6} {middle}) rotate(-90)" text-anchor="middle" font-size="11" font-weight="bold">{escape(text)}</text>'
    )
