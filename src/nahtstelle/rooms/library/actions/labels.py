"""Answers that were given elsewhere: known works as a start for the model, and screening that was half done before."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import DecisionMade
from ..models import Decision, Review, Stage
from ..queries.teams import account_of
from ..rules import reviews as rules
from .outcomes import recompute


class Told(NamedTuple):
    """What a list says of a work of the pool."""

    place: int
    verdict: str
    note: str = ""


@transaction.atomic
def give_labels(*, review: Review, labels: Sequence[Told], own: bool, by: Actor, at: datetime) -> int:
    """Write answers at title and abstract into the log at once; what is there already in the same words is passed over.

    ``own``: they are the answers of whoever gives them, and count as theirs. Otherwise they are known before: the model
    learns from them, and people judge the works all the same.
    """
    review = Review.objects.select_for_update().get(pk=review.pk)
    account, today = account_of(by.account_id), timezone.localdate(at)
    if own:
        rules.check_screens(account, review, on=today)
        rules.check_is_screening(review)
    else:
        rules.check_leads(account, review, on=today)
        rules.check_is_not_closed(review)
    items = {item.place: item for item in review.items.filter(place__in=[label.place for label in labels])}
    there = {
        (line.item_id): line
        for line in review.decisions.filter(
            stage=Stage.TITLE, by=account, newest=True, settles=False, item__in=items.values()
        )
    }
    number = Decision.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0
    lines, replaced = list[Decision](), list[int]()
    for label in labels:
        item = items.get(label.place)
        before = there.get(item.pk) if item else None
        if item is None or item.left_out or item.twin_id:
            continue
        if before is not None and before.prior == (not own) and before.verdict == label.verdict:
            continue  # said already
        if before is not None and not own and not before.prior:
            continue  # what somebody judged is not taken back by what they knew before
        if before is not None:
            replaced.append(before.pk)
        number += 1
        lines.append(
            Decision(
                review=review, number=number, item=item, stage=Stage.TITLE, by=account, verdict=label.verdict,
                note=label.note, prior=not own, at=at,
            )
        )  # fmt: skip
    Decision.objects.filter(pk__in=replaced).update(newest=False)
    Decision.objects.bulk_create(lines, batch_size=500)
    if own:
        for line in lines:
            recompute(line.item, Stage.TITLE)
    if lines:
        record(DecisionMade(review.pk, number, Stage.TITLE), by=by, at=at, touched=[review])
    return len(lines)
