"""Resumption tokens: where a list goes on, signed and kept by nobody.

A token names the last record that was given by (stamp, id). A record that changes while a harvester is under way gets a
later stamp and comes again at the end, or with the next harvest; none is passed over, however many change.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.core import signing

from .protocol import ProtocolError

SALT = "nahtstelle.feeds.oai"


@dataclass(frozen=True, slots=True)
class Place:
    """A list, and how far it was given."""

    verb: str
    prefix: str
    set: str = ""
    start: str = ""  # "from" is a word of Python's
    until: str = ""
    after_stamp: str = ""  # ISO
    after_id: int = 0
    given: int = 0


def token_for(place: Place) -> str:
    return signing.dumps(asdict(place), salt=SALT)


def place_of(token: str, *, verb: str) -> Place:
    """Raises ``ProtocolError`` (badResumptionToken) where the token was not made here, or for another verb."""
    try:
        place = Place(**signing.loads(token, salt=SALT))
        datetime.fromisoformat(place.after_stamp)
    except (signing.BadSignature, TypeError, ValueError) as damage:
        raise ProtocolError("badResumptionToken", "This resumptionToken is not one of ours.") from damage
    if place.verb != verb:
        raise ProtocolError("badResumptionToken", "This resumptionToken belongs to another verb.")
    return place
