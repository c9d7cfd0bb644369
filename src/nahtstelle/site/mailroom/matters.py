"""What a mail answers, as the address says that our letter gave: a duty, an invitation, the letter of a dispatch."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
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

MATTERS: dict[Matter, type[Model]] = {DUTY: Duty, DISPATCH: Recipient, INVITATION: Invitation}


def answered(addresses: Iterable[str], *, on: date) -> tuple[Matter, int] | None:
    """The matter that a mail to these addresses is about, if there still is one."""
    found = asked_by(addresses, MATTERS, on=on)
    return found if found and MATTERS[found[0]]._default_manager.filter(pk=found[1]).exists() else None


def keeper_of(matter: Matter, number: int, *, on: date) -> Person | None:
    """Who asked, if they are staff and may read the mail; else somebody of the centre takes it."""
    if matter is DUTY:
        asked = Duty.objects.filter(pk=number).values("delegated_by")
    elif matter is INVITATION:
        asked = Invitation.objects.filter(pk=number).values("invited_by__person")
    else:
        return None
    return staff(on=on).filter(pk__in=asked).first()


def touched_by(mail: Mail) -> list[Model]:
    """In whose trail the mail is seen; a dispatch has its own way."""
    model = {DUTY.name: Duty, INVITATION.name: Invitation}.get(mail.about_kind)
    return list(model._default_manager.filter(pk=mail.about_id)) if model else []


def shown(mail: Mail) -> tuple[str, str]:
    """The matter's name and address; empty where there is none (any more)."""
    if mail.about_kind == DUTY.name and (duty := Duty.objects.filter(pk=mail.about_id).first()):
        return duty.subject_title, duty.link
    if mail.about_kind == INVITATION.name and (one := Invitation.objects.filter(pk=mail.about_id).first()):
        return str(one), reverse("invitations:invitations")
    recipients = Recipient.objects.select_related("dispatch")
    if mail.about_kind == DISPATCH.name and (to := recipients.filter(pk=mail.about_id).first()):
        return str(to.dispatch), reverse("outreach:mailed", args=[to.dispatch_id])
    return "", ""
