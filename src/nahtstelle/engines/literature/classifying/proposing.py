"""Labels and learned words together: terms with a score and the words that spoke for them."""

from collections.abc import Mapping
from typing import NamedTuple

from nahtstelle.engines.literature.classifying.learning import Learned
from nahtstelle.engines.literature.classifying.matching import Matcher, Text

LEAST = 0.3  # below it nobody is asked
MOST = 8  # terms proposed for one text


class Proposal(NamedTuple):
    key: str
    score: float
    words: tuple[str, ...]


def propose(
    text: Text, matcher: Matcher, learned: Learned | None = None, given: Mapping[str, tuple[float, str]] | None = None
) -> list[Proposal]:
    """The surest first. ``given``: terms that a thesaurus the source used leads to, each with its weight and its word."""
    found = {key: (one.score, one.words) for key, one in matcher.find(text).items()}
    for key, (weight, word) in (given or {}).items():
        score, words = found.get(key, (0.0, ()))
        found[key] = 1 - (1 - score) * (1 - weight), (word, *(other for other in words if other != word))[:5]
    if learned is not None and learned.keys:
        for key, (sure, words) in learned.scores(f"{text.title} {text.abstract} {' '.join(text.keywords)}").items():
            named, spoke = found.get(key, (0.0, ()))
            # Where people have taught it, their word counts half, and alone it must be rather sure.
            found[key] = (named + sure) / 2 if named else 0.8 * sure, spoke or words
    proposals = [Proposal(key, round(score, 4), words) for key, (score, words) in found.items() if score >= LEAST]
    return sorted(proposals, key=lambda one: (-one.score, one.key))[:MOST]
