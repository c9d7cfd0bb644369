"""``[vgl. @mueller2021, S. 12; @klee2020, Karte]``: groups of citations in running text.

The syntax is pandoc's. Between square brackets stand one or more citations, parted by semicolons; each names one key after
an ``@``, perhaps with words before it, and after a comma what of the work is meant and further words. ``-@key`` leaves out
who wrote it. What does not fit in every part is no citation and stays as it was typed.
"""

import re
from dataclasses import dataclass

CARD, WORK = "card", "work"
LONGEST = 2000  # characters between the brackets; a text that opens one and never closes it costs no more

_OPENING = re.compile(r"\[(?=[^\[\]]*@)")
_KEY = re.compile(r"(?<![\w.@])(-?)@(\w(?:[:.#$%&+?<>~/-]{0,2}\w)*)")
_CARD = re.compile(r"(?:Bewertungskarte|Karte|assessment card|card)\b", re.IGNORECASE)
_LABELS = (
    r"S\.|Seiten?|pp?\.|pages?|Kap\.|Kapiteln?|ch(?:ap)?\.|chapters?|Abb\.|Abbildung(?:en)?|figs?\.|figures?|Tab\.|Tabellen?"
    r"|tables?|Abschn\.|Abschnitte?|secs?\.|sections?|Rn\.|Rz\.|Fn\.|Anm\.|Anh\.|Anhang|app\.|appendix|Bd\.|vol\.|Nr\.|no\."
)
_NUMBER = r"[A-Za-z]{0,2}\.?\d+(?:\.\d+)*[a-z]?(?:\s?ff?\.|\s?[-–—]\s?[A-Za-z]?\d+(?:\.\d+)*[a-z]?)?"
_ROMAN = r"[ivxlcdmIVXLCDM]+(?:\s?[-–—]\s?[ivxlcdmIVXLCDM]+)?\b"
_ONE = rf"(?:{_NUMBER}|{_ROMAN})"
_NUMBERS = rf"{_ONE}(?:\s?(?:,|und|and|u\.|&)\s?{_NUMBER})*"
_LOCATOR = re.compile(rf"(?:(?:{_LABELS})\s?{_NUMBERS}|{_NUMBER})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cite:
    """One work named in a group. ``locator`` is what of it is meant, as it was written: "S. 12"."""

    key: str
    start: int  # of the key itself, without its sign
    end: int
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    means: str = WORK  # or ``CARD``: not the publication, but what its assessment card says
    without_author: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two brackets, the brackets included."""

    start: int
    end: int
    cites: tuple[Cite, ...]


def find_groups(text: str) -> list[Group]:
    """All groups of citations in a text, in their order."""
    found: list[Group] = []
    at = 0
    while opening := _OPENING.search(text, at):
        group = group_at(text, opening.start())
        if group is None:
            at = opening.start() + 1
        else:
            found.append(group)
            at = group.end
    return found


def group_at(text: str, start: int) -> Group | None:
    """The group of citations that begins at ``start``, where an opening bracket stands."""
    end = text.find("]", start, start + LONGEST)
    if end < 0 or "[" in text[start + 1 : end] or "\n\n" in text[start:end]:
        return None
    cites: list[Cite] = []
    at = start + 1
    for part in text[at:end].split(";"):
        cite = _cite(part, at)
        if cite is None:
            return None
        cites.append(cite)
        at += len(part) + 1
    return Group(start, end + 1, tuple(cites))


def _cite(part: str, at: int) -> Cite | None:
    keys = list(_KEY.finditer(part))
    if len(keys) != 1:
        return None
    key = keys[0]
    after = part[key.end() :]
    if after[:1].isspace():  # "@klee2020 S. 12": the comma may be missing before what is meant
        after = "," + after if after.strip()[:1] not in (",", "") else after.lstrip()
    if after and after[0] != ",":
        return None
    means, locator, suffix = _meant(" ".join(after[1:].split()))
    return Cite(
        key=key[2], start=at + key.start(2), end=at + key.end(2), locator=locator, suffix=suffix, means=means,
        prefix=" ".join(part[: key.start()].split()), without_author=bool(key[1]),
    )  # fmt: skip


def _meant(words: str) -> tuple[str, str, str]:
    """What is meant of a work, where in it, and what else is said."""
    means = WORK
    if card := _CARD.match(words):
        means, words = CARD, words[card.end() :].lstrip(" ,")
    found = _LOCATOR.match(words)
    if found is None:
        return means, "", words
    return means, found[0], words[found.end() :].lstrip(" ,")
