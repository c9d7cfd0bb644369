"""What a mail answers, as the address says that our letter gave: a duty, an invitation, the letter of a dispatch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.replying import DUTY, Matter, asked_by, asked_in
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import staff
from nahtstelle.rooms.outreach.models import Recipient
from nahtstelle.rooms.outreach.replying import DISPATCH

from ..invitations.letters import INVITATION
from ..invitations.models import Invitation
from .models import Mail


@dataclass(frozen=True, slots=True)
class About:
    """The thing a mail answers about, and the person who had asked."""

    matter: Matter
    number: int
    asked_by: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Beside what an answer lies.

    ``asked`` gives, for the number that a letter signed, the thing it asked about and the person who asked; without it
    the thing itself was signed, and its answers have a way of their own: nobody is given the mail, no trail shows it.
    ``shown`` is a thing's name and address.
    """

    model: type[Model]
    asked: Callable[[int], tuple[int | None, int | None]] | None
    shown: Callable[[Any], tuple[str, str]]


def _asked_by_invitation(number: int) -> tuple[int, int | None]:
    return number, Invitation.objects.filter(pk=number).values_list("invited_by__person", flat=True).first()


PLACES: dict[Matter, Place] = {
    DUTY: Place(Duty, asked_in, lambda duty: (duty.subject_title, duty.link)),
    INVITATION: Place(
        Invitation, _asked_by_invitation, lambda invitation: (str(invitation), reverse("invitations:invitations"))
    ),
    DISPATCH: Place(Recipient, None, lambda to: (str(to.dispatch), reverse("outreach:mailed", args=[to.dispatch_id]))),
}
NAMED = {matter.name: place for matter, place in PLACES.items()}


def answered(addresses: Iterable[str], *, on: date) -> About | None:
    """What a mail to these addresses is about, if there still is such a thing."""
    found = asked_by(addresses, PLACES, on=on)
    if found is None:
        return None
    matter, signed = found
    place = PLACES[matter]
    number, asker = place.asked(signed) if place.asked else (signed, None)
    if number is None or not place.model._default_manager.filter(pk=number).exists():
        return None
    return About(matter, number, asker)


def keeper_of(about: About, *, on: date) -> Person | None:
    """Who asked, if they are staff and may read the mail; else somebody of the centre takes it."""
    return staff(on=on).filter(pk=about.asked_by).first()


def touched_by(mail: Mail) -> list[Model]:
    """In whose trail the mail is seen."""
    place = NAMED.get(mail.about_kind)
    return list(_things(place, mail)) if place and place.asked else []


def shown(mail: Mail) -> tuple[str, str]:
    """The matter's name and address; empty where there is none (any more)."""
    place = NAMED.get(mail.about_kind)
    thing = _things(place, mail).first() if place else None
    return place.shown(thing) if place and thing else ("", "")


def _things(place: Place, mail: Mail) -> QuerySet[Any]:
    return place.model._default_manager.filter(pk=mail.about_id)
