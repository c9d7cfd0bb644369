"""How long 200,000 records in one file take: given, read, taken in, undone; and the list and page of 100,000 works and more.

    python tests/benchmarks/bench_library_import.py [--records 200000] [--only sqlite]

runs on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. Printed are seconds,
seconds of CPU, records for each of these, statements and the greatest memory of the process so far; for pages milliseconds (the middle of five)
and statements. The reading is measured with the worker's own deliveries, slice by slice, each in a transaction.
"""

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import on_both, ready


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--only", default="", choices=["", "sqlite", "postgres"])
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.records)
    else:
        on_both(__file__, "--records", str(chosen.records), only=chosen.only)


def measure(records: int) -> None:
    ready()
    from django.conf import settings
    from django.test import Client, override_settings
    from django.urls import reverse
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.plumbing.ledger.delivery import deliver_all
    from nahtstelle.rooms.library.actions import giving, taking_in, undoing
    from nahtstelle.rooms.library.models import Import, Work
    from tests.cast import come_in
    from tests.register.cast import person

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    override_settings(STORAGES=settings.STORAGES | plain).enable()
    by, at = system("bench"), timezone.now()
    with tempfile.TemporaryFile() as file:
        size = _write(file, records)
        print(f"{records} records, {size / 1e6:.0f} MB of RIS; memory before {memory()} MB")
        timed("given (checked, packed, kept)", records, lambda: giving.give_file(
            stream=file, name="alles.ris", size=size, source="Bench", by=by, at=at
        ))  # fmt: skip
    batch = Import.objects.get()
    timed("read, slice by slice", records, lambda: deliver_all(at=timezone.now()))
    taking_in.confirm(batch=batch, by=by, at=timezone.now())
    timed("taken in, in one transaction", records, lambda: deliver_all(at=timezone.now()))
    print(f"{Work.objects.count()} works")
    client = Client(headers={"host": "localhost"})
    come_in(client, person("Bench", role="researcher").account)
    works = reverse("library:works")
    looked(client, "list of works", works)
    looked(client, "list, page 1000", f"{works}?page=1000")
    looked(client, "list, searched by two words", f"{works}?q=labour+integration")
    looked(client, "list, a word nobody wrote", f"{works}?q=nirgendwo")
    looked(client, "list, by kind and years", f"{works}?kind=article-journal&since=2010&until=2015")
    looked(client, "list, by author", f"{works}?order=author")
    looked(client, "list, without a full text", f"{works}?having=no-text")
    looked(client, "one work", reverse("library:work", args=[Work.objects.latest("pk").pk]))
    looked(client, "import with its records", reverse("library:import", args=[batch.pk]))
    timed("list written as RIS", records, lambda: _read(client.get(reverse("library:works-export", args=["ris"]))))
    undoing.confirm_undoing(batch=batch, by=by, at=timezone.now())
    timed("undone, in one transaction", records, lambda: deliver_all(at=timezone.now()))
    print(f"{Work.objects.count()} works")


def _write(file: Any, records: int) -> int:
    """Records with an abstract of about a thousand signs each."""
    from nahtstelle.engines.literature.formats.ris import write_ris
    from tests.benchmarks.literature_pools import World

    world, size = World(), 0
    rng = random.Random(7)
    for number, (_work, record) in enumerate(world.pool(records)):
        abstract = " ".join(world.pick(rng, world.words) for _ in range(110))
        size += file.write(write_ris(replace(record, key=f"b{number}", abstract=abstract)).encode())
    file.seek(0)
    return size


def _read(response: Any) -> None:
    for _piece in response.streaming_content:
        pass


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Counted:
    """The statements sent meanwhile."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def timed(what: str, records: int, act: Callable[[], Any]) -> None:
    from django.db import connection

    count, begun, cpu = Counted(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        act()
    took, worked = time.perf_counter() - begun, time.process_time() - cpu
    print(
        f"{what:32} {took:8.1f} s ({worked:7.1f} s CPU) {records / worked:10.0f} records/s of CPU {count.number:8} statements "
        f"{memory():6} MB",
        flush=True,
    )


def looked(client: Any, what: str, url: str) -> None:
    from django.db import connection

    count = Counted()
    client.get(url)
    with connection.execute_wrapper(count):
        response = client.get(url)
    assert response.status_code == 200, response.status_code
    walls, cpus = [], []
    for _time in range(5):
        begun, cpu = time.perf_counter(), time.process_time()
        client.get(url)
        walls.append(time.perf_counter() - begun)
        cpus.append(time.process_time() - cpu)
    wall, cpu = statistics.median(walls) * 1000, statistics.median(cpus) * 1000
    print(f"{what:32} {wall:8.0f} ms ({cpu:5.0f} ms CPU) {count.number:5} statements", flush=True)


if __name__ == "__main__":
    main()
