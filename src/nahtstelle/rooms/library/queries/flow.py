"""The PRISMA 2020 flow of a review, counted from what is there now. Each count is a query; nothing is written down twice.

``records identified = duplicates + removed + screened + still to screen`` holds after merges, undone imports, imports
that came later and works taken out: records are counted where their import stands, works where their place in the pool is.
"""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nahtstelle.engines.literature.screening.prisma import Flow, Reason

from ..models import Import, Item, Record, Review
from .reviews import IN_FULL, LIVE

Outcome = Item.Outcome
FULL_DONE = Q(full_outcome__in=(Outcome.INCLUDED, Outcome.EXCLUDED))


def records_of(review: Review) -> QuerySet[Record]:
    """What the imports of a review brought, as long as they stand; only the newest word of a source on a publication."""
    rows = Record.objects.filter(batch__in=review.imports.all(), batch__state=Import.State.DONE, replaced=False)
    return rows.exclude(state=Record.State.DELETED)


def flow_of(review: Review) -> Flow:
    """The counts as they stand. Records of imports that are not in the pool yet count when they are."""
    by_kind = Counter[str]()
    for kind, number in (
        records_of(review)
        .order_by()
        .values_list("batch__kind")
        .annotate(number=Count("pk"))
        .values_list("batch__kind", "number")
    ):
        by_kind[kind] += number
    not_taken = records_of(review).filter(Q(work=None) | Q(state=Record.State.LEFT_OUT)).count()
    by_hand = review.items.filter(by_hand=True).count()
    brought = Exists(records_of(review).filter(work=OuterRef("work")).exclude(state=Record.State.LEFT_OUT))
    hand_twins = Exists(Item.objects.filter(twin=OuterRef("pk"), by_hand=True))
    # An item that nothing stands for any more (its import was undone) is not part of the flow.
    items = review.items.filter(Q(brought) | Q(by_hand=True) | Q(hand_twins), twin=None)
    counts = items.aggregate(
        all=Count("pk"),
        out=Count("pk", filter=Q(left_out=True)),
        screened=Count("pk", filter=LIVE & ~Q(title_outcome="")),
        excluded=Count("pk", filter=LIVE & Q(title_outcome=Outcome.EXCLUDED)),
        sought=Count("pk", filter=LIVE & IN_FULL),
        not_retrieved=Count("pk", filter=LIVE & IN_FULL & Q(not_retrieved=True, full_outcome="")),
        assessed=Count("pk", filter=LIVE & IN_FULL & FULL_DONE),
        included=Count("pk", filter=LIVE & IN_FULL & Q(full_outcome=Outcome.INCLUDED)),
    )
    identified = by_kind.total() + by_hand
    return Flow(
        databases=by_kind[Import.Kind.DATABASE],
        registers=by_kind[Import.Kind.REGISTER],
        other=by_kind[Import.Kind.OTHER] + by_hand,
        duplicates=identified - not_taken - counts["all"],
        removed_otherwise=not_taken + counts["out"],
        screened=counts["screened"],
        excluded=counts["excluded"],
        sought=counts["sought"],
        not_retrieved=counts["not_retrieved"],
        assessed=counts["assessed"],
        reasons=_reasons(items),
        studies=counts["included"],
        reports=counts["included"],
    )


def _reasons(items: QuerySet[Item]) -> tuple[Reason, ...]:
    rows = (
        items.filter(LIVE & IN_FULL, full_outcome=Outcome.EXCLUDED)
        .order_by()
        .values("full_reason__words")
        .annotate(number=Count("pk"))
        .order_by("-number", "full_reason__words")
    )
    return tuple(Reason(row["full_reason__words"] or "–", row["number"]) for row in rows)


def pending(flow: Flow) -> int:
    """Works nobody, or not everybody who is to, has judged."""
    return flow.left_to_screen - flow.screened
