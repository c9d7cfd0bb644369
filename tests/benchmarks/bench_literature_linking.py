"""How well and how fast records are linked, beside bib-dedupe, on real, spoilt and made pools.

Run by hand: ``python tests/benchmarks/bench_literature_linking.py [--peer PYTHON] [--sizes 10000,30000,…]``. ``PYTHON`` is the
interpreter of an environment with bib-dedupe (``requirements-peers.lock``); without it the peer's columns stay empty.
Needs the data sets beside the project (docs/reference/deduplication.md); changes nothing. Times are processor time, without
imports. Each size of the curve runs in a process of its own, with the bytes of what is compared in a temporary file.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from nahtstelle.engines.literature.linking import Linking, find_duplicates
from nahtstelle.engines.literature.records import Record
from tests.benchmarks.literature_pools import (
    Pool,
    World,
    as_spoilt_by_sources,
    f1,
    messy,
    read_set,
    removals,
    with_lookalikes,
)

DATA = Path(__file__).parents[3] / "shared" / "data" / "dedupe"
SETS = ("stroke", "respiratory", "diabetes", "digital_work")
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
BARS = (0.7, 0.8, 0.9, 0.95, 0.99)
PEER = Path(__file__).with_name("bib_dedupe_peer.py")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", help="Python with bib-dedupe")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--one-size", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one_size:
        print(json.dumps(curve_point(given.one_size)))
        return
    print(
        "| pool | records | TP/FP/FN | precision | F1 | to a person | CPU s | bib-dedupe TP/FP/FN | F1 | CPU s | times faster |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for name in SETS:
        pool = read_set(DATA / f"{name}.csv.gz")
        compare(name, pool, given.peer)
        compare(f"{name}, messy", messy(pool, seed=1), given.peer)
        compare(f"{name}, messy, unreadable counted as missed", messy(pool, seed=1, unreadable_apart=False), None)
        compare(f"{name}, spoilt", as_spoilt_by_sources(pool, seed=2), None)
        compare(f"{name}, look-alikes", with_lookalikes(pool, seed=3), None)
    world = World()
    compare("made", list(world.pool(20_000)), None)
    compare("made, look-alikes", with_lookalikes(list(world.pool(15_000)), seed=4), None)
    cross_validate()
    print(
        "\n| records | CPU s | µs a record | pairs compared | peak MB | precision | F1 |\n|---|---|---|---|---|---|---|"
    )
    for size in filter(None, given.sizes.split(",")):
        done = subprocess.run(
            [sys.executable, __file__, "--one-size", size], capture_output=True, text=True, check=True
        )
        point = json.loads(done.stdout)
        print(
            f"| {point['size']:,} | {point['cpu']:.1f} | {1e6 * point['cpu'] / point['size']:.0f} | {point['compared']:,} "
            f"| {point['peak']:.0f} | {point['precision']:.4f} | {point['f1']:.4f} |",
            flush=True,
        )


def cross_validate() -> None:
    """The bar above which links are made, chosen on three sets (with their messy forms) and tried on the fourth."""
    counted = {}
    for name in SETS:
        clean = read_set(DATA / f"{name}.csv.gz")
        for bar in BARS:
            for pool in (clean, messy(clean, seed=5)):
                groups = find_duplicates((record for _, record in pool), certain=bar).groups
                found = removals([work for work, _ in pool], [group.rows for group in groups])
                before = counted.get((name, bar), (0, 0, 0))
                counted[name, bar] = tuple(one + two for one, two in zip(before, found, strict=True))
    print(f"\n| set, clean and messy | {' | '.join(f'bar {bar}: FP, F1' for bar in BARS)} | chosen on the others |")
    print("|---" * (len(BARS) + 2) + "|")
    for name in SETS:
        row = [f"{counted[name, bar][1]}, {f1(*counted[name, bar]):.4f}" for bar in BARS]
        chosen = max(BARS, key=lambda bar: sum(f1(*counted[other, bar]) for other in SETS if other != name))
        print(f"| {name} | {' | '.join(row)} | {chosen}: {f1(*counted[name, chosen]):.4f} |", flush=True)


def compare(name: str, pool: Pool, peer: str | None) -> None:
    works = [work for work, _ in pool]
    began = time.process_time()
    linking = find_duplicates(record for _, record in pool)
    cpu = time.process_time() - began
    counted = removals(works, [group.rows for group in linking.groups])
    theirs = ask_peer(peer, pool) if peer else None
    said = ["", "", "", ""]
    if theirs:
        other = removals(works, theirs["groups"])
        said = ["/".join(map(str, other)), f"{f1(*other):.4f}", f"{theirs['cpu']:.1f}", f"{theirs['cpu'] / cpu:.0f}"]
    print(
        f"| {name} | {len(pool)} | {'/'.join(map(str, counted))} | {precision(counted):.4f} | {f1(*counted):.4f} "
        f"| {len(linking.possible)} | {cpu:.2f} | {' | '.join(said)} |",
        flush=True,
    )


def precision(counted: tuple[int, int, int]) -> float:
    return counted[0] / (counted[0] + counted[1]) if counted[0] + counted[1] else 1.0


def ask_peer(python: str, pool: Pool) -> dict[str, object] | None:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            (
                "ID",
                "ENTRYTYPE",
                "title",
                "author",
                "year",
                "journal",
                "booktitle",
                "volume",
                "number",
                "pages",
                "doi",
                "abstract",
            )
        )
        for number, (_, record) in enumerate(pool):
            table.writerow((number, *_as_bibtex(record)))
        file.flush()
        done = subprocess.run([python, str(PEER), file.name], capture_output=True, text=True)
    if done.returncode:
        print(f"bib-dedupe could not run: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    answer: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def _as_bibtex(record: Record) -> tuple[str, ...]:
    meeting = record.kind == "paper-conference"
    return (
        "inproceedings" if meeting else "article", record.title, " and ".join(map(str, record.authors)), str(record.year or ""),
        "" if meeting else record.container, record.container if meeting else "", record.volume, record.issue, record.pages,
        record.doi, record.abstract,
    )  # fmt: skip


def curve_point(size: int) -> dict[str, float]:
    world = World()
    works: list[str] = []

    def records():
        nonlocal making
        for work, record in _timed(world.pool(size)):
            works.append(work)
            yield record

    making = 0.0

    def _timed(pool):
        nonlocal making
        while True:
            began = time.process_time()
            made = next(pool, None)
            making += time.process_time() - began
            if made is None:
                return
            yield made

    with tempfile.TemporaryFile() as shelf:
        began = time.process_time()
        linking: Linking = find_duplicates(records(), shelf=shelf)
        cpu = time.process_time() - began - making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = removals(works, [group.rows for group in linking.groups])
    return {
        "size": size,
        "cpu": cpu,
        "compared": linking.compared,
        "peak": peak,
        "precision": precision(counted),
        "f1": f1(*counted),
    }


if __name__ == "__main__":
    main()
