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


@fact("library.ReviewBegun", says=_("A review was begun"))
@dataclass(frozen=True, slots=True)
class ReviewBegun:
    review_id: int


@fact("library.ReviewChanged", says=_("What was said of a review was changed"))
@dataclass(frozen=True, slots=True)
class ReviewChanged:
    review_id: int


@fact("library.TeamChanged", says=_("The team of a review was changed"))
@dataclass(frozen=True, slots=True)
class TeamChanged:
    review_id: int
    member_id: int


@fact("library.LookDrawn", says=_("A sample of the unread works of a review was drawn"))
@dataclass(frozen=True, slots=True)
class LookDrawn:
    review_id: int
    look_id: int


@fact("library.AbstractSupplied", says=_("The abstract of a work was supplied"))
@dataclass(frozen=True, slots=True)
class AbstractSupplied:
    work_id: int
    review_id: int


@fact("library.ReviewClosed", says=_("A review was closed"))
@dataclass(frozen=True, slots=True)
class ReviewClosed:
    review_id: int
