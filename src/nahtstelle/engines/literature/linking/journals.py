"""Whether two names mean one journal: abbreviated, with or without article and subtitle, as initials."""

import re
from enum import Enum
from functools import lru_cache

from rapidfuzz import fuzz

from nahtstelle.engines.literature.linking.folding import plain, words_of

_LITTLE = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "on",
        "an",
        "de",
        "der",
        "die",
        "das",
        "des",
        "dem",
        "und",
        "fur",
        "zur",
        "zum",
        "im",
        "la",
        "le",
        "les",
        "et",
        "en",
        "el",
        "los",
        "y",
        "a",
        "au",
        "du",
        "di",
        "da",
        "e",
        "to",
    ]
)
_REST = re.compile(r"\s*(?:\(|\[|:|/|=|\.\s*conference\b|;|,\s+(?:section|part)\b)", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:proceedings?|proc|conference|conf|symposium|workshop|congress|meeting|lecture notes|lncs|tagung|icis|ecis|hicss|"
    r"chi|cscw|acm|ieee|international joint)\b"
)
_FULL, _ALIKE = 88, 75


class Likeness(Enum):
    SAME = "same"
    ALIKE = "alike"
    UNKNOWN = "unknown"
    MEETINGS = "meetings"
    DIFFERENT = "different"


def journal_of(text: str) -> tuple[str, str]:
    """The words of the name, and those before a bracket, colon or ". Conference"."""
    text = plain(text)
    words = [word for word in words_of(text) if word not in _LITTLE]
    head = _REST.split(text, maxsplit=1)[0]
    short = [word for word in words_of(head) if word not in _LITTLE]
    return " ".join(words), " ".join(short or words)


def is_meeting(name: str) -> bool:
    return bool(_MEETING.search(name))


@lru_cache(maxsize=65536)
def journals_alike(one: str, one_head: str, other: str, other_head: str) -> Likeness:
    if not one or not other:
        return Likeness.UNKNOWN
    if one == other or one_head == other_head:
        return Likeness.SAME
    best = Likeness.DIFFERENT
    for left in {one, one_head}:
        for right in {other, other_head}:
            likeness = _compare(left.split(), right.split())
            if likeness is Likeness.SAME:
                return likeness
            if likeness is Likeness.ALIKE:
                best = likeness
    if best is Likeness.DIFFERENT:
        ratio = max(fuzz.ratio(one, other), fuzz.ratio(one_head, other_head))
        if ratio >= _FULL:
            return Likeness.SAME
        if ratio >= _ALIKE or fuzz.token_sort_ratio(one, other) >= _FULL:
            return Likeness.ALIKE
        if _MEETING.search(one) or _MEETING.search(other):
            return Likeness.MEETINGS
    return best


def _compare(left: list[str], right: list[str]) -> Likeness:
    if len(left) > len(right):
        left, right = right, left
    if not left:
        return Likeness.DIFFERENT
    if len(left) == len(right):
        return Likeness.SAME if all(map(_abbreviates, left, right)) else Likeness.DIFFERENT
    if len(left) == 1 and 2 < len(right) < 9 and left[0] == "".join(word[0] for word in right):
        return Likeness.SAME
    at = 0
    for word in left:
        while at < len(right) and not _abbreviates(word, right[at]):
            at += 1
        if at == len(right):
            return Likeness.DIFFERENT
        at += 1
    return Likeness.ALIKE


def _abbreviates(one: str, other: str) -> bool:
    """ "hypertens" for "hypertension", "intl" for "international", "j" for "journal"."""
    if len(one) > len(other):
        one, other = other, one
    if other.startswith(one):
        return True
    if one[0] != other[0] or len(one) < 3:
        return False
    if len(one) * 2 >= len(other) and fuzz.ratio(one, other) >= _FULL:
        return True
    letters = iter(other)
    return len(one) < 6 and one[-1] in other[-4:] and all(letter in letters for letter in one)
