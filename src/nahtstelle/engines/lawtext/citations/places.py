"""Where a § is no citation of a law: places in commentaries and court reports, headings."""

import re

_MARGINAL_NUMBER = re.compile(
    r"\s*+,?\s*+(?:Stand:?\s++\S{2,12}(?:\s++\d{4})?,?\s*+)?(?:Erl\.?\s*+\d+,?\s*+)?(?:[A-Z](?:\s[IVX]+)?\s++)?"
    r"(?:Rn|Rdn|RdNr|Rdnr|Rz|Randn|Randnr|Randz|Randnummer|Randziffer|Tz|Anm)(?:n|rn)?\.?\s*+(?:[A-Z]\s?)?\d"
)
_REPORTER_BEFORE = re.compile(
    r"(?:\b(?:SozR|Buchholz|BGHR|AP|EzA|EzAÜG|LAGE|EzS)\b[^§();]{0,28}|\bAufl(?:\.|age)(?:\s*+,?\s*+\d{4})?\s*+,\s*+|\bNr\.?\s*+\d+\s?/\s?\d\d\s*+,\s*+"
    r"|\bS\.?\s?\d+(?:\s?ff?\.?)?\s++zu\s++|a\.\s?a\.\s?O\.\s*+,\s*+|aaO\s*+,\s*+)\Z"
)
_LINE_BEGINS = re.compile(r"(?:\A|\n)[\s„“\"'»]*\Z")
_HEADING = re.compile(r"[ \t]*(?:\n|\Z|[A-ZÄÖÜ][\wäöüß-]*(?=\s|\Z))")
_LOOK_BACK = 48


def is_place_in_literature(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` names a passage of a commentary, a court report or explanatory notes.

    Such a passage has a marginal number behind it ("§ 60c AufenthG Rn. 10") or a collection before it ("SozR 4-4200
    § 7").
    """
    if _MARGINAL_NUMBER.match(text, end) is not None:
        return True
    return _REPORTER_BEFORE.search(text[max(0, start - _LOOK_BACK) : start]) is not None


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether a § without a law is the heading of a provision: "§ 7 Umfang des Versicherungsschutzes" on its own line.

    A single § that is a whole line says nothing else either.
    """
    if _LINE_BEGINS.search(text[max(0, start - 8) : start]) is None:
        return False
    return _HEADING.match(text, end) is not None
