"""What linking an import costs in the room, by what is in stock already.

    python tests/benchmarks/bench_library_linking_room.py [--records 1000] [--stocks 1000,10000,100000] [--only sqlite]

Made records (tests/benchmarks/literature_pools.py), a quarter of the import known works told again and spoilt. Printed for each
stock: processor seconds and statements of linking the same import, works merged and pairs asked; and what laying the keys of the
stock took. Runs on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. With
``--real NAME`` a set beside the project is imported in one delivery and compared with ``find_duplicates``.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import on_both, ready

AT_ONCE = 5_000
STEPS = ("keys", "compare", "group", "doubt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--stocks", default="1000,10000,100000")
    parser.add_argument("--real", default="stroke,respiratory,diabetes,digital_work")
    parser.add_argument("--only", default="", choices=["", "sqlite", "postgres"])
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.records, [int(size) for size in filter(None, chosen.stocks.split(","))])
        for name in filter(None, chosen.real.split(",")):
            real(name)
    else:
        given = ["--records", str(chosen.records), "--stocks", chosen.stocks, "--real", chosen.real]
        on_both(__file__, *given, only=chosen.only)


def measure(records: int, stocks: Sequence[int]) -> None:
    ready()
    from tests.benchmarks.literature_pools import World, spoilt

    world = World()
    print("| in stock | keys of the stock, CPU s | linking the import, CPU s | statements | merged | pairs asked |")
    print("|---|---|---|---|---|---|", flush=True)
    stocked = 0
    for number, size in enumerate(stocks):
        laid = _fill([world.record(at) for at in range(stocked, size)])
        stocked = size
        rng = random.Random(number)
        again = [spoilt(world.record(rng.randrange(size)), rng) for _ in range(records // 4)]
        fresh = [world.record(at, seed=1 + number) for at in range(records - len(again))]
        took, statements, figures = _link([*fresh, *again])
        print(
            f"| {size:,} | {laid:.1f} | {took:.1f} | {statements:,} | {figures['merged']} | {figures['pairs']} |",
            flush=True,
        )


def _fill(said: list[Any]) -> float:
    from django.db import transaction

    from nahtstelle.rooms.library.actions.keying import lay_keys
    from tests.rooms.library.pools import deliver

    took = 0.0
    for start in range(0, len(said), AT_ONCE):
        with transaction.atomic():
            records = deliver(said[start : start + AT_ONCE], "Bestand")
            began = time.process_time()
            for at in range(0, len(records), 500):
                lay_keys(records[at : at + 500])
            took += time.process_time() - began
    return took


def _link(said: list[Any]) -> tuple[float, int, dict[str, int]]:
    from django.db import connection

    from tests.rooms.library.pools import deliver, link

    records = deliver(said, "Neu")
    counted = [0]

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        counted[0] += 1
        return execute(sql, params, many, context)

    began = time.process_time()
    with connection.execute_wrapper(count):
        batch = link(records)
    took = time.process_time() - began
    batch.refresh_from_db()
    return took, counted[0], batch.figures["linked"]


def real(name: str) -> None:
    from nahtstelle.engines.literature.linking import find_duplicates
    from nahtstelle.rooms.library.models import LinkKey, Pair, Record, Work
    from tests.benchmarks.literature_pools import read_set
    from tests.rooms.library.pools import deliver, groups_of, link

    file = Path(__file__).parents[3] / "shared" / "data" / "dedupe" / f"{name}.csv.gz"
    if not file.exists():
        print(f"{name}: not beside the project")
        return
    said = [record for _, record in read_set(file)]
    _empty(LinkKey, Pair, Record, Work)
    records = deliver(said, name)
    began = time.process_time()
    link(records)
    took = time.process_time() - began
    wanted = {frozenset(group.rows) for group in find_duplicates(said).groups}
    found = groups_of(records)
    print(f"{name}: {len(said)} records in one delivery, {took:.1f} CPU s, {len(found)} groups, "
          f"{'the same as' if found == wanted else f'{len(found ^ wanted)} others than'} find_duplicates", flush=True)  # fmt: skip


def _empty(*models: Any) -> None:
    from nahtstelle.rooms.library.models import Crowd, Link, Merge

    Crowd.objects.all().delete()
    Link.objects.all().delete()
    models[0].objects.all()._raw_delete("default")
    models[1].objects.all().delete()
    Merge.objects.all().delete()
    models[2].objects.all()._raw_delete("default")
    models[3].objects.update(merged_into=None)
    models[3].objects.all()._raw_delete("default")


if __name__ == "__main__":
    main()
