"""Where a work stands: pages, volume, DOI, as sources write them and as they mangle them."""

import re

_UNKNOWN = frozenset(["unknown", "none", "n/a", "na", "nan", "null", "-", "--", "pagination", "specified"])
_SHEET_DATE = re.compile(r"^\d{1,2}-(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)$")
_COUNT = re.compile(r"^\d+\s*(?:p|pp|pages|s|seiten)\.?$")
_NO_PAGES = re.compile(r"no pagination|no page|not specified|unpaginated|keine angabe|^n\.?\s?pag")
_RANGE = re.compile(
    r"([a-z]{0,4})[-. ]?(\d{1,9})(?:\.([a-z]{1,2}\d+))?(?:\s*(?:-+|[–—]|\bto\b|\bbis\b)\s*([a-z]{0,4})[-. ]?(\d{1,9})(?:\.[a-z]{1,2}\d+)?)?"
)
_ROMAN_RANGE = re.compile(r"^[ivxlc]+(?:\s*-+\s*([ivxlc]+))?$")
_NUMBER = re.compile(r"\d+")
_VERSION = re.compile(r"(?:[./]v\d{1,2}|\.version\d+)$")
# Registrants of preprints: their DOI stands beside the DOI of the paper printed later.
_PREPRINTS = (
    "10.1101/", "10.2139/ssrn", "10.48550/", "10.31234/", "10.31235/", "10.31219/", "10.21203/", "10.20944/",
    "10.36227/", "10.35542/", "10.26434/", "10.22541/",
)  # fmt: skip


def pages_of(text: str) -> tuple[str, str]:
    """First and last page; "123-9" ends on 129, "01-Sep" (a spreadsheet's 1-9) and "62 p" say no place. Empty: unknown."""
    text = text.strip().lower()
    if not text or text in _UNKNOWN or _COUNT.match(text) or _NO_PAGES.search(text) or _SHEET_DATE.match(text):
        return "", ""
    found = _RANGE.search(text.removeprefix("pp").removeprefix("p.").lstrip(". "))
    if found is None:
        return (text, text) if _ROMAN_RANGE.match(text) and "-" not in text else _roman(text)
    letter, first, last = found[1], found[2].lstrip("0") or "0", (found[5] or "").lstrip("0")
    if not last:
        return letter + first, ""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if int(last) < int(first):
        return letter + first, ""
    return letter + first, letter + last


def _roman(text: str) -> tuple[str, str]:
    found = _ROMAN_RANGE.match(text)
    return (text.split("-")[0].strip(), found[1]) if found else ("", "")


def number_of(text: str) -> str:
    """The first number of a volume or an issue; a lone closing bracket is the rest of something else."""
    text = text.strip().lower()
    if text in _UNKNOWN or (")" in text and "(" not in text):
        return ""
    found = _NUMBER.search(text)
    if found is None:
        return ""
    before = text[: found.start()]
    return "" if "suppl" in before or "(" in before else found[0].lstrip("0")


def is_version(one: str, other: str) -> bool:
    """Whether two DOIs are known to name versions of one work, or one is the other cut short."""
    if one.startswith(other) or other.startswith(one):
        return True
    if _VERSION.sub("", one) == _VERSION.sub("", other):
        return True
    return one.startswith(_PREPRINTS) != other.startswith(_PREPRINTS)
