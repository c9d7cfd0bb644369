"""Ranking a pool anew, in the background: nobody waits, and no lock is held while it is learnt.

Done by a chore rather than by a reaction to each decision: a reaction runs in a transaction, which on SQLite keeps every
screener from writing; and a hundred decisions want one training, not a hundred.
"""

import hashlib
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from nahtstelle.plumbing.files.actions import keep
from nahtstelle.plumbing.ledger.actors import Actor

from ..models import Decision, Item, PackedPool, Ranking, Review, Stage
from ..queries.reviews import LIVE, OUTCOME, newest_ranking
from ..queries.screening import packed as packed_order
from ..queries.screening import pool_size

if TYPE_CHECKING:
    from nahtstelle.engines.literature.screening.features import Pool

    from ..learning import Learner

PACKED = "application/x-npz"
TEXTS_AGAIN = timedelta(hours=1)  # how long changed words of works wait until the pool is packed anew
TOLD = 24  # works for which the words that weighed are kept
IN_MEMORY = 2  # pools of how many reviews a worker keeps unpacked

_learners: dict[int, "Learner"] = {}
_seen: dict[tuple[int, str], tuple[int, int]] = {}  # (review, stage) → number and pool that changed nothing


def rank_due(*, by: Actor, at: datetime) -> int:
    """Rank every review in which more is known than its newest ranking knows; the number of rankings made."""
    made = 0
    for review in Review.objects.filter(state=Review.State.SCREENING):
        for stage in Stage.values:
            made += rank(review, stage, at=at) is not None
    return made


def rank(review: Review, stage: str, *, at: datetime) -> Ranking | None:
    """The next ranking of a stage; None where nothing new is known, or as long as only one of the two answers is."""
    last = Decision.objects.filter(review=review, stage=stage).aggregate(last=Max("number"))["last"] or 0
    newest = newest_ranking(review, stage)
    size = pool_size(review)
    if not size or (stage == Stage.FULL and not last):
        return None
    if (
        newest is not None
        and newest.after >= last
        and newest.size >= size
        and newest.with_words == review.begins_with_words
    ):
        return None
    if _seen.get((review.pk, stage)) == (last, size):
        return None
    from .. import (
        learning,  # reason: scikit-learn takes seconds to load; only a worker with something to learn needs it
    )

    labels = learning.labels_of(learning.log_of(review, stage, until=last), with_words=review.begins_with_words)
    if len({label.relevant for label in labels}) < 2:
        return None
    started = time.perf_counter()
    learner = learner_of(review, at=at)
    order, model, chain = learner.train(stage, labels)
    digest = hashlib.sha256(packed_order(order)).hexdigest()
    told = learner.told(stage, _coming(review, stage, order))
    seconds = time.perf_counter() - started
    with transaction.atomic():
        made = Ranking.objects.create(
            review=review, stage=stage, pool=learner.packed, chain=chain, after=last, size=len(order), seed=review.seed,
            model=model, features=review.features, with_words=review.begins_with_words, order=packed_order(order),
            digest=digest, told=told, seconds=seconds, at=at,
        )  # fmt: skip
        # Only the newest order is asked; of the others the digest is enough to compare.
        older = Ranking.objects.filter(review=review, stage=stage, pk__lt=made.pk).exclude(order=b"")
        older.update(order=b"", told={})
    _seen[review.pk, stage] = (last, size)
    return made


def _coming(review: Review, stage: str, order: list[int]) -> list[Item]:
    """The works that will be offered next."""
    near = order[: 20 * TOLD]
    items = Item.objects.filter(LIVE, review=review, place__in=near, **{OUTCOME[Stage(stage)]: ""}).select_related(
        "work"
    )
    by_place = {item.place: item for item in items}
    return [by_place[place] for place in near if place in by_place][:TOLD]


def learner_of(review: Review, *, at: datetime) -> "Learner":
    """The pool of a review as it is now: out of memory, unpacked, or counted and packed."""
    from .. import learning  # reason: as in ``rank``

    packed = review.packed_pools.select_related("file").first()
    known = _learners.get(review.pk)
    if known is not None and (packed is None or known.packed != packed):  # another worker has packed it since
        known = None
    size = pool_size(review)
    grown = packed is None or packed.size < size or packed.features != review.features
    changed = [] if packed is None else _changed(review, packed, at=at)
    if packed is not None and not grown and not changed:
        if known is None:
            known = learning.Learner.of(review, packed, learning.unpacked(packed))
    else:
        pool = _repacked(review, packed, known.pool if known else None, changed)
        known = learning.Learner.of(review, _keep(review, pool, at=at), pool)
    _learners.pop(review.pk, None)
    _learners[review.pk] = known
    for least in list(_learners)[:-IN_MEMORY]:
        del _learners[least]
    return known


def forget_learners() -> None:
    """Out of memory with all pools: what is kept on disk is enough."""
    _learners.clear()
    _seen.clear()


def _changed(review: Review, packed: PackedPool, *, at: datetime) -> list[int]:
    if packed.packed_at > at - TEXTS_AGAIN:
        return []
    items = review.items.filter(place__lt=packed.size, work__changed_at__gt=packed.packed_at)
    return list(items.order_by("place").values_list("place", flat=True))


def _repacked(review: Review, packed: PackedPool | None, pool: "Pool | None", changed: list[int]) -> "Pool":
    from nahtstelle.engines.literature.screening.features import Pool  # reason: as in ``rank``

    from .. import learning  # reason: as above

    if packed is None or packed.features != review.features:
        pool, have = Pool.of(learning.words_of(review)), 0
    else:
        pool, have = pool or learning.unpacked(packed), packed.size
        pool = Pool(languages=list(pool.languages), counts=dict(pool.counts))  # the one in use stays as it is
    if changed:
        items = review.items.filter(place__in=changed).select_related("work").order_by("place")
        found = [(item.place + learning.WORDS, learning.record_of(item.work)) for item in items]
        pool.replace([place for place, _record in found], [record for _place, record in found])
    fresh = review.items.filter(place__gte=have).select_related("work").order_by("place")
    records = [learning.record_of(item.work) for item in fresh.iterator(chunk_size=2000)]
    if records:
        pool.add(records)
    return pool


def _keep(review: Review, pool: "Pool", *, at: datetime) -> PackedPool:
    from ..learning import WORDS  # reason: as in ``rank``

    content = pool.pack()
    with transaction.atomic():
        return PackedPool.objects.create(
            review=review, size=len(pool.languages) - WORDS, features=review.features,
            file=keep(content, media_type=PACKED, at=at), packed_at=at,
        )  # fmt: skip
