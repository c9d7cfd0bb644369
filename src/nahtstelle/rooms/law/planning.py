"""What becomes of planned changes: seen in the official text, or taken back by a later act before they took effect."""

from collections.abc import Iterable
from datetime import date

from nahtstelle.engines.lawtext.comparing import ChangeKind

from . import rules
from .lateness import EARLY, TARDY
from .models import Act, Change, Law, PlannedChange

ARRIVED = (ChangeKind.ADDED, ChangeKind.SPLIT, ChangeKind.RE_ENACTED)
BINDING = (Act.Stage.PROMULGATED, Act.Stage.IN_FORCE)


def note_seen(law: Law, changes: Iterable[Change], *, seen_on: date) -> int:
    """Tie planned changes that were due to the changes the official text now shows; the number tied.

    A plan for a new provision finds its provision here, by the designation it was to get.
    """
    shown = [change for change in changes if change.substance]
    by_provision = {change.provision_id: change for change in shown}
    by_designation = {change.new_designation: change for change in shown if change.kind in ARRIVED}
    tied = 0
    for plan in law.planned_changes.filter(seen_in=None, reversed_on=None, in_force__lte=seen_on + EARLY):
        seen = by_provision.get(plan.provision_id or 0)
        if plan.provision_id is None:
            seen = by_designation.get(section_of(plan.new_citation))
        if seen is None or plan.in_force is None or plan.in_force < seen.before.last_seen - TARDY:
            continue
        plan.seen_in, plan.provision_id = seen, seen.provision_id
        plan.save(update_fields=["seen_in", "provision"])
        tied += 1
    return tied


def look_back(plan: PlannedChange) -> None:
    """Tie a plan recorded late to the change that the official text showed already."""
    if plan.in_force is None or plan.seen_in_id:
        return
    changes = Change.objects.filter(
        reading__law=plan.law,
        substance=True,
        reading__first_seen__gte=plan.in_force - EARLY,
        before__last_seen__lte=plan.in_force + TARDY,
    )
    if plan.provision_id:
        changes = changes.filter(provision=plan.provision_id)
    else:
        changes = changes.filter(kind__in=ARRIVED, new_designation=section_of(plan.new_citation))
    seen = changes.order_by("reading__first_seen").first()
    if seen is not None:
        plan.seen_in, plan.provision_id = seen, seen.provision_id


def section_of(citation: str) -> str:
    """The designation in "§ 16g Absatz 2 AufenthG": its first two words."""
    return " ".join(citation.split()[:2])


def settle_reversals(act: Act, *, on: date) -> None:
    """Let the act's lines take back what they name.

    Only a promulgated act takes anything back: a bill that would do so is shown beside the change, which still stands.
    Raises ``Refusal`` when the earlier change has already taken effect.
    """
    if act.stage not in BINDING:
        return
    for line in act.changes.filter(reversed_on=None).exclude(reverses=None).select_related("reverses"):
        earlier = line.reverses
        if earlier is not None and earlier.reversed_on is None:
            rules.check_plan_can_be_reversed(earlier, today=act.promulgated or on)
            earlier.reversed_on = act.promulgated or on
            earlier.reversal_reason = line.summary or str(act)
            earlier.save(update_fields=["reversed_on", "reversal_reason"])


def release(lines: Iterable[PlannedChange]) -> None:
    """These lines no longer take anything back: what they had taken back stands again, unless another line does."""
    for line in lines:
        earlier = line.reverses
        if earlier is None or earlier.reversed_on is None:
            continue
        others = earlier.reversals.exclude(pk=line.pk).filter(reversed_on=None, act__stage__in=BINDING)
        if not others.exists():
            earlier.reversed_on, earlier.reversal_reason = None, ""
            earlier.save(update_fields=["reversed_on", "reversal_reason"])
