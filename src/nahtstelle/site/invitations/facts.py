"""What can happen to an invitation."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("invitations.PersonInvited", says=_("Somebody was invited"))
@dataclass(frozen=True, slots=True)
class PersonInvited:
    invitation_id: int
    role: str
    project_id: int | None


@fact("invitations.InvitationSentAgain", says=_("An invitation was sent again"))
@dataclass(frozen=True, slots=True)
class InvitationSentAgain:
    invitation_id: int


@fact("invitations.InvitationWithdrawn", says=_("An invitation was withdrawn"))
@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    invitation_id: int


@fact("invitations.InvitationAccepted", says=_("An invitation was accepted"))
@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """The invited person took the role; that the role was given is a fact of its own."""

    invitation_id: int
    person_id: int


@fact("invitations.InvitationsForgotten", says=_("Old invitations were removed"))
@dataclass(frozen=True, slots=True)
class InvitationsForgotten:
    count: int
