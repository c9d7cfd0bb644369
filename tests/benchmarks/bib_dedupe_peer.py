"""Runs bib-dedupe over a table and prints its groups and processor time; started by bench_literature_linking.py in an
environment of bib-dedupe's own (it brings pandas and numpy, which the project does not need for this)."""

import contextlib
import io
import json
import sys
import time

import pandas
from bib_dedupe import cluster
from bib_dedupe.bib_dedupe import block, match, prep


def main(path: str) -> None:
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    table["search_set"] = ""
    began = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        pairs = match(block(prep(table, cpu=1, verbosity_level=0), cpu=1, verbosity_level=0), cpu=1, verbosity_level=0)
        groups = cluster.get_connected_components(pairs)
    cpu = time.process_time() - began
    print(json.dumps({"groups": [[int(row) for row in group] for group in groups], "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1])
