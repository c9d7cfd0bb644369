"""What a record says of the fate of a publication: corrected, doubted, retracted, replaced; its own or another's.

PubMed marks the publication ("Retracted Publication", ``RIN``, ``EIN``) and the notice ("Retraction of Publication", ``ROF``);
Crossref names what a notice updates (``update-to``) and, the other way round, ``updated-by``; publishers write it before the
title ("RETRACTED: …").
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .formats.fields import doi_in, doi_of
from .records import Record

CORRECTION, CONCERN, RETRACTION, SUPERSEDED = "correction", "concern", "retraction", "superseded"


@dataclass(frozen=True, slots=True)
class Mark:
    """``of``: the DOI of the publication it befell; empty: the record's own. ``doi``: the DOI of the notice."""

    kind: str
    words: str
    doi: str = ""
    of: str = ""


_TITLE = (
    (RETRACTION, re.compile(r"^\W*(?:retracted|withdrawn)(?: article| paper| chapter)?\s*[:\]\-–—]", re.IGNORECASE)),
    (RETRACTION, re.compile(r"[\[(](?:retracted|withdrawn)(?: article[^\])]*)?[\])]\W*$", re.IGNORECASE)),
    (RETRACTION, re.compile(r"^\W*(?:zurückgezogen|zurückgezogener artikel)\s*[:\]\-–—]", re.IGNORECASE)),
)
# Publication types, as PubMed, Scopus, Web of Science and Crossref write them.
_TYPES = {
    "retracted publication": RETRACTION, "retracted": RETRACTION, "retracted article": RETRACTION,
    "corrected and republished article": CORRECTION, "expression of concern published": CONCERN,
}  # fmt: skip
_TYPE_TAG = re.compile(
    r"(?:^|/)(?:PT|M3|DT|PublicationType|Document Type|Publication Type|genre|status)$", re.IGNORECASE
)
# Where PubMed says what was published about the record itself (…In), and about which other the record is (…For, …Of).
_OWN = {
    "RIN": RETRACTION, "EIN": CORRECTION, "ECI": CONCERN, "CRI": CORRECTION,
    "RetractionIn": RETRACTION, "ErratumIn": CORRECTION, "ExpressionOfConcernIn": CONCERN,
    "CorrectedandRepublishedIn": CORRECTION,
}  # fmt: skip
_OTHERS = {
    "ROF": RETRACTION, "EFR": CORRECTION, "ECF": CONCERN, "CRF": CORRECTION,
    "RetractionOf": RETRACTION, "ErratumFor": CORRECTION, "ExpressionOfConcernFor": CONCERN,
    "CorrectedandRepublishedFrom": CORRECTION,
}  # fmt: skip
_REF_TYPE = re.compile(r"CommentsCorrections\[(\w+)\]/RefSource$")
_UPDATES = {
    "retraction": RETRACTION, "partial_retraction": RETRACTION, "withdrawal": RETRACTION, "removal": RETRACTION,
    "expression_of_concern": CONCERN, "correction": CORRECTION, "corrigendum": CORRECTION, "erratum": CORRECTION,
    "addendum": CORRECTION, "new_version": SUPERSEDED, "new_edition": SUPERSEDED,
}  # fmt: skip


def marks_of(record: Record) -> list[Mark]:
    """Each once; of the same kind only the one that says most."""
    best: dict[tuple[str, str], Mark] = {}
    for mark in _marks(record):
        known = best.get((mark.kind, mark.of))
        if known is None or (mark.doi and not known.doi):
            best[mark.kind, mark.of] = mark
    return list(best.values())


def _marks(record: Record) -> Iterator[Mark]:
    for kind, pattern in _TITLE:
        if pattern.search(record.title):
            yield Mark(kind, record.title)
    for tag, text in record.extras:
        if _TYPE_TAG.search(tag) and (named := _TYPES.get(text.strip().rstrip(".").lower())):
            yield Mark(named, text)
        found = _REF_TYPE.search(tag)
        name = found[1] if found else tag
        if name in _OWN:
            yield Mark(_OWN[name], text, doi=doi_in(text))
        elif name in _OTHERS and (target := doi_in(text)) and target != record.doi:
            yield Mark(_OTHERS[name], text, doi=record.doi, of=target)
        elif tag in ("update-to", "updated-by"):
            yield from _updates(record, tag, text)


def _updates(record: Record, tag: str, text: str) -> Iterator[Mark]:
    try:
        told = json.loads(text)
    except ValueError:
        return
    for one in told if isinstance(told, list) else [told]:
        if not isinstance(one, dict):
            continue
        kind = _UPDATES.get(str(one.get("type", "")).lower().replace("-", "_").replace(" ", "_"))
        doi = doi_of(str(one.get("DOI", "")))
        words = str(one.get("label") or one.get("type") or "")
        if kind and tag == "updated-by":
            yield Mark(kind, words, doi=doi)
        elif kind and doi and doi != record.doi:
            yield Mark(kind, record.title or words, doi=record.doi, of=doi)
