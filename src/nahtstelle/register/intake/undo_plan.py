"""What undoing an import would do, object by object; shown before it is done."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from nahtstelle.plumbing.kit.references import references_to
from nahtstelle.register.people.models import Person

from .comparing import ends_before_start
from .models import Batch, Change
from .snapshots import MODELS, REMOVED_IN_ORDER, chunks, snapshots
from .staleness import holders_of


@dataclass(frozen=True, slots=True)
class Restored:
    """Fields of an object that get back what they held before."""

    kind: str
    object_id: int
    label: str
    before: dict[str, Any]
    now: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stayed:
    """Something that undoing leaves as it is. ``details`` name fields or users.

    ``reason``: changed, used, needed; taken, where the former address is somebody else's by now; gone, where what an
    object referred to before is no longer there; days, where with the former ones the end would lie before the start.
    """

    kind: str
    object_id: int
    label: str
    reason: str
    details: tuple[str, ...] = ()


@dataclass(slots=True)
class UndoPlan:
    removed: dict[str, set[int]] = field(default_factory=dict)  # kind → ids
    restored: list[Restored] = field(default_factory=list)
    stayed: list[Stayed] = field(default_factory=list)


def plan_of(batch: Batch) -> UndoPlan:
    """Some dozen queries, however large the import was."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in batch.changes.all():
        changes[change.kind].append(change)
    made = {kind: {c.object_id for c in of_kind if c.made} for kind, of_kind in changes.items()}
    plan = UndoPlan()
    needed: dict[tuple[str, int], str] = {}  # what an object that stays refers to
    for model in REMOVED_IN_ORDER:
        kind = model._meta.label_lower
        now = snapshots(kind, (change.object_id for change in changes[kind]))
        used = references_to(model, made[kind], besides=made) if made.get(kind) else {}
        removed: set[int] = set()
        for change in changes[kind]:
            present = now.get(change.object_id)
            if present is None:
                continue  # gone already
            if not change.made:
                _restore(plan, change, present)
                continue
            stayed = _why_it_stays(change, present, used.get(change.object_id, {}), needed)
            if stayed is None:
                removed.add(change.object_id)
            else:
                plan.stayed.append(stayed)
                for relation in model._meta.concrete_fields:
                    if relation.is_relation and relation.related_model._meta.label_lower in MODELS:
                        key = (relation.related_model._meta.label_lower, present[relation.attname])
                        needed.setdefault(key, change.label)
        if removed:
            plan.removed[kind] = removed
    _leave_taken(plan)
    _leave_gone(plan)
    plan.restored = [one for one in plan.restored if one.before]
    return plan


def _leave_taken(plan: UndoPlan) -> None:
    """An address that somebody else has by now is not put back."""
    people = Person._meta.label_lower
    wanted = {one.before["mail"].lower() for one in plan.restored if one.kind == people and one.before.get("mail")}
    holders: dict[str, set[int]] = defaultdict(set)
    for chunk in chunks(wanted):
        for pk, mail in holders_of(chunk):
            holders[mail].add(pk)
    gone = plan.removed.get(people, set())
    for one in plan.restored:
        if one.kind == people and holders[one.before.get("mail", "").lower()] - gone - {one.object_id}:
            _leave(plan, one, "mail", "taken")


def _leave_gone(plan: UndoPlan) -> None:
    """What an object referred to before is not put back where it is no longer there."""
    for kind, model in MODELS.items():
        of_kind = [one for one in plan.restored if one.kind == kind]
        for relation in model._meta.concrete_fields if of_kind else ():
            if not relation.is_relation:
                continue
            name, there = relation.attname, set()
            wanted = {one.before[name] for one in of_kind if one.before.get(name) is not None}
            for chunk in chunks(wanted):
                found = relation.related_model._base_manager.filter(pk__in=chunk)
                there |= set(found.values_list("pk", flat=True))
            for one in of_kind:
                if one.before.get(name) in wanted - there:
                    _leave(plan, one, name, "gone")


def _leave(plan: UndoPlan, one: Restored, name: str, reason: str) -> None:
    """A single field that stays as it is, while the others of its object are put back."""
    plan.stayed.append(Stayed(one.kind, one.object_id, one.label, reason, (name.removesuffix("_id"),)))
    del one.before[name], one.now[name]


def _why_it_stays(
    change: Change, present: dict[str, Any], used: dict[str, int], needed: dict[tuple[str, int], str]
) -> Stayed | None:
    same = (change.kind, change.object_id, change.label)
    differ = tuple(name.removesuffix("_id") for name, value in present.items() if change.after.get(name) != value)
    if differ:
        return Stayed(*same, "changed", differ)
    if used:
        return Stayed(*same, "used", tuple(f"{number} × {name}" for name, number in sorted(used.items())))
    if (change.kind, change.object_id) in needed:
        return Stayed(*same, "needed", (needed[change.kind, change.object_id],))
    return None


def _restore(plan: UndoPlan, change: Change, present: dict[str, Any]) -> None:
    back = {name: old for name, old in change.before.items() if present.get(name) == change.after.get(name)}
    differ = tuple(name.removesuffix("_id") for name in change.before if name not in back)
    if ends_before_start(present | back):
        days = tuple(name for name in ("valid_from", "valid_until") if back.pop(name, present[name]) != present[name])
        plan.stayed.append(Stayed(change.kind, change.object_id, change.label, "days", days))
    if back:
        now = {name: present[name] for name in back}
        plan.restored.append(Restored(change.kind, change.object_id, change.label, back, now))
    if differ:
        plan.stayed.append(Stayed(change.kind, change.object_id, change.label, "changed", differ))
