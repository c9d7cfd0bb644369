"""Single fields: identifiers, days, pages, and what markup leaves of a text."""

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_BEFORE_DOI = re.compile(
    r"^\s*(?:<|\[)?\s*(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*(?:https?://(?:dx\.)?doi\.org/)?)", re.I
)
_DAY = re.compile(r"^(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?/?)?)?$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}


def tidy(text: str) -> str:
    """Each line without the white space round it, none of them empty at either end; no sign that is none."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def doi_of(text: str) -> str:
    """The bare number in small letters; empty where the text is none. "doi:", addresses and a last dot go."""
    text = text.strip()
    bare = _BEFORE_DOI.sub("", text)
    if bare != text and "%" in bare:
        bare = unquote(bare)
    found = _DOI.fullmatch(bare.replace("\\_", "_").strip().rstrip(".,;>]\"' "))
    if not found:
        return ""
    doi = found[0].lower()
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;")
    return doi


def doi_in(text: str) -> str:
    """As ``doi_of``, where other words may stand round it."""
    found = _DOI.search(unquote(text))
    return doi_of(text) or (doi_of(found[0]) if found else "")


def day_of(text: str) -> str:
    """2021/03/05/, 2021-3, 2021 as ISO 8601; empty where there is more or other than a day."""
    found = _DAY.match(text.strip())
    if not found:
        return ""
    year, month, day = found.groups()
    if not month:
        return "" if day else year
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def month_of(text: str) -> int:
    """jan, January, Mai, 3, 03; 0 where it is none."""
    text = text.strip().lower().rstrip(".")
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else 0
    start = text[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else _GERMAN.get(start, 0)


def year_of(text: str) -> int | None:
    found = re.match(r"\s*(\d{4})(?!\d)", text)
    return int(found[1]) if found else None


def pages_of(first: str, last: str) -> str:
    return f"{first}-{last}" if first and last and last != first else first or last


def is_isbn(text: str) -> bool:
    digits = re.sub(r"[^0-9Xx]", "", text.split("(")[0])
    return len(digits) in (10, 13) and len(text) < 40


_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def speakable(text: str) -> str:
    """Without the signs no XML holds."""
    return _UNSPEAKABLE.sub("", text)
