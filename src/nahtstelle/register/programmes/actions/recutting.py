"""Planning to cut a structure anew on a day: what moves is listed, aimed and looked at again. ``entering`` makes it so."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import RecutChanged, RecutDropped, RecutPlanned
from ..models import Level, Move, Network, Recut
from ..recut_queries import leaving, new_networks, running_engagements, running_projects
from ..recut_rules import (
    check_can_be_planned,
    check_plan,
    check_successors,
)


@transaction.atomic
def plan_recut(*, old_level: Level, new_level: Level, project_level: Level, on: date, by: Actor, at: datetime) -> Recut:
    """Plan a new cut: every project and role in the networks that end is listed with its target where there is one."""
    check_plan(old_level, new_level, project_level, on)
    recut = Recut.objects.create(
        old_level=old_level, new_level=new_level, project_level=project_level, on=on, planned_at=at
    )
    _lay_out(recut)
    record(RecutPlanned(recut.pk), by=by, at=at, touched=[recut])
    return recut


@transaction.atomic
def refresh_recut(*, recut: Recut, by: Actor, at: datetime) -> Recut:
    """Look again: networks, projects and roles may have come or gone. Targets that were chosen stay."""
    recut = locked(recut)
    check_can_be_planned(recut)
    _lay_out(recut)
    record(RecutChanged(recut.pk), by=by, at=at, touched=[recut])
    return recut


def _lay_out(recut: Recut) -> None:
    """List what moves. A target that is the only one is taken; one that was chosen stays while it may."""
    projects, roles = list(running_projects(recut)), list(running_engagements(recut, for_projects=False))
    gone = Q(project__isnull=False) & ~Q(project__in=projects) | Q(engagement__isnull=False) & ~Q(engagement__in=roles)
    recut.moves.filter(gone).delete()
    known = set(recut.moves.values_list("project", "engagement"))
    fresh = [Move(recut=recut, project=project) for project in projects if (project.pk, None) not in known]
    fresh += [Move(recut=recut, engagement=role) for role in roles if (None, role.pk) not in known]
    Move.objects.bulk_create(fresh)
    _aim(recut)


def _aim(recut: Recut, *, networks: Iterable[int] | None = None) -> None:
    """Give moves the target that follows from the mapping; one that was chosen stays.

    Those of ``networks``, whose mapping was just changed, keep only a target that lies within it.
    """
    goes_on = {line.network.pk: [network.pk for network in line.successors] for line in leaving(recut)}
    only = set(goes_on) if networks is None else set(networks)
    all_new = set(new_networks(recut).values_list("pk", flat=True))
    changed = []
    for move in recut.moves.select_related("project", "engagement"):
        place = move.project or move.engagement
        if move.ends or place is None or place.network_id not in only:
            continue
        allowed = goes_on.get(place.network_id, [])
        stays = move.target_id in (all_new if networks is None else allowed)
        target = move.target_id if stays else (allowed[0] if len(allowed) == 1 else None)
        if target != move.target_id:
            move.target_id = target
            changed.append(move)
    Move.objects.bulk_update(changed, ["target"], batch_size=300)


@transaction.atomic
def set_successors(*, recut: Recut, old: Network, successors: list[Network], by: Actor, at: datetime) -> None:
    """Say as what an old network goes on: one, several or none of those that begin."""
    recut = locked(recut)
    check_can_be_planned(recut)
    check_successors(recut, old, successors)
    wanted = {network.pk for network in successors}
    for network in new_networks(recut):
        if network.pk in wanted:
            network.predecessors.add(old)
        else:
            network.predecessors.remove(old)
    _aim(recut, networks=[old.pk])
    said = {"successors": (None, [network.name_de for network in successors])}
    record(RecutChanged(recut.pk), by=by, at=at, touched=[recut, Touched(old, said)])


@transaction.atomic
def set_target(*, move: Move, target: Network | None, ends: bool, by: Actor, at: datetime) -> Move:
    """Say where one project or role goes, or that it ends."""
    recut = locked(move.recut)
    check_can_be_planned(recut)
    if target is not None and not ends:
        place = move.project or move.engagement
        assert place is not None and place.network is not None
        check_successors(recut, place.network, [target])
    move.target, move.ends = (None if ends else target), ends
    move.save(update_fields=["target", "ends"])
    record(RecutChanged(recut.pk), by=by, at=at, touched=[recut])
    return move


@transaction.atomic
def drop_recut(*, recut: Recut, by: Actor, at: datetime) -> None:
    recut = locked(recut)
    check_can_be_planned(recut)
    recut.state = Recut.State.DROPPED
    recut.save(update_fields=["state"])
    recut.moves.all().delete()
    record(RecutDropped(recut.pk), by=by, at=at, touched=[recut])


def locked(recut: Recut) -> Recut:
    found = Recut.objects.select_for_update(of=("self",))
    return found.select_related("old_level__period", "new_level__period", "project_level__period").get(pk=recut.pk)
