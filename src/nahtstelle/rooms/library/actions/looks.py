"""Random samples of what is unread: drawn, read wholly, and only then saying something."""

from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import LookDrawn
from ..models import Item, Look, Review, Stage
from ..queries.recall import UNDECIDED
from ..queries.reviews import IN_FULL, LIVE, open_look
from ..queries.teams import account_of
from ..rules import reviews as rules


@transaction.atomic
def draw_look(*, review: Review, size: int, by: Actor, at: datetime) -> Look:
    """Draw works at random from all whose judging at title and abstract is not complete."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    rules.check_leads(account_of(by.account_id), review, on=timezone.localdate(at))
    rules.check_is_screening(review)
    if open_look(review) is not None:
        raise NotNow(_("A sample is being read. Another one can be drawn when all of it has been read."))
    items = Item.objects.filter(LIVE, review=review)
    if items.filter(title_outcome=Item.Outcome.CONFLICT).exists():
        raise NotNow(_("Please settle the conflicts first: only then it is known how many works were found."))
    unread = np.array(items.filter(title_outcome="").order_by("place").values_list("pk", flat=True), dtype=np.int64)
    if not len(unread):
        raise NotNow(_("Everything has been read; there is nothing to draw from."))
    if not 0 < size <= len(unread):
        raise Refusal(_("Please draw at least one work and at most %d, which is all that is unread.") % len(unread))
    number = review.looks.filter(stage=Stage.TITLE).count() + 1
    seed = (review.seed + number * 1_000_003) % 2_147_483_647
    drawn = np.random.default_rng(seed).choice(unread, size=size, replace=False)
    look = Look.objects.create(
        review=review, stage=Stage.TITLE, number=number, seed=seed, found=items.filter(IN_FULL).count(),
        unread=len(unread), drawn_at=at, drawn_by_id=by.account_id,
    )  # fmt: skip
    look.items.set([int(pk) for pk in drawn])
    record(LookDrawn(review.pk, look.pk), by=by, at=at, touched=[review])
    return look


def finish_look(review: Review, stage: str, *, by: Actor, at: datetime) -> Look | None:
    """If the open sample has been read wholly: what it says. Called whenever a work of the review was judged.

    A work that left the pool since counts as read and as not found; what was merged counts where it is now.
    """
    look = open_look(review) if stage == Stage.TITLE else None
    if look is None:
        return None
    own = Q(twin=None, left_out=False, title_outcome__in=UNDECIDED)
    if look.items.filter(own | Q(twin__left_out=False, twin__title_outcome__in=UNDECIDED)).exists():
        return None
    from nahtstelle.engines.literature.screening.stopping import (
        Look as Counts,  # reason: scipy's distributions take a second to load, and only a finished sample needs them
    )
    from nahtstelle.engines.literature.screening.stopping import recall_from_sample  # reason: as above

    goes_on = (Item.Outcome.INCLUDED, Item.Outcome.MAYBE)
    hits = look.items.filter(
        Q(twin=None, left_out=False, title_outcome__in=goes_on)
        | Q(twin__left_out=False, twin__title_outcome__in=goes_on)
    ).count()
    counts = Counts(found=look.found, unread=look.unread, drawn=look.items.count(), hits=hits, number=look.number)
    recall = recall_from_sample(counts, confidence=review.confidence)
    look.hits, look.read_at = hits, at
    look.at_least, look.estimate, look.low, look.high = recall.at_least, recall.estimate, recall.low, recall.high
    look.save(update_fields=["hits", "read_at", "at_least", "estimate", "low", "high"])
    return look
