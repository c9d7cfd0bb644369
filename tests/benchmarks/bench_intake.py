"""How long 5,000 contacts take against a register of 100,000 persons: matched, checked, imported, undone.

    python tests/benchmarks/bench_intake.py [--contacts 5000] [--persons 100000]

runs on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. Printed are seconds and
the number of statements per step; as the named peer, the same names compared each with each (on a sample of 50 rows,
as seconds for all).
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import on_both, ready

SAMPLE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, default=5_000)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.contacts, chosen.persons)
    else:
        on_both(__file__, "--contacts", str(chosen.contacts), "--persons", str(chosen.persons))


def measure(contacts: int, persons: int) -> None:
    ready()
    from nahtstelle.plumbing.ledger.delivery import deliver_all
    from nahtstelle.register.intake import actions, matching
    from nahtstelle.register.intake.models import Row
    from tests.register.intake.making import NOW, as_xlsx, by_of
    from tests.register.intake.making import contacts as make
    from tests.register.world import world

    there = world()
    made = make(count=contacts)
    _fill(made, there.carrier, persons)
    content, by = as_xlsx(made.rows), by_of(there.people.dilan)
    batch = actions.give_table(kind="persons", name="k.xlsx", content=content, purpose="Probe", by=by, at=NOW)
    timed("read", lambda: deliver_all(at=NOW))
    batch.refresh_from_db()
    actions.choose_columns(batch=batch, columns=batch.columns, by=by, at=NOW)
    timed("check and match", lambda: deliver_all(at=NOW))
    rows = [matching.entry_of("persons", r.pk, r.values) for r in batch.rows.filter(state=Row.State.READY)]
    names = {there.carrier.pk: "trager e v"}
    timed(
        f"  of it: match {len(rows)} rows with {persons} persons",
        lambda: matching.find_matches("persons", rows, matching.entries_of("persons"), names),
    )
    _peer(rows, [entry.name for entry in matching.entries_of("persons")])
    found = batch.rows.filter(state=Row.State.DUPLICATE).count()
    broken = batch.rows.filter(state=Row.State.PROBLEM).count()
    print(f"  found: {found} possible duplicates, {broken} rows with a problem")
    actions.decide_all(batch=batch, decision="merge", by=by, at=NOW)
    timed("carry out", lambda: actions.carry_out(batch=batch, by=by, at=NOW))
    timed("undo", lambda: actions.undo(batch=batch, by=by, at=NOW))
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _fill(made: Any, carrier: Any, persons: int) -> None:
    """The planted persons, and very many others with names of their own making."""
    from nahtstelle.register.organisations.models import Membership
    from nahtstelle.register.people.models import Person

    dice = random.Random(3)
    syllables = [
        "ba",
        "ce",
        "di",
        "fo",
        "gu",
        "ha",
        "je",
        "ki",
        "lo",
        "mu",
        "na",
        "pe",
        "qui",
        "ro",
        "su",
        "ta",
        "ve",
        "wi",
        "xo",
        "zu",
    ]
    given = ["".join(dice.choices(syllables, k=2)).title() for _n in range(400)]
    people = [Person(slug=f"s-{n}", name=name, mail=mail) for n, (name, mail) in enumerate(made.stock)]
    people += [Person(slug=f"t-{n}", name=name) for n, name in enumerate(made.at_carrier)]
    people += [
        Person(
            slug=f"p-{n}", name=f"{dice.choice(given)} {''.join(dice.choices(syllables, k=4)).title()}",
            mail=f"p{n}@stock.example.org",
        )
        for n in range(persons)
    ]  # fmt: skip
    Person.objects.bulk_create(people, batch_size=2000)
    Membership.objects.bulk_create(
        [Membership(person=person, organisation=carrier) for person in people if not person.mail], batch_size=2000
    )


def _peer(rows: list[Any], names: list[str]) -> None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    began = time.perf_counter()
    for row in rows[:SAMPLE]:
        process.extract(row.name, names, scorer=OSA.distance, score_cutoff=2, limit=8)
    each = (time.perf_counter() - began) / SAMPLE
    print(f"  peer: each name with each would take {each * len(rows):.0f} s")


def timed(what: str, act: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    began = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        act()
    print(f"{what}: {time.perf_counter() - began:.1f} s, {len(asked)} statements", flush=True)


if __name__ == "__main__":
    main()
