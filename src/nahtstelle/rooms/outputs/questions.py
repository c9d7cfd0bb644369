"""What the room outputs wants to know from the rooms above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .models import Output


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a room above can do with an output: a link, with the reason where it cannot be done now."""

    label: str
    address: str
    why_not: str = ""


# (output, reader's account) → what can be done with it above
OutputOffers = Callable[[Output, Any], Iterable[Offer]]
output_offers: list[OutputOffers] = []


def offers_for(output: Output, reader: Any) -> list[Offer]:
    """What the rooms above offer ``reader`` to do with an output."""
    return [offer for answer in output_offers for offer in answer(output, reader)]
