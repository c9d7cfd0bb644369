"""What the columns of a table mean: as it was the last time, else guessed from their names."""

import hashlib
from collections.abc import Iterable

from rapidfuzz import fuzz

from nahtstelle.register.vocabulary.folding import fold

from .fields import FIELDS
from .models import Columns

LIKE_ENOUGH = 90  # of a header to a known word


def digest_of(headers: Iterable[str]) -> str:
    """The same for the same set of headers, however ordered and written."""
    return hashlib.sha256("\n".join(sorted(fold(header) for header in headers)).encode()).hexdigest()


def columns_of(kind: str, headers: list[str]) -> tuple[dict[str, str], bool]:
    """Header → field, and whether it was remembered."""
    known = Columns.objects.filter(kind=kind, digest=digest_of(headers)).first()
    if known is not None:
        names = {field.name for field in FIELDS[kind]}
        remembered = {header: known.columns.get(fold(header), "") for header in headers}
        return {header: name for header, name in remembered.items() if name in names}, True
    return guess(kind, headers), False


def guess(kind: str, headers: list[str]) -> dict[str, str]:
    """Header → field, each field at most once; exact words first, then likely spellings."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for exact in (True, False):
        for header in headers:
            if header in found:
                continue
            for field in FIELDS[kind]:
                if field.name not in taken and _means(fold(header), field.known_as, exact=exact):
                    found[header] = field.name
                    taken.add(field.name)
                    break
    return found


def _means(header: str, words: frozenset[str], *, exact: bool) -> bool:
    if exact:
        return header in words
    return len(header) > 4 and any(len(word) > 4 and fuzz.ratio(header, word) >= LIKE_ENOUGH for word in words)
