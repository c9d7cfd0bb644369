"""Reviews in lists, and how far each has come. Counts are of works whose judging is complete, never of single answers."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.queries import centre_roles

from ..models import Decision, Item, Look, Member, Ranking, Record, Review, Stage

Outcome = Item.Outcome
OUTCOME = {Stage.TITLE: "title_outcome", Stage.FULL: "full_outcome"}
LIVE = Q(left_out=False, twin__isnull=True)  # what of the pool is to be judged
IN_FULL = Q(title_outcome__in=(Outcome.INCLUDED, Outcome.MAYBE))
INCLUDED = LIVE & IN_FULL & Q(full_outcome=Outcome.INCLUDED)


def visible(account: Account, *, on: date) -> QuerySet[Review]:
    """All reviews for staff, their own for others."""
    if centre_roles(account.person, on=on):
        return Review.objects.all()
    return of_person(account.person, on=on)


def of_person(person: Person, *, on: date) -> QuerySet[Review]:
    return Review.objects.filter(Exists(Member.objects.on(on).filter(review=OuterRef("pk"), person=person)))


def listed(reviews: QuerySet[Review], *, words: str = "", state: str = "") -> QuerySet[Review]:
    for word in words.split():
        reviews = reviews.filter(Q(title__icontains=word) | Q(question__icontains=word))
    if state:
        reviews = reviews.filter(state=state)
    return reviews.order_by("-id")


def progress_of(reviews: list[Review]) -> dict[int, dict[str, int]]:
    """For each of a page of reviews its counts, in one query."""
    rows = Item.objects.filter(LIVE, review__in=reviews).values("review").annotate(**_counts()).order_by()
    return {row.pop("review"): row for row in rows}


def counts_of(review: Review) -> dict[str, int]:
    return Item.objects.filter(LIVE, review=review).aggregate(**_counts())


def _counts() -> dict[str, Any]:
    counts: dict[str, Any] = {"pool": Count("pk"), "wanted": Count("pk", filter=IN_FULL)}
    for stage, field in OUTCOME.items():
        among = IN_FULL if stage == Stage.FULL else Q()
        for name in ("included", "excluded", "maybe", "conflict"):
            counts[f"{stage}_{name}"] = Count("pk", filter=among & Q(**{field: name}))
    counts["not_retrieved"] = Count("pk", filter=IN_FULL & Q(not_retrieved=True, full_outcome=""))
    return counts


def judged_by(review: Review) -> list[dict[str, Any]]:
    """How many works each person judged at each stage; not how."""
    rows = Decision.objects.filter(review=review, newest=True, prior=False, settles=False)
    return list(
        rows.values(name=F("by__person__name"), at_stage=F("stage"))
        .annotate(works=Count("pk"))
        .order_by("name", "stage")
    )


def newest_ranking(review: Review, stage: str) -> Ranking | None:
    return review.rankings.filter(stage=stage).defer("told").first()


def open_look(review: Review) -> Look | None:
    return review.looks.filter(read_at=None).first()


def last_number(review: Review) -> int:
    return Decision.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0


def sources(review: Review) -> list[dict[str, Any]]:
    """The imports that feed the pool, each with its records."""
    counted = Count("records", filter=~Q(records__state=Record.State.DELETED) & Q(records__replaced=False))
    return list(review.imports.annotate(works=counted).order_by("pk"))


def taken_by_hand(review: Review) -> int:
    return review.items.filter(by_hand=True).count()
