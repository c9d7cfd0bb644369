"""Acts of amendment and what they plan."""

from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from ..models import Act, Law, PlannedChange, Provision


def _plans() -> QuerySet[PlannedChange]:
    return PlannedChange.objects.select_related("act", "law", "provision").order_by("in_force", "id")


def plans_for(provision: Provision) -> QuerySet[PlannedChange]:
    return _plans().filter(provision=provision)


def plans_for_law(law: Law, *, day: date) -> QuerySet[PlannedChange]:
    """What acts do to a law from ``day`` on, and what they had planned and took back."""
    return _plans().filter(Q(in_force__gte=day) | Q(in_force=None) | Q(reversed_on__isnull=False), law=law)


def plans_ahead(*, day: date) -> QuerySet[PlannedChange]:
    """What acts still plan from ``day`` on, the nearest first: nothing taken back, nothing of an act that failed."""
    return _plans().filter(in_force__gte=day, reversed_on=None).exclude(act__stage=Act.Stage.FAILED)


def lines_of(act: Act) -> QuerySet[PlannedChange]:
    """What an act does, line by line, with everything its page shows."""
    return (
        act.changes.select_related("law", "provision", "reverses__act", "reverses__law", "seen_in__reading")
        .prefetch_related("status_groups", "reversals__act")
        .order_by("in_force", "id")
    )


def acts() -> QuerySet[Act]:
    """Acts, the newest first, with the number of their lines and of those taken back."""
    return (
        Act.objects.annotate(
            lines=Count("changes"), taken_back=Count("changes", filter=Q(changes__reversed_on__isnull=False))
        )
        .prefetch_related(Prefetch("changes", PlannedChange.objects.select_related("law").order_by("in_force", "id")))
        .order_by(F("promulgated").desc(nulls_first=True), "-id")
    )
