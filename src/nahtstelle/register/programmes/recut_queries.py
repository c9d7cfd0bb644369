"""Asking about new cuts: what ends, what begins, what moves and what has no target yet."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from .models import Engagement, Move, Network, Project, Recut


@dataclass(slots=True)
class Leaving:
    """A network that ends, what it goes on as, and how much of it is still without a target."""

    network: Network
    successors: list[Network] = field(default_factory=list)
    projects: int = 0
    engagements: int = 0
    open: int = 0


def recuts() -> QuerySet[Recut]:
    return Recut.objects.select_related("old_level__period__programme", "new_level__period", "project_level__period")


def old_networks(recut: Recut) -> QuerySet[Network]:
    """Those of the old level that run on its last day."""
    last = recut.on - timedelta(days=1)
    return Network.objects.on(last).filter(level=recut.old_level).order_by("name_de", "pk")


def new_networks(recut: Recut) -> QuerySet[Network]:
    """Those of the new level that begin on the day."""
    return Network.objects.filter(level=recut.new_level, valid_from=recut.on).order_by("name_de", "pk")


def leaving(recut: Recut) -> list[Leaving]:
    """Every old network with where it goes; a fixed number of queries."""
    lines = {network.pk: Leaving(network) for network in old_networks(recut)}
    for network in new_networks(recut).prefetch_related("predecessors"):
        for before in network.predecessors.all():
            if before.pk in lines:
                lines[before.pk].successors.append(network)
    without = Count("pk", filter=Q(target__isnull=True, ends=False))
    moves = Move.objects.filter(recut=recut).order_by()
    for pk, number, open_ones in (
        moves.filter(project__isnull=False)
        .values_list("project__network")
        .annotate(number=Count("pk"), without=without)
    ):
        if pk in lines:
            lines[pk].projects, lines[pk].open = number, lines[pk].open + open_ones
    for pk, number, open_ones in (
        moves.filter(engagement__isnull=False)
        .values_list("engagement__network")
        .annotate(number=Count("pk"), without=without)
    ):
        if pk in lines:
            lines[pk].engagements, lines[pk].open = number, lines[pk].open + open_ones
    return list(lines.values())


def moves(recut: Recut, *, only_open: bool = False) -> QuerySet[Move]:
    found = recut.moves.select_related(
        "project__network", "engagement__person", "engagement__network", "target"
    ).order_by("project__name_de", "engagement__person__name", "pk")
    if only_open:
        found = found.filter(target__isnull=True, ends=False)
    return found


def open_moves(recut: Recut) -> int:
    return recut.moves.filter(target__isnull=True, ends=False).count()


def running_projects(recut: Recut) -> QuerySet[Project]:
    """The projects that are in the old networks on the last day."""
    return Project.objects.on(recut.on - timedelta(days=1)).filter(network__in=old_networks(recut))


def running_engagements(recut: Recut, *, for_projects: bool) -> QuerySet[Engagement]:
    """The roles on the last day: for the old networks themselves, or in their projects."""
    found = Engagement.objects.on(recut.on - timedelta(days=1))
    if for_projects:
        return found.filter(project__in=running_projects(recut))
    return found.filter(network__in=old_networks(recut), project__isnull=True)
