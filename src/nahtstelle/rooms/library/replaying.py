"""The rankings of a review made again from its log, and compared with those it had."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from nahtstelle.engines.literature.screening.ranking import Trainer

from . import learning
from .models import Ranking, Review
from .queries.screening import packed


@dataclass(frozen=True, slots=True)
class Compared:
    """One ranking and whether log, seed, model and words give the same order again."""

    ranking: Ranking
    same: bool


def replay(review: Review) -> Iterator[Compared]:
    """Every ranking of a review, oldest chain first; each chain is followed from its beginning."""
    rankings = review.rankings.select_related("pool__file").order_by("pk")
    lines = {stage: learning.log_of(review, stage) for stage in {one.stage for one in rankings}}
    pools: dict[int, learning.Learner] = {}
    trainers: dict[str, Trainer] = {}
    for ranking in rankings:
        if ranking.pool_id not in pools:
            pools.clear()
            pools[ranking.pool_id] = learning.Learner.of(review, ranking.pool, learning.unpacked(ranking.pool))
        space = pools[ranking.pool_id].space
        trainer = trainers.setdefault(ranking.chain, Trainer(space, seed=ranking.seed, model=review.model))
        known = [line for line in lines[ranking.stage] if line.number <= ranking.after]
        order = trainer.train(learning.labels_of(known, with_words=ranking.with_words)).order
        again = sha256(packed(int(row) - learning.WORDS for row in order if row >= learning.WORDS)).hexdigest()
        yield Compared(ranking, again == ranking.digest)
