"""What the room law wants to know from the rooms above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .models import Act, Law, Provision, Reading


@dataclass(frozen=True, slots=True)
class Citing:
    """Something that cites a provision, as its own room describes it to this reader."""

    title: str
    address: str
    kind: str
    words: str  # the citation as it stands there
    part: str  # "Absatz 2 Satz 1", "" for the whole provision
    stand: object = None
    under_review: bool = False


# (provision, reader's account) → the things that reader may see, and how many there are in all
CitingAnswer = Callable[[Provision, Any], tuple[list[Citing], int]]
citing: list[CitingAnswer] = []


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a room above can do with a thing of ours: what stands on the button or link, and where it leads."""

    label: str
    address: str


# (act, reader's account) → what can be done with it above
ActOffers = Callable[[Act, Any], Iterable[Offer]]
act_offers: list[ActOffers] = []

# (law, one of its provisions or None for the whole) → how somebody without an account can be told of its changes: links
FollowOffers = Callable[[Law, Provision | None], Iterable[Offer]]
follow_offers: list[FollowOffers] = []

# readings, however many → sentences that say why they cannot be taken back
LeavingAnswer = Callable[[QuerySet[Reading]], Iterable[str]]
leaving: list[LeavingAnswer] = []


def cited_in(provision: Provision, reader: Any) -> tuple[list[Citing], int]:
    """What cites ``provision`` and ``reader`` may see: the first of each room, and the number in all."""
    found: list[Citing] = []
    number = 0
    for answer in citing:
        some, count = answer(provision, reader)
        found += some
        number += count
    return found, number


def objections_to_leaving(readings: QuerySet[Reading]) -> list[str]:
    """Why the rooms above cannot let go of these readings; nothing where they can."""
    return [str(sentence) for answer in leaving for sentence in answer(readings)]


def offers_for(act: Act, reader: Any) -> list[Offer]:
    """What the rooms above offer ``reader`` to do with an act."""
    return [offer for answer in act_offers for offer in answer(act, reader)]


def ways_to_follow(law: Law, provision: Provision | None = None) -> list[Offer]:
    """What the rooms above offer to whoever wants to hear of changes."""
    return [offer for answer in follow_offers for offer in answer(law, provision)]
