"""What may be done with programmes and in them, each rule once and as a sentence."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, may
from nahtstelle.register.people import rights
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.rules import check_right, check_signed_in, check_staff

from .models import Engagement, FundingMark, Network, Programme, Project
from .queries import coordinated_networks, is_engaged, overlapping

Role = Engagement.Role

# What a network's coordinators may give: roles of daily work, none that steers, judges or releases.
ROLES_IN_A_NETWORK = (Role.PROJECT_LEAD, Role.ADVISER, Role.KUEMMERER, Role.PR, Role.FINANCE)


def check_keep_structure(account: object, *, on: date) -> None:
    check_right(account, rights.KEEP_STRUCTURE, on=on)


def check_see_engaged(account: object, programme: Programme, *, on: date) -> None:
    """Who works in a programme is for staff and for those who work in it."""
    check_signed_in(account)
    assert isinstance(account, Account)
    if not may(check_staff, account, on=on) and not is_engaged(account.person, programme, on=on):
        raise NotYours(_("Who works in a programme is shown to staff and to those who work in it."))


def check_engage_in_network(account: object, network: Network, role: str | None = None, *, on: date) -> None:
    """Keepers of the structure engage anybody anywhere; coordinators within their own network, for daily work."""
    if may(check_keep_structure, account, on=on):
        return
    check_signed_in(account)
    assert isinstance(account, Account)
    if not coordinated_networks(account.person, on=on).filter(pk=network.pk).exists():
        raise NotYours(_("Only the coordinators of this network and of the centre say who works in it."))
    if role is not None and role not in ROLES_IN_A_NETWORK:
        raise NotYours(_("This role is given by the centre."))


def check_end_engagement(account: object, engagement: Engagement, *, on: date) -> None:
    """Who may begin it may end it."""
    network = engagement.network
    if network is None:
        check_keep_structure(account, on=on)
    else:
        check_engage_in_network(account, network, engagement.role, on=on)


def check_span(valid_from: date | None, valid_until: date | None) -> None:
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day lies before the first."))


def check_mark_can_be_removed(mark: FundingMark, *, today: date) -> None:
    """Until its first day; one that was shown is ended by its last day, so that the past keeps it."""
    if mark.valid_from is None or mark.valid_from <= today:
        raise NotNow(_("This mark has been shown. Please set its last day instead: what was made then keeps it."))


def check_engagement(engagement: Engagement) -> None:
    """An engagement is whole: its places belong together, and nobody holds it twice at a time."""
    check_span(engagement.valid_from, engagement.valid_until)
    project, network = engagement.project, engagement.network
    if project is not None and project.network_id != (network.pk if network else None):
        raise Refusal(_("The project does not belong to this network."))
    place = project or network
    if place is not None and place.level.period.programme_id != engagement.programme_id:
        raise Refusal(_("The network or project does not belong to this programme."))
    if engagement.role == Role.NETWORK_COORDINATOR and network is None:
        raise Refusal(_("A network coordination needs a network."))
    if engagement.role == Role.PROJECT_LEAD and project is None:
        raise Refusal(_("A project lead needs a project."))
    if overlapping(engagement).exists():
        raise NotNow(gettext("%s already holds this role there in that time.") % engagement.person.name)


def check_project(project: Project) -> None:
    """A project stands on a level of a period, in a network of the same period if in any."""
    check_span(project.valid_from, project.valid_until)
    if not project.name_de.strip():
        raise Refusal(_("A project needs a German name."))
    if project.network and project.network.level.period_id != project.level.period_id:
        raise Refusal(_("Network and project belong to different funding periods."))
    if project.action_field and project.action_field.period_id != project.level.period_id:
        raise Refusal(_("The action field belongs to another funding period."))


def check_network(network: Network) -> None:
    check_span(network.valid_from, network.valid_until)
    if not network.name_de.strip():
        raise Refusal(_("A network needs a German name."))
