"""When a structure may be cut anew, and when that can be taken back; each rule once and as a sentence."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal

from .models import Level, Network, Recut
from .recut_queries import new_networks, old_networks, open_moves

State = Recut.State


def check_plan(old_level: Level, new_level: Level, project_level: Level, on: date) -> None:
    """The levels are of one programme, and the day lies within the new period and ends the old networks."""
    programme = old_level.period.programme_id
    if new_level.period.programme_id != programme or project_level.period.programme_id != programme:
        raise Refusal(_("The levels belong to different programmes."))
    if new_level.period_id != project_level.period_id:
        raise Refusal(_("The new networks and their projects belong to one funding period."))
    if not new_level.period.holds_on(on):
        raise Refusal(_("The day lies outside the new funding period."))
    if not Network.objects.on(on - timedelta(days=1)).filter(level=old_level).exists():
        raise Refusal(_("No network of the old level runs on the day before."))
    if Recut.objects.filter(old_level=old_level, on=on, state__in=[State.PLANNED, State.DONE]).exists():
        raise NotNow(_("A new cut of this level on this day is planned already."))


def check_can_be_planned(recut: Recut) -> None:
    if recut.state != State.PLANNED:
        raise NotNow(_("This new cut is no longer a plan."))


def check_successors(recut: Recut, old: Network, successors: list[Network]) -> None:
    allowed = set(new_networks(recut).values_list("pk", flat=True))
    if not old_networks(recut).filter(pk=old.pk).exists() or {network.pk for network in successors} - allowed:
        raise Refusal(_("These networks do not belong to this new cut."))


def check_can_be_entered(recut: Recut) -> None:
    check_can_be_planned(recut)
    if not new_networks(recut).exists():
        raise NotNow(_("No network of the new level begins on this day yet. Please add or import them first."))
    number = open_moves(recut)
    if number:
        words = ngettext("%(n)d move has no target yet.", "%(n)d moves have no target yet.", number)
        raise NotNow(words % {"n": number})


def check_can_be_taken_back(recut: Recut, *, today: date) -> None:
    if recut.state != State.DONE:
        raise NotNow(_("Only a new cut that was entered can be taken back."))
    if today >= recut.on:
        raise NotNow(
            _("The new structure has begun. What is wrong now is corrected network by network, with its days.")
        )
