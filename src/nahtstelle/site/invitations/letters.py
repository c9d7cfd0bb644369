"""The letter of an invitation, with its signed link: good once, for two weeks."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.plumbing.links.signing import Link, Purpose, give_out, read_once
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.notices.replying import Matter, reply_headers
from nahtstelle.register.people.queries import person_for

from .models import Invitation

GOOD_FOR = timedelta(days=14)
ACCEPT = Purpose("invitations.accept", GOOD_FOR, once=True)
INVITATION = Matter("invitation", "i", Purpose("invitations.answer-by-mail", timedelta(days=60)))


def write(invitation: Invitation, *, at: datetime) -> Letter:
    token = give_out(ACCEPT, about=invitation.about, at=at, invitation=invitation.pk)
    with override(invitation.language):
        words = {
            "site_name": settings.SITE_NAME, "invitation": invitation, "inviter": invitation.invited_by.person.name,
            "link": settings.BASE_URL + reverse("invitations:accept", args=[token]), "days": GOOD_FOR.days,
        }  # fmt: skip
        return write_letter(
            key=f"invitation-{invitation.pk}-{at:%Y%m%d%H%M%S}", to=invitation.mail,
            person=person_for(invitation.mail),
            subject=_("%(who)s invites you to %(site)s") % {"who": words["inviter"], "site": settings.SITE_NAME},
            text=render_to_string("invitations/letters/invitation.txt", words), language=invitation.language,
            headers=reply_headers(INVITATION, invitation.pk, at=at), by=system("invitations"), at=at,
        )  # fmt: skip


def read(token: str, *, at: datetime) -> tuple[Link, Invitation]:
    """The invitation a link was made for. Raises ``NotNow`` with a sentence."""
    link = read_once(ACCEPT, token, at=at)
    found = Invitation.objects.select_related("project", "invited_by__person")
    invitation = found.filter(pk=link.values.get("invitation")).first()
    if invitation is None:
        raise NotNow(_("This invitation is no longer kept. Please ask for a new one."))
    return link, invitation
