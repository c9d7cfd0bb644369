"""How many of the works found were found when: the curve of a review, and what samples said."""

from typing import NamedTuple

from django.db.models import Count, Max, Q

from ..models import Item, Look, Review, Stage
from .reviews import IN_FULL, LIVE

POINTS = 60
UNDECIDED = ("", Item.Outcome.CONFLICT)


class Point(NamedTuple):
    read: int
    found: int


def curve_of(review: Review) -> list[Point]:
    """After so many works judged completely, so many went on; at most ``POINTS`` of them, evenly spread."""
    rows = (
        Item.objects.filter(LIVE, ~Q(title_outcome=""), review=review)
        .annotate(last=Max("decisions__number", filter=Q(decisions__stage=Stage.TITLE, decisions__prior=False)))
        .order_by("last", "place")
        .values_list("title_outcome", flat=True)
    )
    goes_on = (Item.Outcome.INCLUDED, Item.Outcome.MAYBE)
    whole, found = [Point(0, 0)], 0
    for read, outcome in enumerate(rows, start=1):
        found += outcome in goes_on
        whole.append(Point(read, found))
    if len(whole) <= POINTS:
        return whole
    chosen = sorted({round(n * (len(whole) - 1) / (POINTS - 1)) for n in range(POINTS)})
    return [whole[n] for n in chosen]


def looks_of(review: Review) -> list[Look]:
    """Newest first, each with how many were drawn and how many of them are still to be judged."""
    own = Q(items__twin=None, items__left_out=False, items__title_outcome__in=UNDECIDED)
    merged = Q(items__twin__left_out=False, items__twin__title_outcome__in=UNDECIDED)
    return list(
        review.looks.annotate(
            drawn_count=Count("items", distinct=True), left_count=Count("items", filter=own | merged, distinct=True)
        ).order_by("-number")
    )


def advised(review: Review) -> dict[str, int]:
    """How large a sample would have to be to show the target, if it holds nothing relevant."""
    from nahtstelle.engines.literature.screening.stopping import (
        sample_needed,  # reason: scipy's distributions take a second to load, and only this page needs them
    )

    items = Item.objects.filter(LIVE, review=review)
    found, unread = items.filter(IN_FULL).count(), items.filter(title_outcome="").count()
    number = review.looks.count() + 1
    needed = sample_needed(
        found=found, unread=unread, target=review.target_recall, confidence=review.confidence, number=number
    )
    return {"found": found, "unread": unread, "number": number, "needed": needed}
