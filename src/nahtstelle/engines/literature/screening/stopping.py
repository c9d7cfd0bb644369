"""When enough has been read: a bound on what was missed, from a random sample of what nobody has read.

The ranking says what to read next; it cannot say what is left, and neither can a row of irrelevant records, whose length
has no stated meaning. So whoever wants to stop draws a random sample of the unread records and reads it wholly. How many
relevant records a sample without replacement holds follows the hypergeometric distribution; turned round (Clopper and
Pearson 1934, for a finite population) it bounds how many the unread records hold, whatever the ranking did before.

Looking again after more reading is another chance to be wrong: the k-th look spends the share 6/(pi k)² of the error, so
that all looks together, however many, hold at the stated confidence.
"""

import math
from dataclasses import dataclass

from scipy.stats import hypergeom  # type: ignore[import-untyped] # it has no stubs

CONFIDENCE = 0.95


class NoStatement(ValueError):
    """Nothing can be stated from these numbers; the message says why, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is known when somebody asks whether to stop.

    ``found`` were relevant among all read before the sample was drawn; ``unread`` records were left then, ``drawn`` of them
    were picked at random and read, ``hits`` of these were relevant. ``number`` counts the looks of this review from 1.
    """

    found: int
    unread: int
    drawn: int
    hits: int
    number: int = 1

    def __post_init__(self) -> None:
        if min(self.found, self.unread, self.drawn, self.hits) < 0 or self.number < 1:
            raise NoStatement("Counts of records cannot be negative, and looks are counted from 1.")
        if self.drawn > self.unread:
            raise NoStatement(f"{self.drawn} records cannot be drawn from {self.unread}.")
        if self.hits > self.drawn:
            raise NoStatement(f"{self.hits} of {self.drawn} records drawn cannot be relevant.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How much of what is relevant has been found, the sample's hits included.

    With probability ``confidence`` or more over the draw (and, for ``at_least``, over all looks of the review), recall is
    ``at_least`` that much and at most ``missing`` relevant records are unread. ``low`` to ``high`` is the two-sided interval
    of this look alone round ``estimate``.
    """

    estimate: float
    at_least: float
    low: float
    high: float
    missing: int
    confidence: float


def recall_from_sample(look: Look, *, confidence: float = CONFIDENCE) -> Recall:
    """What the sample allows to say. Without a sample nothing is known of the unread: at least 0.

    >>> recall_from_sample(Look(found=90, unread=4000, drawn=1200, hits=0)).missing
    8
    """
    if not 0.5 <= confidence < 1:
        raise NoStatement("A confidence lies between 0.5 and 1.")
    error = 1 - confidence
    missing = most_left(look, error=error * 6 / (math.pi * look.number) ** 2)
    most, least = most_left(look, error=error / 2), least_left(look, error=error / 2)
    rest = look.unread - look.drawn
    expected = look.hits / look.drawn * rest if look.drawn else float(rest)
    known = look.found + look.hits
    return Recall(
        estimate=_share(known, expected),
        at_least=_share(known, missing),
        low=_share(known, most),
        high=_share(known, least),
        missing=missing,
        confidence=confidence,
    )


def may_stop(look: Look, *, target: float = 0.95, confidence: float = CONFIDENCE) -> bool:
    """Whether recall of ``target`` or more is shown at this look."""
    return recall_from_sample(look, confidence=confidence).at_least >= target


def sample_needed(
    *, found: int, unread: int, target: float = 0.95, confidence: float = CONFIDENCE, number: int = 1
) -> int:
    """How many records to draw so that a sample without a hit shows ``target``. ``unread`` where only all of them do."""
    low, high = 0, unread
    while low < high:
        middle = (low + high) // 2
        if may_stop(
            Look(found=found, unread=unread, drawn=middle, hits=0, number=number), target=target, confidence=confidence
        ):
            high = middle
        else:
            low = middle + 1
    return low


def most_left(look: Look, *, error: float) -> int:
    """The largest number still unread after the sample under which so few hits are not rarer than ``error``."""
    low, high = look.hits, look.unread - look.drawn + look.hits  # in all that was unread before the draw
    while low < high:
        middle = (low + high + 1) // 2
        if hypergeom.cdf(look.hits, look.unread, middle, look.drawn) > error:
            low = middle
        else:
            high = middle - 1
    return low - look.hits


def least_left(look: Look, *, error: float) -> int:
    """The smallest number still unread after the sample under which so many hits are not rarer than ``error``."""
    low, high = look.hits, look.unread - look.drawn + look.hits
    while low < high:
        middle = (low + high) // 2
        if hypergeom.sf(look.hits - 1, look.unread, middle, look.drawn) > error:
            high = middle
        else:
            low = middle + 1
    return low - look.hits


def _share(known: int, left: float) -> float:
    if not left:
        return 1.0
    return known / (known + left)
