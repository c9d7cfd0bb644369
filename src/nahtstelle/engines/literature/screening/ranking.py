"""What to read next. Features and models are made by name, so that another can take the place of ours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.features import Pool
from nahtstelle.engines.literature.screening.machine import Machine, Rehearsal
from nahtstelle.engines.literature.screening.values import CannotScreen, Floats, Ints, Model, Space

COST, RATIO = 0.3, 30.0

FEATURES: dict[str, Callable[[Sequence[Record]], Space]] = {
    "words-and-bridges": lambda records: Pool.of(records).space()
}
MODELS: dict[str, Callable[[Space], Model]] = {"machine": lambda space: Machine(space, cost=COST, ratio=RATIO)}
# What stands in for a model in simulations: the same scores, more quickly asked again and again, for more memory.
REHEARSALS: dict[str, Callable[[Space], Model]] = {"machine": lambda space: Rehearsal(space, cost=COST, ratio=RATIO)}
REHEARSED = 10_000  # records, above which a simulation takes the model itself
DEFAULT_FEATURES, DEFAULT_MODEL = "words-and-bridges", "machine"


def features_named(name: str) -> Callable[[Sequence[Record]], Space]:
    if name not in FEATURES:
        raise CannotScreen(f'There are no features named "{name}"; there are: {", ".join(sorted(FEATURES))}.')
    return FEATURES[name]


def model_named(name: str) -> Callable[[Space], Model]:
    if name not in MODELS:
        raise CannotScreen(f'There is no model named "{name}"; there are: {", ".join(sorted(MODELS))}.')
    return MODELS[name]


def for_simulation(name: str, space: Space) -> Model:
    model = model_named(name)
    return REHEARSALS.get(name, model)(space) if space.size <= REHEARSED else model(space)


@dataclass(frozen=True, slots=True)
class Label:
    """One line of the log: which record (by its place in the pool), and whether it is relevant."""

    record: int
    relevant: bool


def as_arrays(labels: Sequence[Label]) -> tuple[Ints, Ints]:
    """The labels that hold, in the order in which their records were first judged; a later judgement replaces an earlier."""
    last = {label.record: label.relevant for label in labels}
    return np.array(list(last), dtype=np.int64), np.array([int(relevant) for relevant in last.values()], dtype=np.int64)


def order_of(scores: Floats) -> Ints:
    """Best first; of equal ones that which came first."""
    return np.argsort(-scores, kind="stable").astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """All records, best first, as they stood after the first ``after`` lines of the log."""

    order: Ints
    after: int
    model: str = DEFAULT_MODEL


def shuffled(size: int, *, seed: int) -> Ranking:
    """The order before the first label: by chance, the same for the same seed."""
    return Ranking(order=np.random.default_rng(seed).permutation(size).astype(np.int64), after=0, model="chance")


def rank(space: Space, log: Sequence[Label], *, seed: int, model: str = DEFAULT_MODEL) -> Ranking:
    """The ranking after these labels; by chance as long as only one of the two answers was given.

    The same space, log, seed and model give the same order: nothing is kept between two calls (``Trainer`` keeps, and must
    agree).
    """
    return Trainer(space, seed=seed, model=model).train(log)


@dataclass(slots=True)
class Trainer:
    """Trains again and again for one review, faster than from nothing. Lives where training may take its time."""

    space: Space
    seed: int
    model: str = DEFAULT_MODEL
    _learner: Model | None = None

    def train(self, log: Sequence[Label]) -> Ranking:
        chosen, labels = as_arrays(log)
        if len(chosen) and (chosen.min() < 0 or chosen.max() >= self.space.size):
            raise CannotScreen("The log names a record that is not in the pool.")
        if len(set(labels.tolist())) < 2:
            return Ranking(order=shuffled(self.space.size, seed=self.seed).order, after=len(log), model="chance")
        if self._learner is None:
            self._learner = model_named(self.model)(self.space)
        # Rounded: what differs in the last places only, by the way to the solution, counts as equal.
        return Ranking(
            order=order_of(np.round(self._learner.learn(chosen, labels), 3)), after=len(log), model=self.model
        )

    def direction(self) -> Floats | None:
        """What the last training learnt of each feature, for ``highlighting.WordWeights``; None before there is any."""
        return self._learner.direction() if isinstance(self._learner, Machine) else None


def replay(
    space: Space, log: Sequence[Label], *, seed: int, trained_after: Sequence[int], model: str = DEFAULT_MODEL
) -> list[Ranking]:
    """Every ranking a review has seen, from its log alone: one for each count of labels that was trained on."""
    trainer = Trainer(space, seed=seed, model=model)
    return [trainer.train(log[:after]) for after in trained_after]


@dataclass(slots=True)
class Suggestions:
    """The next record to read, at once, from the newest ranking there is, whoever is training meanwhile.

    Labels go in by ``judge``; ``log`` is the snapshot a trainer takes; its ranking comes in by ``take``, which an older one
    than that in use does not replace. ``held`` are records that lie on other people's desks.
    """

    ranking: Ranking
    log: list[Label] = field(default_factory=list)
    _judged: set[int] = field(default_factory=set)
    _from: int = 0

    def __post_init__(self) -> None:
        self._judged = {label.record for label in self.log}

    def next(self, *, held: Mapping[int, object] | frozenset[int] = frozenset()) -> int | None:
        """The place of the best record nobody has judged or holds; None when all are."""
        order, start, leading = self.ranking.order, self._from, True
        for place in range(start, len(order)):
            record = int(order[place])
            if record in self._judged:
                if leading:
                    self._from = place + 1
            elif record in held:
                leading = False
            else:
                return record
        return None

    def judge(self, record: int, *, relevant: bool) -> None:
        if not 0 <= record < len(self.ranking.order):
            raise CannotScreen("This record is not in the pool.")
        self.log.append(Label(record, relevant))
        self._judged.add(record)

    def snapshot(self) -> tuple[Label, ...]:
        return tuple(self.log)

    def take(self, ranking: Ranking) -> bool:
        """Use a new ranking; False for one that knows fewer labels than that in use."""
        if ranking.after < self.ranking.after or len(ranking.order) < len(self.ranking.order):
            return False
        self.ranking, self._from = ranking, 0
        return True
