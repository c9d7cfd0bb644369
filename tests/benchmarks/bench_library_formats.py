"""How fast, and in how much memory, files of references are read: 200,000 records in one file of each format.

Run by hand: ``python tests/benchmarks/bench_library_formats.py [--records N] [FORMAT …]``. One core, processor time; each
format in a process of its own, whose largest memory is told beside that after a hundredth of the records. The file is
written to a temporary folder first; its records are invented.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from nahtstelle.engines.literature.formats.carrying import MARK
from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.formats.writing import WRITTEN, write
from nahtstelle.engines.literature.records import Name, Record

ABSTRACT = ("Words about migration, work and the law of residence, as abstracts have them. " * 15).strip()


def invented(number: int) -> Iterator[Record]:
    for at in range(number):
        yield Record(
            key=f"k{at}", kind="article-journal", title=f"Invented title number {at} about work", year=2020,
            authors=(Name("Weber", "Jana"), Name("Ali", "Kemal")), issued="2020-03", container="Journal of Invention",
            volume="3", issue="1", pages=f"{at}-{at + 9}", doi=f"10.1234/x.{at}", abstract=ABSTRACT,
            keywords=("work", "migration"),
        )  # fmt: skip


def one(form: str, path: Path, number: int) -> None:
    """In a process of its own."""
    early = records = broken = 0
    begun = time.process_time()
    with path.open("rb") as stream:
        for found in read(stream, path.name):
            if isinstance(found, Broken):
                broken += 1
                continue
            records += 1
            if records == max(number // 100, 1):
                early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = path.stat().st_size / 1e6
    print(
        f"{form:8} {records:7} records {broken} broken {megabytes:6.0f} MB {seconds:7.1f} s CPU "
        f"{records / seconds:7.0f} records/s  memory {early / 1024:.0f} MB early, {most / 1024:.0f} MB at the end",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT")
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.read:
        one(told.formats[0], told.read, told.records)
        return
    with TemporaryDirectory() as folder:
        for form in told.formats or WRITTEN:
            assert MARK not in "".join(write(invented(10), form))  # nothing is carried twice
            path = Path(folder) / f"references.{form}"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(write(invented(told.records), form))
            words = [sys.executable, __file__, form, "--records", str(told.records), "--read", str(path)]
            subprocess.run(words, check=True)
            path.unlink()


if __name__ == "__main__":
    main()
