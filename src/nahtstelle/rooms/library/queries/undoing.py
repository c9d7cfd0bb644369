"""What undoing an import would remove, and what stays because others built on it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from nahtstelle.plumbing.kit.slices import slices

from ..assembling import PERSON
from ..models import Card, Decision, FullText, Import, Item, LinkKey, Merge, Notice, Pair, Ranking, Record, Tag, Work

# What goes with a work, or is asked about by itself below.
_OWN: tuple[type[Model], ...] = (Record, Notice, FullText, Tag, Pair, Merge, Item, Card, LinkKey, Work)
AT_ONCE = 800


@dataclass(slots=True)
class Plan:
    """``removed``: works that only this import made, signposts among them. ``stays``: work → why it does."""

    removed: set[int] = field(default_factory=set)
    stays: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    recomputed: set[int] = field(default_factory=set)


def plan_of(batch: Import) -> Plan:
    mine = batch.records.filter(work__isnull=False)
    touched = set(mine.order_by().values_list("work", flat=True).distinct())
    others = Record.objects.filter(work__in=mine.values("work")).exclude(batch=batch)
    plan = Plan(recomputed=set(others.order_by().values_list("work", flat=True).distinct()))
    alone = touched - plan.recomputed
    signposts = _signposts_of(alone, plan.recomputed, set(mine.order_by().values_list("pk", flat=True)))
    reasons = _reasons(alone | set(signposts))
    for pk, why in reasons.items():
        plan.stays[pk] += why
    for signpost, root in signposts.items():
        if signpost in reasons and root in alone:
            plan.stays[root] += [word for word in reasons[signpost] if word not in plan.stays[root]]
    # A work that stays keeps the signposts that lead to it.
    kept = {signpost for signpost, root in signposts.items() if root in plan.stays or signpost in plan.stays}
    plan.removed = (alone | set(signposts)) - set(plan.stays) - kept
    for signpost in kept & set(plan.stays):
        if signposts[signpost] not in alone:
            del plan.stays[signpost]  # it leads to a work that stays anyway
    return plan


def _signposts_of(alone: set[int], shared: set[int], mine: set[int]) -> dict[int, int]:
    """Works of this import that were merged: into one that goes, or whose records all are this import's. → their root."""
    found: dict[int, int] = {}
    roots = {pk: pk for pk in alone | shared}
    layer = set(roots)
    while layer:
        following: set[int] = set()
        for chunk in chunks(layer):
            merges = Merge.objects.filter(kept__in=chunk, undone_at__isnull=True)
            for kept, absorbed, moved in merges.values_list("kept", "absorbed", "moved"):
                if absorbed in roots:
                    continue
                roots[absorbed] = roots[kept]
                following.add(absorbed)
                if roots[kept] in alone or (moved and mine.issuperset(moved)):
                    found[absorbed] = roots[kept]
        layer = following
    return found


def _reasons(ids: set[int]) -> dict[int, list[str]]:
    """Of each work what others built on it, as codes and kinds in words."""
    found: dict[int, list[str]] = defaultdict(list)
    in_use = set(Decision.objects.order_by().values_list("review", flat=True).distinct())
    in_use |= set(Ranking.objects.order_by().values_list("review", flat=True).distinct())
    for chunk in chunks(ids):
        asked: list[tuple[str, QuerySet[Any]]] = [
            ("card", Card.objects.filter(work__in=chunk).values_list("work", flat=True)),
            ("review", Item.objects.filter(work__in=chunk, review__in=in_use).values_list("work", flat=True)),
            ("text", FullText.objects.filter(work__in=chunk).values_list("work", flat=True)),
            ("notice", Notice.objects.filter(work__in=chunk, noted_by__isnull=False).values_list("work", flat=True)),
            ("successor", Notice.objects.filter(successor__in=chunk).values_list("successor", flat=True)),
            ("hand", Work.objects.filter(pk__in=chunk, provenance__icontains=f'"{PERSON}"').values_list("pk", flat=True)),
        ]  # fmt: skip
        for code, rows in asked:
            for pk in set(rows):
                found[pk].append(code)
        for words, rows in _upper(chunk):
            for pk in set(rows):
                found[pk].append(words)
    return found


def _upper(chunk: Sequence[int]) -> list[tuple[str, QuerySet[Any]]]:
    """Whatever else refers to works: citations of the rooms above, each called by its own name."""
    asked = []
    for relation in Work._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        if relation.related_model in _OWN:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": chunk})
        name = relation.field.attname
        asked.append((str(relation.related_model._meta.verbose_name), rows.values_list(name, flat=True)))
    return asked


def chunks(ids: set[int] | list[int]) -> Iterator[Sequence[int]]:
    return slices(sorted(ids), AT_ONCE)


def merges_among(ids: Sequence[int]) -> QuerySet[Merge]:
    return Merge.objects.filter(Q(kept__in=ids) | Q(absorbed__in=ids))
