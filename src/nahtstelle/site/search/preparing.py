"""From an offer to what the index holds of it."""

from collections import Counter
from collections.abc import Iterable

from nahtstelle.engines.wording import Analyser, Field, levels_of
from nahtstelle.engines.wording.tokens import words

from .offers import Offer

TITLE, KICKER, LEAD, KEYWORDS, BODY = 5.0, 1.0, 2.0, 1.5, 1.0
ABOUT, MENTION = 40.0, 2.0
BODY_INDEXED = 200_000  # characters
WORD_LENGTHS = range(3, 61)


def prepared(offer: Offer, analyser: Analyser) -> tuple[str, dict[str, str]]:
    """The terms an offer is found under, each with its level; and its words for suggestions."""
    title, lead, body = (Counter(words(text)) for text in (offer.title, offer.lead, offer.body[:BODY_INDEXED]))
    levels = levels_of(
        (
            Field(title, TITLE) if offer.heading is None else Field.of(offer.heading, TITLE),
            Field() if offer.heading is None else Field(title, KEYWORDS),
            Field.of(offer.kicker, KICKER),
            Field(lead, LEAD),
            Field.of(offer.keywords, KEYWORDS),
            Field(body, BODY),
            Field({}, ABOUT, tuple(dict.fromkeys(offer.about))),
            Field({}, MENTION, offer.mentions),
        ),
        analyser,
    )
    terms = " ".join([f"{term}~{level}" for term, level in levels.items()])
    return terms, _telling((title, lead, body), analyser)


def bare_terms(terms: str) -> list[str]:
    """The terms of a page without their levels."""
    return [token[:-2] for token in terms.split(" ")] if terms else []  # a level is one digit


def spellings(analyser: Analyser, *texts: str) -> dict[str, str]:
    """The telling words of a page by their folded form, as they are written: what may be suggested."""
    return _telling((words(text[:BODY_INDEXED]) for text in texts), analyser)


def _telling(texts: Iterable[Iterable[str]], analyser: Analyser) -> dict[str, str]:
    found: dict[str, str] = {}
    known, analyse = analyser.known.get, analyser.word
    for text in texts:
        for written in text:
            word = known(written) or analyse(written)
            if word.whole and len(word.folded) in WORD_LENGTHS and word.folded.isalpha():
                found.setdefault(word.folded, written)
    return found
