"""What a mail answers, as the address says that our letter gave: a duty, an invitation, the letter of a dispatch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.replying import DUTY, Matter, asked_by
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import staff
from nahtstelle.rooms.outreach.models import Recipient
from nahtstelle.rooms.outreach.replying import DISPATCH

from ..invitations.letters import INVITATION
from ..invitations.models import Invitation
from .models import Mail


@dataclass(frozen=True, slots=True)
class Place:
    """Beside what an answer lies.

    ``asked_by`` selects the person who asked about the thing of that number; without it the answer has a way of its
    own, where nobody is given the mail and no trail shows it. ``shown`` gives a thing's name and address.
    """

    model: type[Model]
    asked_by: Callable[[int], QuerySet[Any, Any]] | None
    shown: Callable[[Any], tuple[str, str]]


PLACES: dict[Matter, Place] = {
    DUTY: Place(
        Duty,
        lambda number: Duty.objects.filter(pk=number).values("delegated_by"),
        lambda duty: (duty.subject_title, duty.link),
    ),
    INVITATION: Place(
        Invitation,
        lambda number: Invitation.objects.filter(pk=number).values("invited_by__person"),
        lambda invitation: (str(invitation), reverse("invitations:invitations")),
    ),
    DISPATCH: Place(Recipient, None, lambda to: (str(to.dispatch), reverse("outreach:mailed", args=[to.dispatch_id]))),
}
NAMED = {matter.name: place for matter, place in PLACES.items()}


def answered(addresses: Iterable[str], *, on: date) -> tuple[Matter, int] | None:
    """The matter that a mail to these addresses is about, if there still is one."""
    found = asked_by(addresses, PLACES, on=on)
    return found if found and PLACES[found[0]].model._default_manager.filter(pk=found[1]).exists() else None


def keeper_of(matter: Matter, number: int, *, on: date) -> Person | None:
    """Who asked, if they are staff and may read the mail; else somebody of the centre takes it."""
    asked = PLACES[matter].asked_by
    return staff(on=on).filter(pk__in=asked(number)).first() if asked else None


def touched_by(mail: Mail) -> list[Model]:
    """In whose trail the mail is seen."""
    place = NAMED.get(mail.about_kind)
    return list(_things(place, mail)) if place and place.asked_by else []


def shown(mail: Mail) -> tuple[str, str]:
    """The matter's name and address; empty where there is none (any more)."""
    place = NAMED.get(mail.about_kind)
    thing = _things(place, mail).first() if place else None
    return place.shown(thing) if place and thing else ("", "")


def _things(place: Place, mail: Mail) -> QuerySet[Any]:
    return place.model._default_manager.filter(pk=mail.about_id)
