"""What the room outputs wants to know from the rooms above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .models import PAGE_KIND, Output


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a room above can do with an output: a link, with the reason where it cannot be done now."""

    label: str
    address: str
    why_not: str = ""


# (output, reader's account) → what can be done with it above
OutputOffers = Callable[[Output, Any], Iterable[Offer]]
output_offers: list[OutputOffers] = []


# (output) → the address of the fixed place in which it stands, "" where it stands in none
PlaceAnswer = Callable[[Output], str]
places: list[PlaceAnswer] = []


def place_of(output: Output) -> str:
    """Where readers find an editorial page: the address of its place; "" for whatever stands in none."""
    return next(filter(None, (answer(output) for answer in places)), "") if output.kind.key == PAGE_KIND else ""


def offers_for(output: Output, reader: Any) -> list[Offer]:
    """What the rooms above offer ``reader`` to do with an output: with a publication, not with a page of the site."""
    if output.kind.key == PAGE_KIND:
        return []
    return [offer for answer in output_offers for offer in answer(output, reader)]
