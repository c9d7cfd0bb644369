"""The law named in front of its sign: "AufenthG § 25b Abs. 1", "HGB §§ 74 ff."."""

import re

from nahtstelle.engines.lawtext.citations import surface
from nahtstelle.engines.lawtext.citations.names import LawNames

_BEFORE = re.compile(
    r"(?<![\w/.-])(?P<law>SGB\s*+(?:[IVX]+|\d{1,2})|[A-ZÄÖÜ][\w/-]*)(?P<year>\s(?:18|19|20)\d\d)?\s*+(?P<mark>[:,])?\s*+\Z"
)
_LOOK_BACK = 60


def law_before(text: str, start: int, not_before: int, names: LawNames) -> tuple[int, str] | None:
    """Where the law written directly before ``start`` begins, and its citation name; None without one.

    Known names count also before a comma ("AufenthG, § 4a"), unknown abbreviations only directly before the sign.
    Nothing before ``not_before`` (the end of the reference before) is looked at.
    """
    begin = max(not_before, start - _LOOK_BACK)
    words = text[begin:start].split()
    if not words or not (words[-1][0].isupper() or words[-1][0].isdigit() or words[-1] in (":", ",")):
        return None
    found = _BEFORE.search(text, begin, start)
    if found is None:
        return None
    token = found["law"]
    # "… des Entwicklungshelfer-Gesetzes Artikel 16 …" is a list of contents; "Aufenthaltsgesetz § 5" names the law.
    law = names.abbreviated(token) or (None if token.endswith("s") else names.canonical(token))
    if law is None:
        unknown = surface.ABBREVIATION.fullmatch(token) is not None and surface.may_be_a_law(token)
        if not unknown or found["mark"] or surface.LOOKS_LIKE_A_LAW.search(token) is None:
            return None
        law = token
    return found.start(), law
