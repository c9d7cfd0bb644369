"""How soon the screening's ranking finds what was included, beside ASReview's default model (ELAS u4), on real reviews.

Run by hand: ``python tests/benchmarks/bench_screening.py`` (ranking, ``--seeds``, ``--step``, ``--sets`` choose), then
``… mixed`` (half of each pool in German), ``… stopping`` (does the stated recall hold?), ``… waiting --sizes 10000`` (how long a next
suggestion takes while a retraining runs). Needs the screening data beside the project; changes nothing.

ELAS u4 is the twenty lines of scikit-learn in tests/benchmarks/elas.py. Thousands of trainings of it would take
hours, so it is solved by our own solver on its own matrix, which a test shows to give LIBLINEAR's scores.
"""

import argparse
import csv
import gzip
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.features import Pool
from nahtstelle.engines.literature.screening.machine import Rehearsal
from nahtstelle.engines.literature.screening.ranking import Suggestions, Trainer, for_simulation, shuffled
from nahtstelle.engines.literature.screening.simulating import Simulation, simulate
from nahtstelle.engines.literature.screening.stopping import Look, recall_from_sample
from nahtstelle.engines.literature.screening.values import Model, Space
from tests.benchmarks.elas import elas_matrix, plain

DATA = Path(__file__).parents[3] / "shared" / "data" / "screening"
FIGURES = ("loss", "wss95", "recall10", "atd")


def names() -> list[str]:
    return sorted(path.name[:-7] for path in DATA.glob("*.csv.gz") if path.name.count(".") == 2)


def rows_of(name: str) -> list[dict[str, str]]:
    csv.field_size_limit(10**8)
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(name: str, *, half_in: str = "") -> tuple[list[Record], np.ndarray]:
    """The records and whether they were included; a random half of them in another language, without keywords."""
    rows = rows_of(name)
    labels = np.array([int(row["label_included"]) for row in rows], dtype=np.int64)
    if half_in:
        other = {row["record_id"]: row for row in rows_of(f"{name}.{half_in}")}
        for place in np.random.default_rng(42).permutation(len(rows))[: len(rows) // 2]:
            there = other[rows[place]["record_id"]]
            rows[place] |= {
                "title": there[f"title_{half_in}"],
                "abstract": there[f"abstract_{half_in}"],
                "keywords": "",
            }
    records = [
        Record(
            key=row["record_id"],
            title=row["title"],
            abstract=row["abstract"],
            keywords=tuple(word.strip() for word in row["keywords"].split(";") if word.strip()),
        )
        for row in rows
    ]
    return records, labels


def ours(records: Sequence[Record]) -> Model:
    return for_simulation("machine", Pool.of(records).space())


def elas(records: Sequence[Record]) -> Model:
    return Rehearsal(plain(elas_matrix(records)), cost=0.11, ratio=9.8)


def runs(model: Model, labels: np.ndarray, seeds: int, step: int) -> list[Simulation]:
    return [simulate(model, labels, seed=seed, step=step, clock=time.process_time) for seed in range(seeds)]


def means(done: Sequence[Simulation]) -> list[float]:
    return [float(np.mean([getattr(run, figure) for run in done])) for figure in FIGURES]


def line(name: str, who: str, figures: Sequence[float], more: str = "") -> str:
    return f"{name:34} {who:5} " + " ".join(f"{figure:8.4f}" for figure in figures) + f" {more}"


def ranking(sets: Sequence[str], seeds: int, step: int) -> None:
    everything: dict[str, list[list[float]]] = {"ours": [], "elas": []}
    print(f"{'set':34} {'model':5} " + " ".join(f"{figure:>8}" for figure in FIGURES))
    for name in sets:
        records, labels = read(name)
        for who, make in (("ours", ours), ("elas", elas)):
            done = runs(make(records), labels, seeds, step)
            everything[who].append(means(done))
            seconds = np.mean([run.seconds for run in done])
            print(line(name, who, everything[who][-1], f"{1000 * seconds:6.1f} ms CPU a training"), flush=True)
    for who, figures in everything.items():
        print(line(f"mean of {len(sets)} sets, {seeds} seeds", who, np.mean(figures, axis=0)))


def mixed(sets: Sequence[str], seeds: int, step: int) -> None:
    for name in sets:
        for language in ("de", "tr"):
            if not (DATA / f"{name}.{language}.csv.gz").exists():
                continue
            for who, make in (("ours", ours), ("elas", elas)):
                whole, half = (
                    means(runs(make(records), labels, seeds, step))
                    for records, labels in (read(name), read(name, half_in=language))
                )
                print(line(name, who, whole, "English"))
                print(line(name, who, half, f"half {language}: {half[0] / whole[0]:.2f} times the loss"), flush=True)


def stopping(sets: Sequence[str], rounds: int) -> None:
    """Reviews stopped after the share of the pool read, a sample drawn: is recall at least what is stated?"""
    chance = np.random.default_rng(2026)
    held = all_held = within = total = reviews = 0
    for name in sets:
        records, labels = read(name)
        model = ours(records)
        order = simulate(model, labels, seed=0, step=10)
        hits = labels[order.order]
        for _ in range(rounds):
            fine, known = True, 0
            unread = list(range(len(hits)))
            for number, share in enumerate((0.2, 0.4, 0.6), start=1):
                goal = int(share * len(hits))
                best = [place for place in unread if place < goal]
                known += int(hits[best].sum())
                unread = [place for place in unread if place >= goal]
                drawn = chance.choice(np.array(unread, dtype=np.int64), size=min(len(unread), 150), replace=False)
                look = Look(
                    found=known, unread=len(unread), drawn=len(drawn), hits=int(hits[drawn].sum()), number=number
                )
                said = recall_from_sample(look)
                known += look.hits
                unread = sorted(set(unread) - set(drawn.tolist()))
                true = known / int(hits.sum())
                total += 1
                ok = said.at_least <= true + 1e-9
                held += ok
                within += said.low - 1e-9 <= true <= said.high + 1e-9
                fine = fine and ok
            all_held += fine
            reviews += 1
    print(
        f"'at least' held in {held} of {total} looks ({held / total:.4f}), interval in {within} ({within / total:.4f})"
    )
    print(f"'at least' held at all three looks in {all_held} of {reviews} reviews ({all_held / reviews:.4f})")


def many(size: int) -> list[Record]:
    """So many records, spliced from halves of real ones."""
    chance = np.random.default_rng(1)
    real = [record for name in names() for record in read(name)[0]]

    def spliced() -> Iterator[Record]:
        for number in range(size):
            if number < len(real):
                yield real[number]
                continue
            one, other = (real[int(place)] for place in chance.integers(len(real), size=2))
            yield Record(
                title=one.title,
                abstract=f"{one.abstract[: len(one.abstract) // 2]} {other.abstract[len(other.abstract) // 2 :]}",
            )

    return list(spliced())


def waiting(size: int, labelled: int) -> None:
    """A process trains without pause; this one asks for the next record after every label."""
    from concurrent.futures import ProcessPoolExecutor

    records = many(size)
    begun = time.process_time()
    space = Pool.of(records, languages=["en"] * size).space()
    made = time.process_time() - begun
    chance = np.random.default_rng(3)
    suggestions = Suggestions(shuffled(size, seed=1))
    for record in chance.permutation(size)[:labelled]:
        suggestions.judge(int(record), relevant=bool(chance.random() < 0.05))
    waits, trainings = [], []
    with ProcessPoolExecutor(1, initializer=_begin, initargs=(space,)) as trainer:
        running = trainer.submit(_train, suggestions.snapshot())
        until = time.monotonic() + 60
        while len(trainings) < 6 and time.monotonic() < until:
            if running.done():
                ranking_, seconds = running.result()
                start = time.perf_counter()
                suggestions.take(ranking_)
                waits.append(time.perf_counter() - start)
                trainings.append(seconds)
                running = trainer.submit(_train, suggestions.snapshot())
            start = time.perf_counter()
            record = suggestions.next()
            waits.append(time.perf_counter() - start)
            suggestions.judge(int(record or 0), relevant=bool(chance.random() < 0.05))
            time.sleep(0.02)
    print(
        f"{size} records, {labelled} labels: features {made:.1f} s CPU; {len(waits)} suggestions, slowest "
        f"{1000 * max(waits):.2f} ms; first training {trainings[0]:.2f} s, later ones {np.mean(trainings[1:]):.2f} s"
    )


_trainer: Trainer | None = None


def _begin(space: Space) -> None:
    global _trainer
    _trainer = Trainer(space, seed=1)


def _train(log: Sequence[object]) -> tuple[object, float]:
    start = time.perf_counter()
    assert _trainer is not None
    return _trainer.train(log), time.perf_counter() - start  # type: ignore[arg-type] # a log, which comes back from another process untyped


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("what", nargs="?", default="ranking", choices=("ranking", "mixed", "stopping", "waiting"))
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--step", type=int, default=1)
    asked.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    asked.add_argument("--sets", nargs="*", default=None)
    given = asked.parse_args()
    sets = given.sets or names()
    if given.what == "ranking":
        ranking(sets, given.seeds, given.step)
    elif given.what == "mixed":
        mixed(sets, given.seeds, given.step)
    elif given.what == "stopping":
        stopping(sets, given.seeds)
    else:
        for size in given.sizes:
            waiting(size, 1000)


if __name__ == "__main__":
    main()
