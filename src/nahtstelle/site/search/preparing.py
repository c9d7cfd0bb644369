"""From an offer to what the index holds of it."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from nahtstelle.engines.wording import Analyser, Field, levels_of
from nahtstelle.engines.wording.tokens import words

from .offers import Offer

TITLE, KICKER, LEAD, KEYWORDS, BODY = 5.0, 1.0, 2.0, 1.5, 1.0
ABOUT, MENTION = 40.0, 2.0
BODY_INDEXED = 200_000  # characters


def prepared(offer: Offer, analyser: Analyser) -> tuple[dict[str, int], dict[str, str]]:
    """The terms an offer is found under, each with its level; and its words for suggestions (see ``spellings``)."""
    title, lead, body = (Counter(words(text)) for text in (offer.title, offer.lead, offer.body[:BODY_INDEXED]))
    levels = levels_of(
        (
            Field(title, TITLE) if offer.heading is None else Field.of(offer.heading, TITLE),
            Field() if offer.heading is None else Field(title, KEYWORDS),
            _repeated(offer.kicker, KICKER),
            Field(lead, LEAD),
            _repeated(offer.keywords, KEYWORDS),
            Field(body, BODY),
            Field({}, ABOUT, tuple(dict.fromkeys(offer.about))),
            Field({}, MENTION, offer.mentions),
        ),
        analyser,
    )
    return levels, _telling((title, lead, body), analyser)


@lru_cache(maxsize=256)
def _repeated(text: str, weight: float) -> Field:
    """Of words that document after document has, as all provisions have the names of their law."""
    return Field.of(text, weight)


def as_terms(levels: dict[str, int]) -> str:
    """The terms with their levels, as a page holds them."""
    return " ".join([f"{term}~{level}" for term, level in levels.items()])


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
            if word.telling:
                found.setdefault(word.folded, written)
    return found
