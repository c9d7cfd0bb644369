"""A work out of its records, field by field: which record each field is taken from. Values in, values out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nahtstelle.engines.literature.folding import bare
from nahtstelle.engines.literature.screening.languages import language_of
from nahtstelle.register.vocabulary.folding import fold

PERSON = "person"  # the provenance of what somebody set by hand
WORDS = "words"  # … of a language told from the words
TEXTS = {
    "issued": 10, "container": 500, "volume": 60, "issue": 60, "pages": 60, "publisher": 300, "place": 200,
    "edition": 100, "doi": 255, "isbn": 60, "issn": 60, "pmid": 30, "url": 1000,
}  # fmt: skip
LISTS = ("authors", "editors", "keywords")
# The fields of a work that are taken from records, in the order they are shown.
FIELDS = ("kind", "title", "authors", "editors", "year", *TEXTS, "language", "abstract", "keywords")
# The publication itself speaks before what is only related to it.
RANKS = {"same": 0, "edition": 1, "accepted": 2, "preprint": 3, "report": 4, "translation": 5}
_LANGUAGES = {
    "de": "de", "ger": "de", "deu": "de", "german": "de", "deutsch": "de", "en": "en", "eng": "en", "english": "en",
    "englisch": "en", "fr": "fr", "fre": "fr", "fra": "fr", "french": "fr", "es": "es", "spa": "es", "spanish": "es",
    "it": "it", "ita": "it", "italian": "it", "tr": "tr", "tur": "tr", "turkish": "tr", "ar": "ar", "ara": "ar",
    "arabic": "ar", "ru": "ru", "rus": "ru", "russian": "ru", "uk": "uk", "ukr": "uk", "ukrainian": "uk", "pl": "pl",
    "pol": "pl", "polish": "pl", "nl": "nl", "dut": "nl", "nld": "nl", "dutch": "nl", "pt": "pt", "por": "pt",
    "portuguese": "pt", "sv": "sv", "swe": "sv", "swedish": "sv", "da": "da", "dan": "da", "danish": "da",
    "fa": "fa", "per": "fa", "fas": "fa", "persian": "fa", "ro": "ro", "rum": "ro", "ron": "ro", "romanian": "ro",
}  # fmt: skip
_ENOUGH, _READ = 40, 300  # signs from which on the words tell a language, and up to which they are read


@dataclass(frozen=True, slots=True)
class Source:
    """What one record gives: its id, how it relates to the work, its values."""

    pk: int
    version: str
    values: Mapping[str, Any]

    @property
    def order(self) -> tuple[int, bool, int]:
        return RANKS.get(self.version, 9), not self.values.get("doi"), self.pk


def assembled(
    sources: Sequence[Source], *, now: Mapping[str, Any], provenance: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of a work and where each comes from.

    What a person set stays, and so does what no record ever said (a work nobody imported). A field whose record is gone
    is taken from another or emptied.
    """
    ordered = sorted(sources, key=lambda source: source.order)
    told: dict[str, Any] = {}
    whence: dict[str, str] = {}
    for name in FIELDS:
        before = provenance.get(name, "")
        if before == PERSON or (not before and now.get(name) not in (None, "", [], "document")):
            told[name] = now[name]
            whence[name] = PERSON
            continue
        value, source = _best(name, ordered)
        told[name] = value
        if source:
            whence[name] = source
    return told, whence


def _best(name: str, ordered: Sequence[Source]) -> tuple[Any, str]:
    if name == "language":
        return _language(ordered)
    for source in ordered:
        value = value_of(name, source.values)
        if value not in (None, "", [], "document"):
            return value, f"record:{source.pk}"
    return {"year": None, "kind": "document"}.get(name, [] if name in LISTS else ""), ""


def value_of(name: str, values: Mapping[str, Any]) -> Any:
    """What a record says of a field of works, as long as a work has room for it."""
    value = values.get(name)
    if name in TEXTS:
        text = str(value or "")
        return text if len(text) <= TEXTS[name] else text[: TEXTS[name] - 1] + "…"
    if name == "kind":
        return str(value or "document")[:30]
    if name == "language":
        return _LANGUAGES.get(re.split(r"[-_;, ]", str(value or "").lower())[0], "")
    if name == "year":
        return value if isinstance(value, int) and 0 < value < 10_000 else None
    return list(value or []) if name in LISTS else str(value or "")


def _language(ordered: Sequence[Source]) -> tuple[str, str]:
    for source in ordered:
        if named := value_of("language", source.values):
            return named, f"record:{source.pk}"
    for source in ordered:
        words = f"{source.values.get('title', '')} {source.values.get('abstract', '')}"[:_READ]
        if len(words) >= _ENOUGH and (code := language_of(words)):
            return code, WORDS
    return "", ""


def folded(fields: Mapping[str, Any], citekey: str) -> str:
    """What the list's search looks in."""
    people = " ".join(" ".join(name) for name in (*fields["authors"], *fields["editors"]))
    doi = fields["doi"]
    return " ".join(filter(None, (fold(f"{fields['title']} {people} {fields['container']} {citekey}"), doi)))[:4_000]


def first_author(fields: Mapping[str, Any]) -> str:
    names = fields["authors"] or fields["editors"]
    return fold(" ".join(names[0]))[:120] if names else ""


_LITTLE = frozenset(
    [
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "einer",
        "eines",
        "und",
        "oder",
        "von",
        "vom",
        "zur",
        "zum",
        "zu",
        "im",
        "in",
        "den",
        "dem",
        "des",
        "auf",
        "fur",
        "mit",
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "for",
        "on",
        "to",
        "with",
        "from",
        "is",
        "are",
        "how",
        "what",
        "why",
        "does",
        "do",
        "wie",
        "was",
        "wer",
        "les",
        "la",
        "le",
        "de",
        "du",
        "des",
        "une",
        "un",
        "el",
        "los",
        "las",
        "retracted",
        "withdrawn",
        "article",
    ]
)


def citekey_of(fields: Mapping[str, Any]) -> str:
    """mueller2021arbeitsmarkt: family, year, first word of weight of the title; not yet unique."""
    names = fields["authors"] or fields["editors"]
    family = _ascii(names[0][0]) if names else ""
    words = [
        word for word in re.split(r"[\W_]+", str(fields["title"]).lower()) if word not in _LITTLE and len(word) > 2
    ]
    year = str(fields["year"] or "")
    word = next((made for word in words if (made := _ascii(word))), "")
    return (f"{family[:30]}{year}{word[:25]}")[:70] or "werk"


_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "ı": "i"})


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", bare(text.lower().translate(_SPELT)))
