"""How fast and how large: reading the official files of federal law, beside parsing alone.

Run by hand: ``python tests/benchmarks/bench_lawtext_reading.py [--data DIR] [--laws N]``. ``DIR`` holds ``laws/scale``
as described there. One core, processor time. The first measurement reads the packed archive as a stream, in a process
of its own, and tells its largest memory; for the others the laws are unpacked before the clock starts.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.reading import read_law

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def archive_of(data: Path) -> Path:
    found = sorted((data / "laws" / "scale").glob("*.tar.xz"))
    if not found:
        sys.exit(f"No archive of laws in {data / 'laws' / 'scale'}.")
    return found[0]


def laws_of(path: Path, most: int | None) -> list[bytes]:
    laws: list[bytes] = []
    with path.open("rb") as stream:
        for _, data in open_law_archive(stream):
            if isinstance(data, bytes):
                laws.append(data)
            if most and len(laws) == most:
                break
    return laws


def parse_only(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def parse_and_gather(data: bytes) -> object:
    return ["".join(norm.itertext()) for norm in parse_only(data).iterfind("norm")]


def with_quantlaw(laws: list[bytes]) -> float:
    """quantlaw has no reader of this format; it opens such files with a helper that takes a path."""
    from quantlaw.utils.beautiful_soup import create_soup

    with TemporaryDirectory() as folder:
        path = Path(folder) / "law.xml"
        seconds = 0.0
        for data in laws:
            path.write_bytes(data)
            seconds += measured(create_soup, [path])
    return seconds


def measured(work: Callable[[Any], object], laws: Sequence[object]) -> float:
    """Seconds of processor time."""
    begin = time.process_time()
    for data in laws:
        work(data)
    return time.process_time() - begin


def report(name: str, laws: list[bytes], seconds: float, base: float) -> None:
    megabytes = sum(map(len, laws)) / 1e6
    print(
        f"{name:34} {len(laws):6} laws {megabytes:7.1f} MB {seconds:7.2f} s "
        f"{len(laws) / seconds:8.0f} laws/s {megabytes / seconds:7.2f} MB/s {seconds / base:6.2f} x lxml"
    )


def stream_and_tell_memory(path: Path) -> None:
    begin = time.process_time()
    laws = norms = parts = size = 0
    halfway = 0
    with path.open("rb") as stream:
        for _, data in open_law_archive(stream):
            if not isinstance(data, bytes):
                continue
            reading = read_law(data)
            laws += 1
            size += len(data)
            norms += len(reading.norms)
            parts += sum(len(norm.parts) for norm in reading.norms)
            if laws == 3000:
                halfway = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{'packed archive as a stream':34} {laws:6} laws {size / 1e6:7.1f} MB {seconds:7.2f} s "
        f"{laws / seconds:8.0f} laws/s;"
        f" {norms} norms, {parts} parts; peak memory {peak / 1024:.0f} MB ({halfway / 1024:.0f} MB after 3000 laws)"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--laws", type=int, default=None, help="measure only the first so many")
    options.add_argument("--stream", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    path = archive_of(chosen.data)
    if chosen.stream:
        stream_and_tell_memory(path)
        return
    subprocess.run([sys.executable, __file__, "--stream", "--data", str(chosen.data)], check=True)
    laws = laws_of(path, chosen.laws)
    base = measured(parse_only, laws)
    report("lxml, parse only", laws, base, base)
    report("lxml, parse and gather the text", laws, measured(parse_and_gather, laws), base)
    report("read_law (lines, parts, sentences)", laws, measured(read_law, laws), base)
    if find_spec("quantlaw"):
        tenth = laws[::10]
        report("quantlaw, parse only (a tenth)", tenth, with_quantlaw(tenth), measured(parse_only, tenth))


if __name__ == "__main__":
    main()
