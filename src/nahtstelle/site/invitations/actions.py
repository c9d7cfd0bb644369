"""Inviting, sending again, withdrawing, accepting, forgetting."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.links.signing import Link, take_back, use
from nahtstelle.register.people.actions import add_person, create_account, grant_role
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import account_for, person_for
from nahtstelle.register.programmes.actions import engage
from nahtstelle.register.programmes.models import Project

from . import letters, rules
from .facts import InvitationAccepted, InvitationSentAgain, InvitationsForgotten, InvitationWithdrawn, PersonInvited
from .models import Invitation

KEPT = timedelta(days=365)


@transaction.atomic
def invite(
    *, account: Account, mail: str, at: datetime, centre_role: str = "", project: Project | None = None,
    project_role: str = "", last_day: date | None = None, language: str = "de", words: str = "",
) -> Invitation:  # fmt: skip
    """Invite an address to a role, at the centre or in a project, and write the letter.

    Raises ``NotYours`` where this account may not, ``NotNow`` where the person holds the role or was invited already.
    """
    today = timezone.localdate(at)
    if project is not None:
        rules.check_may_invite_to_project(account, project, project_role, on=today)
    else:
        rules.check_may_invite_to_centre(account, on=today)
    rules.check_not_oneself(account, mail)
    rules.check_last_day(last_day, on=today)
    to = {"centre_role": centre_role, "project": project, "project_role": project_role}
    rules.check_not_there_yet(mail, on=today, **to)
    rules.check_not_invited_yet(mail, **to)
    invitation = Invitation.objects.create(
        mail=mail, language=language, words=words.strip(), last_day=last_day, invited_by=account, invited_at=at,
        sent_at=at, until=at + letters.GOOD_FOR, **to,
    )  # fmt: skip
    fact = PersonInvited(invitation.pk, centre_role or project_role, project.pk if project else None)
    touched: list[Touched | Project] = [Touched(invitation, {"role": (None, centre_role or project_role)})]
    record(fact, by=account.actor, at=at, touched=[*touched, *([project] if project else [])])
    letters.write(invitation, at=at)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, account: Account, at: datetime) -> Invitation:
    """A new letter with a new link; the one before is worth nothing any more."""
    invitation = _locked(invitation)
    rules.check_may_keep(account, invitation, on=timezone.localdate(at))
    rules.check_waiting(invitation)
    if at - invitation.sent_at < timedelta(minutes=1):
        return invitation  # the button was pressed twice
    take_back(letters.ACCEPT, about=invitation.about, at=at)
    invitation.sent_at, invitation.until = at, at + letters.GOOD_FOR
    invitation.save(update_fields=["sent_at", "until"])
    record(InvitationSentAgain(invitation.pk), by=account.actor, at=at, touched=[invitation])
    letters.write(invitation, at=at)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, account: Account, at: datetime) -> Invitation:
    """Its link says from now on that it was taken back."""
    invitation = _locked(invitation)
    rules.check_may_keep(account, invitation, on=timezone.localdate(at))
    if invitation.withdrawn_at is not None:
        return invitation
    rules.check_waiting(invitation)
    take_back(letters.ACCEPT, about=invitation.about, at=at)
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record(InvitationWithdrawn(invitation.pk), by=account.actor, at=at, touched=[invitation])
    return invitation


def accept(*, link: Link, invitation: Invitation, at: datetime, name: str = "", password: str | None = None) -> Account:
    """The invited person takes the role; whoever is not known yet is added, with an account.

    The role is given by who invited, if they still may: nobody gives themselves a role. Raises ``NotNow`` with a
    sentence where that, the role or the account stands in the way; nothing has changed then, and the link stays good.
    """
    with transaction.atomic():
        use(link, at=at)
        invitation = _locked(invitation)
        rules.check_waiting(invitation)
        today = timezone.localdate(at)
        inviter = invitation.invited_by
        _check_inviter(invitation, on=today)
        rules.check_last_day(invitation.last_day, on=today)
        account = _account_of(invitation, name=name, password=password, by=inviter.actor, at=at)
        how = {"by": inviter.actor, "at": at, "valid_from": today, "valid_until": invitation.last_day}
        if invitation.project is not None:
            engage(person=account.person, role=invitation.project_role, project=invitation.project, **how)
        else:
            grant_role(person=account.person, role=invitation.centre_role, **how)
        invitation.accepted_at, invitation.accepted_by = at, account.person
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        fact = InvitationAccepted(invitation.pk, account.person_id)
        record(fact, by=account.actor, at=at, touched=[invitation, account.person])
    return account


def _check_inviter(invitation: Invitation, *, on: date) -> None:
    try:
        rules.check_may_keep(invitation.invited_by, invitation, on=on)
    except Refusal as lost:
        raise NotNow(
            _("Who invited you may no longer give this role. Please ask the centre for a new invitation.")
        ) from lost


def _account_of(invitation: Invitation, *, name: str, password: str | None, by: Actor, at: datetime) -> Account:
    """The invited person's account; opened where they have none, added where nobody knows them."""
    account = account_for(invitation.mail)
    person = person_for(invitation.mail)
    if account is None and person is not None:
        account = Account.objects.filter(person=person).first()
    if account is not None:
        if not account.is_active:
            raise NotNow(_("Your account is closed. Please ask the centre to open it again."))
        return account
    if person is None:
        person = add_person(name=name, mail=invitation.mail, language=invitation.language, by=by, at=at)
    return create_account(person=person, mail=invitation.mail, password=password, by=by, at=at)


def forget_old(*, by: Actor, at: datetime) -> int:
    """Remove invitations that ended a year ago, in whichever way; how many."""
    with transaction.atomic():
        count = Invitation.objects.filter(until__lt=at - KEPT).delete()[0]
        if count:
            record(InvitationsForgotten(count), by=by, at=at)
    return count


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",))
    return found.select_related("project__network", "invited_by__person").get(pk=invitation.pk)
