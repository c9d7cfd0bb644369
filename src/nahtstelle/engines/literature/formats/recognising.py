"""Which format a file has: by its bytes; the name decides only where they leave it open."""

import re

from .fields import doi_of

ENDINGS = {
    "ris": "ris", "bib": "bibtex", "bibtex": "bibtex", "json": "csl", "nbib": "medline", "csv": "csv", "tsv": "csv",
    "xlsx": "xlsx", "ciw": "wos",
}  # fmt: skip
MARKS = {
    "ris": re.compile(r"^\s?TY {0,2} ?-", re.MULTILINE),
    "medline": re.compile(r"^PMID ?- ", re.MULTILINE),
    "wos": re.compile(r"^(?:FN |VR 1|PT [JBSP]$)", re.MULTILINE),
    "bibtex": re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE),
}


def format_of(head: bytes, sample: str, name: str) -> str:
    """Empty where the file is none we know."""
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    text = sample.lstrip()
    if text.startswith("<"):
        if re.search(r"<PubmedArticle|<PubmedBookArticle", text):
            return "pubmed-xml"
        return "endnote" if re.search(r"<records?[\s>]", text) else ""
    if "\x00" in text[:1000]:
        return ""
    if re.match(r"\[\s*(?:\{|\]|$)|\{", text):
        return "csl"
    if text.startswith("key,kind,title,authors"):
        return "csv"  # our own; its cells may hold anything
    if ENDINGS.get(name.rsplit(".", 1)[-1].lower()) == "csv" and re.search(r"[,;\t]", text.split("\n", 1)[0]):
        return "csv"  # a cell may hold a line of any format
    first = _first_mark(sample)
    if first:
        return first
    lines = [line.strip() for line in text.split("\n")[:50] if line.strip() and not line.startswith("#")]
    if any(doi_of(line) for line in lines[:10]):
        return "dois"
    named = ENDINGS.get(name.rsplit(".", 1)[-1].lower(), "")
    if named and named != "xlsx":
        return named
    return "csv" if lines and re.search(r"[,;\t]", lines[0]) else ""


def _first_mark(sample: str) -> str:
    """The format whose mark comes first: further down, any format may stand in another's text."""
    found = [(match.start(), form) for form, mark in MARKS.items() if (match := mark.search(sample))]
    return min(found)[1] if found else ""
