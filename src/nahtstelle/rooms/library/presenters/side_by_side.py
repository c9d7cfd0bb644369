"""Two works field by field, with the words in which they differ."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..actions.merging import CHOSEN_FIELDS, PERSON
from ..models import Work

LONGER_IS_FULLER = ("title", "authors", "editors", "container", "abstract", "keywords", "pages", "issued")
_WORD = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
MOST_WORDS = 4_000  # beyond these nothing is marked


class Piece(NamedTuple):
    text: str
    marked: bool


class Line(NamedTuple):
    """One field of both. ``choice``: which side is preselected; empty where there is nothing to choose."""

    name: str
    label: str
    one: list[Piece]
    two: list[Piece]
    choice: str
    fills: str  # which side brings something the other one lacks

    @property
    def same(self) -> bool:
        return not self.choice and not self.fills


def spoken(work: Work, name: str) -> str:
    """A field as people read it."""
    value = getattr(work, name)
    if name in ("authors", "editors"):
        return "; ".join(", ".join(part for part in person if part) for person in value)
    if name == "keywords":
        return "; ".join(value)
    return "" if value is None or (name == "kind" and value == "document") else str(value)


def lines_of(one: Work, two: Work) -> list[Line]:
    """Every field of which one of them says something; the first ones in the order in which they are cited."""
    found = []
    for name in CHOSEN_FIELDS:
        left, right = spoken(one, name), spoken(two, name)
        if not left and not right:
            continue
        label = capfirst(str(Work._meta.get_field(name).verbose_name))
        choice = fills = ""
        if left and right and left != right:
            choice = preferred(one, two, name)
            marked = differing(left, right)
        else:
            fills = "" if left == right else "one" if left else "two"
            marked = [Piece(left, False)] if left else [], [Piece(right, False)] if right else []
        found.append(Line(name, label, *marked, choice, fills))
    return found


def preferred(one: Work, two: Work, name: str) -> str:
    """What a person set, then the fuller wording, then the older work's."""
    by_person = one.provenance.get(name) == PERSON, two.provenance.get(name) == PERSON
    if by_person[0] != by_person[1]:
        return "one" if by_person[0] else "two"
    if name in LONGER_IS_FULLER and len(spoken(two, name)) > len(spoken(one, name)):
        return "two"
    return "one"


def differing(one: str, two: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; marked are the words the other one has not in that place."""
    left, right = _WORD.findall(one), _WORD.findall(two)
    if len(left) + len(right) > MOST_WORDS:
        return [Piece(one, False)], [Piece(two, False)]
    ours: list[Piece] = []
    theirs: list[Piece] = []
    folded = [word.casefold() for word in left], [word.casefold() for word in right]
    for kind, a, b, c, d in SequenceMatcher(None, *folded, autojunk=False).get_opcodes():
        _add(ours, left[a:b], marked=kind != "equal")
        _add(theirs, right[c:d], marked=kind != "equal")
    return ours, theirs


def _add(pieces: list[Piece], words: Sequence[str], *, marked: bool) -> None:
    text = "".join(words)
    if text:
        pieces.append(Piece(text, marked and bool(text.strip())))


def cited(work: Work) -> str:
    """A work in one line: people, year, where."""
    people = [person[0] for person in work.authors if person and person[0]]
    names = ", ".join(people[:3]) + (" " + _("and others") if len(people) > 3 else "")
    return " · ".join(str(part) for part in (names, work.year, work.container) if part)


def sources_of(work: Work) -> list[dict[str, Any]]:
    """From which deliveries it is known."""
    return [
        {"source": record.batch.source, "number": record.number, "on": record.batch.given_at}
        for record in work.records.all()
    ]
