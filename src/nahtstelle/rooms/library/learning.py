"""What a model learns from in a review: the log as labels, the words of the pool, and the chain of its trainings.

The model learns only from works whose judging is complete, and from what was known before. Did it learn from single
answers, a work would move to the top of one screener's list because the other has just included it.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.features import Pool
from nahtstelle.engines.literature.screening.highlighting import WordWeights
from nahtstelle.engines.literature.screening.ranking import Label, Trainer
from nahtstelle.engines.literature.screening.values import Space
from nahtstelle.plumbing.files.actions import content_of

from .models import Decision, Item, PackedPool, Review, Stage, Work
from .rules.verdicts import Judgement, result_of

QUESTION, EXCLUSION, WORDS = (
    0,
    1,
    2,
)  # rows of the space before that of the first work: what is asked, what is not wanted
CHAIN = 400  # trainings after which one begins anew, so that nobody who checks has to follow for ever
RELEVANT = {
    Item.Outcome.INCLUDED: True,
    Item.Outcome.MAYBE: True,
    Item.Outcome.CONFLICT: True,
    Item.Outcome.EXCLUDED: False,
}


class Line(NamedTuple):
    """What of a decision matters for learning."""

    number: int
    stage: str
    place: int
    judges: int
    by: int
    verdict: str
    settles: bool
    prior: bool


def log_of(review: Review, stage: str, *, until: int | None = None) -> list[Line]:
    """The log as far as a stage knows it: the second one knows what the first one said."""
    rows = Decision.objects.filter(review=review).order_by("number")
    if stage == Stage.TITLE:
        rows = rows.filter(stage=Stage.TITLE)
    if until is not None:
        rows = rows.filter(number__lte=until)
    fields = ("number", "stage", "item__place", "item__judges", "by", "verdict", "settles", "prior")
    return [Line(*row) for row in rows.values_list(*fields)]


@dataclass(slots=True)
class _Judged:
    """How far the judging of one work at one stage has come."""

    by_person: dict[int, Judgement] = field(default_factory=dict)
    settled: Judgement | None = None
    prior: bool | None = None

    def take(self, line: Line) -> bool | None:
        """Whether the work counts as relevant after this line; None: nobody may know yet."""
        if line.prior:
            self.prior = line.verdict != Decision.Verdict.EXCLUDE
        elif line.settles:
            self.settled = Judgement(line.verdict)
        else:
            self.by_person[line.by] = Judgement(line.verdict)
        result = result_of(list(self.by_person.values()), needed=line.judges, stage=line.stage, settled=self.settled)
        return RELEVANT.get(Item.Outcome(result.outcome), self.prior)


def labels_of(lines: Iterable[Line], *, with_words: bool) -> list[Label]:
    """The labels a model gets, in the order of the log; a later one of a work replaces an earlier one."""
    labels = [Label(QUESTION, True), Label(EXCLUSION, False)] if with_words else []
    judged: dict[tuple[str, int], _Judged] = {}
    said: dict[tuple[str, int], bool] = {}
    for line in lines:
        key = (line.stage, line.place)
        relevant = judged.setdefault(key, _Judged()).take(line)
        if relevant is None or said.get(key) == relevant:
            continue
        said[key] = relevant
        if line.stage == Stage.TITLE and (Stage.FULL, line.place) in said:
            continue
        labels.append(Label(line.place + WORDS, relevant))
    return labels


def record_of(work: Work) -> Record:
    """What the model sees of a work."""
    return Record(title=work.title, abstract=work.abstract, keywords=tuple(map(str, work.keywords)))


def words_of(review: Review) -> list[Record]:
    """Question and criteria for inclusion as one record, the reasons for exclusion as another."""
    criteria = list(review.criteria.filter(retired_at=None).order_by("position", "pk"))
    wanted = ". ".join(one.words for one in criteria if not one.excludes)
    unwanted = ". ".join(one.words for one in criteria if one.excludes)
    return [Record(title=review.question, abstract=wanted), Record(title=unwanted or "–")]


def unpacked(packed: PackedPool) -> Pool:
    return Pool.unpack(content_of(packed.file))


@dataclass(slots=True)
class Learner:
    """A pool in memory, its space, and one chain of trainings for each stage."""

    packed: PackedPool
    pool: Pool
    space: Space
    seed: int
    model: str
    trainers: dict[str, Trainer] = field(default_factory=dict)
    chains: dict[str, tuple[str, int]] = field(default_factory=dict)  # its name, how many trainings it has

    @classmethod
    def of(cls, review: Review, packed: PackedPool, pool: Pool) -> "Learner":
        return cls(packed=packed, pool=pool, space=pool.space(), seed=review.seed, model=review.model)

    def train(self, stage: str, labels: Sequence[Label]) -> tuple[list[int], str, str]:
        """Places, best first; which model ranked; the chain it belongs to."""
        chain, links = self.chains.get(stage, ("", CHAIN))
        if links >= CHAIN:
            chain, links = uuid.uuid4().hex, 0
            self.trainers[stage] = Trainer(self.space, seed=self.seed, model=self.model)
        ranking = self.trainers[stage].train(labels)
        self.chains[stage] = (chain, links + 1)
        return [int(row) - WORDS for row in ranking.order if row >= WORDS], ranking.model, chain

    def told(self, stage: str, items: Iterable[Item]) -> dict[str, list[list[Any]]]:
        """The words that weighed in some works: place → [[word, weight], …], the heaviest 1 or -1."""
        direction = self.trainers[stage].direction()
        if direction is None:
            return {}
        weights = WordWeights(self.pool, direction)
        told = {}
        for item in items:
            text = f"{item.work.title} {item.work.abstract}"
            spans = weights.spans(text.casefold(), language=self.pool.languages[item.place + WORDS])
            heaviest = max((abs(span.weight) for span in spans), default=0.0)
            words = {text.casefold()[span.start : span.end]: span.weight for span in spans}
            told[str(item.place)] = [[word, round(weight / heaviest, 2)] for word, weight in words.items()]
        return told
