"""The log of a review, for reading and for taking along. What is still blind stands there without its answer."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from nahtstelle.register.people.models import Account

from ..models import Decision, Review
from .screening import seen_by

HIDDEN = ("verdict", "reason", "note", "seconds")
COLUMNS = ("number", "at", "stage", "place", "citekey", "by", "verdict", "reason", "note", "settles", "prior", "newest", "ranking", "seconds")  # fmt: skip


def lines(review: Review) -> QuerySet[Decision]:
    return (
        Decision.objects.filter(review=review)
        .select_related("item__work", "by__person", "reason")
        .defer("item__work__abstract", "item__work__folded")
        .order_by("-number")
    )


def visible_numbers(review: Review, account: Account, numbers: list[int]) -> set[int]:
    """Of some lines those whose answer this account may see."""
    rows = Decision.objects.filter(review=review, number__in=numbers)
    return set(seen_by(rows, review, account).values_list("number", flat=True))


def whole(review: Review, account: Account) -> Iterator[dict[str, Any]]:
    """Every line in the order of the log; what this account may not see yet is empty."""
    open_to = set(seen_by(Decision.objects.filter(review=review), review, account).values_list("number", flat=True))
    rows = Decision.objects.filter(review=review).order_by("number").values_list(
        "number", "at", "stage", "item__place", "item__work__citekey", "by__person__name", "verdict", "reason__words",
        "note", "settles", "prior", "newest", "ranking", "seconds",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=2000):
        line = dict(zip(COLUMNS, row, strict=True))
        line["at"] = line["at"].isoformat()
        if line["number"] not in open_to:
            line |= dict.fromkeys(HIDDEN)
        yield line


def particulars(review: Review) -> dict[str, Any]:
    """What is needed beside the log to make every ranking again."""
    fields = (
        "pk",
        "stage",
        "after",
        "size",
        "seed",
        "model",
        "features",
        "with_words",
        "chain",
        "digest",
        "at",
        "pool__file__digest",
    )
    rankings = [dict(zip(fields, row, strict=True)) for row in review.rankings.order_by("pk").values_list(*fields)]
    for ranking in rankings:
        ranking["at"] = ranking["at"].isoformat()
    return {
        "review": review.slug,
        "question": review.question,
        "seed": review.seed,
        "model": review.model,
        "features": review.features,
        "judges": review.judges,
        "target_recall": review.target_recall,
        "confidence": review.confidence,
        "criteria": list(review.criteria.values("words", "excludes")),
        "pool": list(review.items.order_by("place").values_list("place", "work__citekey")),
        "rankings": rankings,
        "looks": [
            {"number": look.number, "seed": look.seed, "found": look.found, "unread": look.unread, "hits": look.hits, "at_least": look.at_least}
            for look in review.looks.order_by("number")
        ],
    }  # fmt: skip
