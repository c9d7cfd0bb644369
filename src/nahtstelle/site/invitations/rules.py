"""Who may invite whom to what, each rule once and as a sentence."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, may
from nahtstelle.register.people import rights
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.register.people.queries import person_for
from nahtstelle.register.people.rules import check_right, check_signed_in
from nahtstelle.register.programmes.models import Engagement, Project
from nahtstelle.register.programmes.rules import check_keep_structure

from . import queries
from .models import Invitation

Role = Engagement.Role
# What who leads a project may give there: daily work, nothing that steers, judges or leads.
ROLES_IN_A_PROJECT = (Role.ADVISER, Role.KUEMMERER, Role.PR, Role.FINANCE)
# What a project has at all; the others belong to networks and programmes.
ALL_ROLES_IN_A_PROJECT = (Role.PROJECT_LEAD, *ROLES_IN_A_PROJECT, Role.EVALUATOR)


def check_may_invite(account: object, *, on: date) -> None:
    """Anybody who may invite to anything."""
    check_signed_in(account)
    assert isinstance(account, Account)
    if may(check_right, account, rights.KEEP_ROLES, on=on) or may(check_keep_structure, account, on=on):
        return
    if not queries.led_projects(account.person, on=on).exists():
        raise NotYours(
            _("Only who gives roles at the centre, or leads a project or coordinates a network, invites people.")
        )


def check_may_invite_to_centre(account: object, *, on: date) -> None:
    check_right(account, rights.KEEP_ROLES, on=on)


def check_may_invite_to_project(account: object, project: Project, role: str, *, on: date) -> None:
    check_may_invite(account, on=on)
    assert isinstance(account, Account)
    if role not in ALL_ROLES_IN_A_PROJECT:
        raise Refusal(_("This role is not one of a project."))
    if may(check_keep_structure, account, on=on):
        return
    if not queries.led_projects(account.person, on=on).filter(pk=project.pk).exists():
        raise NotYours(_("You may invite to your own projects only."))
    if role not in ROLES_IN_A_PROJECT:
        raise NotYours(_("This role is given by the centre."))


def check_may_keep(account: object, invitation: Invitation, *, on: date) -> None:
    """Who may invite to it may send it again and withdraw it."""
    if invitation.project is None:
        check_may_invite_to_centre(account, on=on)
    else:
        check_may_invite_to_project(account, invitation.project, invitation.project_role, on=on)


def check_waiting(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise NotNow(_("This invitation was accepted already."))
    if invitation.withdrawn_at is not None:
        raise NotNow(_("This invitation was withdrawn."))


def check_last_day(last_day: date | None, *, on: date) -> None:
    if last_day is not None and last_day < on:
        raise Refusal(_("The last day of the role lies in the past."))


def check_not_oneself(account: Account, mail: str) -> None:
    if mail.lower() in (account.mail.lower(), account.person.mail.lower()):
        raise NotYours(_("Nobody invites themselves."))


def check_not_there_yet(mail: str, *, centre_role: str, project: Project | None, project_role: str, on: date) -> None:
    """Who holds the role already needs no invitation."""
    person = person_for(mail)
    if person is None:
        return
    if project is not None:
        held = Engagement.objects.on(on).filter(person=person, project=project, role=project_role)
    else:
        held = CentreRole.objects.on(on).filter(person=person, role=centre_role)
    if held.exists():
        raise NotNow(gettext("%s holds this role already.") % person.name)


def check_not_invited_yet(mail: str, *, centre_role: str, project: Project | None, project_role: str) -> None:
    same = Invitation.objects.filter(
        mail__iexact=mail, centre_role=centre_role, project=project, project_role=project_role,
        accepted_at__isnull=True, withdrawn_at__isnull=True,
    )  # fmt: skip
    if same.exists():
        raise NotNow(_("This address was invited to this role already. You can send that invitation again."))
