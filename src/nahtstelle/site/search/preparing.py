"""From an offer to what the index holds of it."""

from nahtstelle.engines.wording import Analyser, Field, levels_of
from nahtstelle.engines.wording.tokens import words

from .offers import Offer

TITLE, KICKER, LEAD, KEYWORDS, BODY = 5.0, 1.0, 2.0, 1.5, 1.0
ABOUT, MENTION = 40.0, 2.0
BODY_INDEXED = 200_000  # characters
WORD_LENGTHS = range(3, 61)


def terms_of(offer: Offer, analyser: Analyser) -> str:
    """The terms an offer is found under, each with its level."""
    levels = levels_of(
        (
            Field(offer.title if offer.heading is None else offer.heading, TITLE),
            Field("" if offer.heading is None else offer.title, KEYWORDS),
            Field(offer.kicker, KICKER),
            Field(offer.lead, LEAD),
            Field(offer.keywords, KEYWORDS),
            Field(offer.body[:BODY_INDEXED], BODY),
            Field("", ABOUT, terms=tuple(dict.fromkeys(offer.about))),
            Field("", MENTION, terms=offer.mentions),
        ),
        analyser,
    )
    return " ".join(f"{term}~{level}" for term, level in levels.items())


def bare_terms(terms: str) -> list[str]:
    """The terms of a page without their levels."""
    return [token.rpartition("~")[0] for token in terms.split(" ")] if terms else []


def spellings(analyser: Analyser, *texts: str) -> dict[str, str]:
    """The telling words of a page by their folded form, as they are written: what may be suggested."""
    found: dict[str, str] = {}
    for text in texts:
        for written in words(text[:BODY_INDEXED]):
            word = analyser.word(written)
            if word.whole and word.folded not in found and len(word.folded) in WORD_LENGTHS and word.folded.isalpha():
                found[word.folded] = written
    return found
