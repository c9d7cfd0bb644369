"""Asking about invitations."""

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people import rights
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.rules import check_right
from nahtstelle.register.programmes.models import Engagement, Project
from nahtstelle.register.programmes.queries import coordinated_networks
from nahtstelle.register.programmes.rules import check_keep_structure

from .models import Invitation


def led_projects(person: Person, *, on: date) -> QuerySet[Project]:
    """The running projects somebody leads, and those of the networks they coordinate."""
    leads = Engagement.objects.on(on).filter(person=person, role=Engagement.Role.PROJECT_LEAD)
    networks = coordinated_networks(person, on=on)
    return Project.objects.filter(Q(pk__in=leads.values("project")) | Q(network__in=networks)).on(on)


def open_projects(account: Account, *, on: date) -> QuerySet[Project]:
    """The projects an account may invite to: keepers of the structure to all that run, others to their own."""
    if may(check_keep_structure, account, on=on):
        return Project.objects.on(on)
    return led_projects(account.person, on=on)


def seen_by(account: Account, *, on: date) -> QuerySet[Invitation]:
    """The invitations an account looks after."""
    seen = Q(project__in=open_projects(account, on=on))
    if may(check_right, account, rights.KEEP_STRUCTURE, on=on):
        seen |= Q(project__isnull=False)
    if may(check_right, account, rights.KEEP_ROLES, on=on):
        seen |= Q(project__isnull=True)
    return Invitation.objects.filter(seen).select_related("project", "invited_by__person", "accepted_by")


def standings(*, at: datetime) -> dict[str, Q]:
    """How an invitation may stand: open, run out, accepted, withdrawn."""
    waiting = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return {
        "open": waiting & Q(until__gte=at),
        "over": waiting & Q(until__lt=at),
        "accepted": Q(accepted_at__isnull=False),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }


def counts(invitations: QuerySet[Invitation], *, at: datetime) -> dict[str, int]:
    """How many stand how, in one query."""
    return invitations.aggregate(**{name: Count("pk", filter=which) for name, which in standings(at=at).items()})
