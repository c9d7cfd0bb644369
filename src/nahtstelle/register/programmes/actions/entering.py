"""Entering a new cut of a structure, and taking it back before the day comes.

Nothing of the past is overwritten. A project that moves ends with the old structure and goes on as a new one that names
it as its predecessor; so do roles. Any earlier day therefore reads as it did then.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.references import references_to
from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Touch

from ..facts import RecutUndone, StructureRecut
from ..models import Engagement, Move, Network, Project, Recut
from ..recut_queries import new_networks, old_networks, running_engagements, running_projects
from ..recut_rules import (
    check_can_be_entered,
    check_can_be_taken_back,
)
from .recutting import locked

ENDED = {"programmes.network": Network, "programmes.project": Project, "programmes.engagement": Engagement}


@transaction.atomic
def enter_recut(*, recut: Recut, by: Actor, at: datetime) -> Recut:
    """Make it so, by bulk and in one transaction; the day may still lie ahead.

    Raises ``NotNow`` where a move has no target or the plan is older than what runs.
    """
    recut = locked(recut)
    check_can_be_entered(recut)
    _check_still_so(recut)
    last = recut.on - timedelta(days=1)
    moves = list(recut.moves.select_related("project", "engagement", "target"))
    made_projects = _move_projects(recut, moves)
    made_roles = _move_roles(recut, moves, made_projects)
    roles = running_engagements(recut, for_projects=True) | running_engagements(recut, for_projects=False)
    ended = {
        "programmes.engagement": _end(roles, last),
        "programmes.project": _end(running_projects(recut), last),
        "programmes.network": _end(old_networks(recut), last),
    }
    recut.state = Recut.State.DONE
    recut.done = {
        "ended": ended,
        "projects": [project.pk for project in made_projects.values()],
        "engagements": [role.pk for role in made_roles],
    }
    recut.save(update_fields=["state"])
    fact = StructureRecut(recut.pk, recut.old_level.period.programme_id, len(made_projects), len(made_roles))
    touched = [Touched(project, {"network": (None, project.network.name_de)}) for project in made_projects.values()]
    touched += [
        Touched(ENDED[kind](pk=int(pk)), {"valid_until": (before, last)})
        for kind, rows in ended.items()
        for pk, before in rows.items()
    ]
    entry = record(fact, by=by, at=at, touched=[recut, *touched, *made_roles])
    recut.done["entry"] = entry.pk
    recut.save(update_fields=["done"])
    return recut


def _check_still_so(recut: Recut) -> None:
    listed = set(recut.moves.values_list("project", "engagement"))
    now = {(pk, None) for pk in running_projects(recut).values_list("pk", flat=True)}
    now |= {(None, pk) for pk in running_engagements(recut, for_projects=False).values_list("pk", flat=True)}
    if listed != now:
        raise NotNow(_("Projects or roles came or went since the plan was made. Please look again first."))
    gone = Network.objects.filter(pk__in=recut.moves.values("target")).exclude(pk__in=new_networks(recut).values("pk"))
    if names := ", ".join(gone.values_list("name_de", flat=True)):
        raise NotNow(_("These networks no longer begin on this day: %s. Please look again first.") % names)


def _until(own: date | None, recut: Recut, end: date | None) -> date | None:
    """What would have ended with the old structure lasts as long as where it goes; what has days of its own keeps them."""
    return end if own is not None and own < recut.on else own


def _move_projects(recut: Recut, moves: list[Move]) -> dict[int, Project]:
    """Old project → the project it goes on as."""
    taken = set(Project.objects.values_list("key", flat=True))
    made: dict[int, Project] = {}
    for move in moves:
        old, network = move.project, move.target
        if old is None or network is None:
            continue
        made[old.pk] = Project(
            key=_free(f"{slugify(old.name_de)[:60]}-{recut.on.year}", taken),
            level=recut.project_level,
            network=network,
            carrier_id=old.carrier_id,
            action_field_id=old.action_field_id if recut.project_level.period_id == recut.old_level.period_id else None,
            region_id=old.region_id,
            place=old.place,
            name_de=old.name_de,
            name_en=old.name_en,
            valid_from=recut.on,
            valid_until=_until(old.valid_until, recut, network.valid_until),
        )
    Project.objects.bulk_create(made.values(), batch_size=300)
    through = Project.predecessors.through
    through.objects.bulk_create(
        [through(from_project_id=new.pk, to_project_id=old) for old, new in made.items()], batch_size=300
    )
    return made


def _free(wanted: str, taken: set[str]) -> str:
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    taken.add(free)
    return free


def _move_roles(recut: Recut, moves: list[Move], projects: dict[int, Project]) -> list[Engagement]:
    """Roles in a project go with it; those for a network where they were sent."""
    made = []
    for old in running_engagements(recut, for_projects=True).order_by("pk"):
        if (project := projects.get(old.project_id or 0)) is not None:
            made.append(_role_again(old, recut, project.network, project, project.valid_until))
    for move in moves:
        if move.engagement is not None and move.target is not None:
            made.append(_role_again(move.engagement, recut, move.target, None, move.target.valid_until))
    Engagement.objects.bulk_create(made, batch_size=300)
    return made


def _role_again(
    old: Engagement, recut: Recut, network: Network | None, project: Project | None, end: date | None
) -> Engagement:
    return Engagement(
        person_id=old.person_id,
        role=old.role,
        programme_id=old.programme_id,
        network=network,
        project=project,
        region_id=old.region_id,
        valid_from=recut.on,
        valid_until=_until(old.valid_until, recut, end),
    )


def _end(things: Any, last: date) -> dict[str, str | None]:
    """Let them end on the last day unless they end then anyway; id → the end they had."""
    before = {
        str(pk): end.isoformat() if end else None for pk, end in things.values_list("pk", "valid_until") if end != last
    }
    things.model.objects.filter(pk__in=[int(pk) for pk in before]).update(valid_until=last)
    return before


@transaction.atomic
def take_back_recut(*, recut: Recut, by: Actor, at: datetime) -> Recut:
    """Undo a new cut before its day: what it made goes, what it ended goes on as before; it is a plan again.

    Raises ``NotNow`` from the day on, and where somebody built on or changed what it made.
    """
    recut = locked(recut)
    check_can_be_taken_back(recut, today=timezone.localdate(at))
    made = {"programmes.project": set(recut.done["projects"]), "programmes.engagement": set(recut.done["engagements"])}
    _check_nothing_built(recut, made)
    Engagement.objects.filter(pk__in=made["programmes.engagement"]).delete()
    Project.objects.filter(pk__in=made["programmes.project"]).delete()
    touched, last = [], recut.on - timedelta(days=1)
    for kind, rows in recut.done["ended"].items():
        by_end: dict[str | None, list[int]] = defaultdict(list)
        for pk, before in rows.items():
            by_end[before].append(int(pk))
            touched.append(Touched(ENDED[kind](pk=int(pk)), {"valid_until": (last, before)}))
        for before, ids in by_end.items():
            ENDED[kind].objects.filter(pk__in=ids).update(valid_until=before)
    recut.state, recut.done = Recut.State.PLANNED, {}
    recut.save(update_fields=["state", "done"])
    record(RecutUndone(recut.pk), by=by, at=at, touched=[recut, *touched])
    return recut


def _check_nothing_built(recut: Recut, made: dict[str, set[int]]) -> None:
    last = recut.on - timedelta(days=1)
    for kind, rows in recut.done["ended"].items():
        if ENDED[kind].objects.filter(pk__in=[int(pk) for pk in rows]).exclude(valid_until=last).exists():
            raise NotNow(_("The end of something was changed since. It must be corrected by hand."))
    since = Touch.objects.filter(entry__gt=recut.done["entry"])
    for kind, ids in made.items():
        if since.filter(kind=kind, object_id__in=ids).exists():
            raise NotNow(_("A moved project or role was changed since. It must be corrected by hand."))
    used = references_to(Project, made["programmes.project"], besides=made)
    if used:
        names = ", ".join(Project.objects.filter(pk__in=list(used)[:5]).values_list("name_de", flat=True))
        raise NotNow(_("Others build on moved projects since: %s") % names)
