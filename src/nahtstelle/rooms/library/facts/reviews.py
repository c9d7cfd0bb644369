"""What can happen to a review."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.ReviewOpened", says=_("The screening of a review was opened"))
@dataclass(frozen=True, slots=True)
class ReviewOpened:
    review_id: int


@fact("library.PoolChanged", says=_("Works were added to the pool of a review"))
@dataclass(frozen=True, slots=True)
class PoolChanged:
    review_id: int


@fact("library.DecisionMade", says=_("A work was screened"))
@dataclass(frozen=True, slots=True)
class DecisionMade:
    """``number`` is its place in the log of the review."""

    review_id: int
    number: int
    stage: str


@fact("library.ReviewClosed", says=_("A review was closed"))
@dataclass(frozen=True, slots=True)
class ReviewClosed:
    review_id: int
