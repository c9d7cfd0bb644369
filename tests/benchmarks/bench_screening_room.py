"""How long a screener waits for the next work while the model learns beside, with pools of 10,000 and 100,000 works.

    python tests/benchmarks/bench_screening_room.py [--works 10000 100000] [--answers 60] [--only sqlite]

Texts are spliced from words of a few invented subjects; a tenth is relevant. Printed are, of each pool: seconds to put the
works into it and to count its words the first time, then, while another process learns without pause, milliseconds and
statements for "the next work" and for "an answer".
"""

import argparse
import multiprocessing
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import on_both, ready

SUBJECTS = (
    "arbeit beruf anerkennung vermittlung betrieb beschäftigung lohn einstellung bewerbung fachkraft ausbildung qualifikation",
    "wetter klima regen messung station temperatur niederschlag verlauf modell prognose jahreszeit boden",
    "school pupils teacher lesson reading grade classroom language curriculum test score attendance",
    "hospital patients nurse treatment trial outcome dose therapy care clinical follow-up diagnosis",
)
COMMON = [
    "und",
    "der",
    "die",
    "das",
    "in",
    "von",
    "mit",
    "für",
    "auf",
    "eine",
    "study",
    "results",
    "method",
    "data",
    "analysis",
    "of",
    "the",
    "and",
    "with",
    "we",
    "show",
    "that",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--answers", type=int, default=60)
    parser.add_argument("--only", choices=("sqlite", "postgres"), default="")
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if not chosen.here:
        sizes = [str(size) for size in chosen.works]
        on_both(__file__, "--works", *sizes, "--answers", str(chosen.answers), only=chosen.only)
        return
    ready()
    for size in chosen.works:
        measure(size, chosen.answers)


def measure(size: int, answers: int) -> None:
    from django.db import connection, connections
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.rooms.library.actions import pool, ranking, screening
    from nahtstelle.rooms.library.models import Ranking, Review
    from tests.cast import account
    from tests.rooms.library import stock

    rng = random.Random(size)
    lead, second = account(f"Lead {size}", role="researcher"), account(f"Screener {size}")
    review = stock.review(f"pool{size}", judges=1, state=Review.State.SCREENING)
    stock.team_of(review, lead=lead, screener=second)
    relevant = _shelve(size, rng)
    start = time.perf_counter()
    by, works = system("bench"), list(relevant)
    for at in range(0, len(works), 20_000):
        pool.add_works(review=review, works=works[at : at + 20_000], by=by, at=timezone.now())
    print(f"{size:,} works: into the pool {time.perf_counter() - start:.1f} s", end="; ", flush=True)
    items = review.items.select_related("work")
    for item in [*items.filter(work__in=[w for w in works[:400] if relevant[w]])[:5], *items[:300:10]]:
        screening.judge(
            review=review,
            item=item,
            stage="title",
            verdict="include" if relevant[item.work_id] else "exclude",
            by=lead.actor,
            at=timezone.now(),
        )
    start = time.perf_counter()
    ranking.rank_due(by=by, at=timezone.now())
    print(f"first ranking with counting and packing {time.perf_counter() - start:.1f} s", end="; ", flush=True)
    kept = review.packed_pools.get().file.size
    print(f"kept {kept / 1e6:.0f} MB", flush=True)
    before = Ranking.objects.filter(review=review).count()
    connections.close_all()
    beside = multiprocessing.get_context("spawn").Process(target=_learn_without_pause, daemon=True)
    beside.start()
    waits: dict[str, list[tuple[float, int]]] = {"the next work": [], "an answer": []}
    for _ in range(answers):
        with CaptureQueriesContext(connection) as seen:
            start = time.perf_counter()
            found = screening.take_next(review=review, stage="title", by=second.actor, at=timezone.now())
            waits["the next work"].append((1000 * (time.perf_counter() - start), len(seen)))
        assert found is not None
        verdict = "include" if relevant[found.item.work_id] else "exclude"
        with CaptureQueriesContext(connection) as seen:
            start = time.perf_counter()
            screening.judge(
                review=review,
                item=found.item,
                stage="title",
                verdict=verdict,
                seen=0,
                by=second.actor,
                at=timezone.now(),
            )
            waits["an answer"].append((1000 * (time.perf_counter() - start), len(seen)))
        time.sleep(0.5)  # somebody reads
    beside.terminate()
    beside.join()
    made = Ranking.objects.filter(review=review).order_by("pk")
    seconds = [one.seconds for one in made[before:]]
    for what, measured in waits.items():
        times = sorted(wait for wait, _count in measured)
        print(
            f"  {what}: median {statistics.median(times):.1f} ms, slowest {times[-1]:.1f} ms, "
            f"{max(count for _wait, count in measured)} statements at most"
        )
    if seconds:
        print(
            f"  meanwhile {len(seconds)} rankings, {statistics.median(seconds):.2f} s each (the first {seconds[0]:.2f} s)",
            flush=True,
        )


def _learn_without_pause() -> None:
    ready(migrated=False)
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.rooms.library.actions import ranking

    while True:
        ranking.rank_due(by=system("bench"), at=timezone.now())


def _shelve(size: int, rng: random.Random) -> dict[int, bool]:
    """Works of that many; for each whether it is relevant."""
    from django.utils import timezone

    from nahtstelle.rooms.library.models import Work

    words = [subject.split() for subject in SUBJECTS]
    rare = [f"wort{number}" for number in range(20_000)]
    now = timezone.now()

    def text(subject: list[str], length: int) -> str:
        return " ".join(rng.choice(rng.choice((subject, COMMON, COMMON, rare))) for _ in range(length))

    found: dict[int, bool] = {}
    made: list[Any] = []
    for number in range(size):
        relevant = rng.random() < 0.1
        subject = words[0] if relevant else rng.choice(words[1:])
        made.append(
            Work(
                citekey=f"b{size}-{number}",
                title=text(subject, 10),
                abstract=text(subject, 150),
                created_at=now,
                changed_at=now,
            )
        )
        if len(made) == 5_000 or number == size - 1:
            for work in Work.objects.bulk_create(made):
                found[work.pk] = SUBJECTS[0].split()[0] in work.title or any(
                    word in work.title.split() for word in words[0]
                )
            made = []
    return found


if __name__ == "__main__":
    main()
