"""The law named in front of its sign: "AufenthG § 25b Abs. 1", "HGB §§ 74 ff."."""

import re

from nahtstelle.engines.lawtext.citations import surface
from nahtstelle.engines.lawtext.citations.names import LawNames
from nahtstelle.engines.lawtext.citations.social_code import with_arabic_number, with_roman_number

_BEFORE = re.compile(r"(?<![\w/.-])(?P<law>SGB\s*+(?:[IVX]+|\d{1,2})|[A-ZÄÖÜ][\w/-]*[A-ZÄÖÜ][\w/-]*?)(?P<year>\s(?:18|19|20)\d\d)?\s*+:?\s*+\Z")
_LOOK_BACK = 40


def law_before(text: str, start: int, not_before: int, names: LawNames) -> tuple[int, str] | None:
    """Where the law written directly before ``start`` begins, and its citation name; None without one.

    Only abbreviations count, and nothing before ``not_before`` (the end of the reference before).
    """
    found = _BEFORE.search(text[max(not_before, start - _LOOK_BACK) : start])
    if found is None:
        return None
    token = found["law"]
    law = names.abbreviated(token)
    if law is None:
        law = with_roman_number(token)
        if law == with_arabic_number(token):
            if surface.ABBREVIATION.fullmatch(token) is None or not _looks_like_a_law(token):
                return None
            law = token
    return start - len(found[0]), law


def _looks_like_a_law(token: str) -> bool:
    return surface.is_abbreviation_of_law(token) and re.search(r"(?:G|GB|O|V|VO|StG|PO)\Z", token) is not None
