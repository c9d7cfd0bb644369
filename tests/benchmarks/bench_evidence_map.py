"""How long the evidence map takes: 20,000 cards with five concepts each, thirty themes by seventeen groups.

    python tests/benchmarks/bench_evidence_map.py [--cards 20000]

runs on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. Printed are the number of
statements, the best and middle of several runs and the least processor time of our own process (SQLite works inside it),
for the whole map, a narrowed one, the facet counts of the list, and the drawing.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import on_both, ready

RUNS = 7
EACH = 5
DAY = date(2026, 11, 23)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=20_000)
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.cards)
    else:
        on_both(__file__, "--cards", str(chosen.cards))


def measure(cards: int) -> None:
    ready()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from nahtstelle.rooms.library.map_drawing import as_svg
    from nahtstelle.rooms.library.queries.evidence import evidence_map
    from nahtstelle.rooms.library.queries.studies import Choice, counts

    fill(cards)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    whole, narrow = Choice(), Choice(concepts=("DE-NI",), strengths=(3, 4), since=2015)
    drawn = evidence_map("theme", "group", whole, on=DAY)
    work: dict[str, Callable[[], Any]] = {
        "map, all cards": lambda: evidence_map("theme", "group", whole, on=DAY),
        "map, narrowed": lambda: evidence_map("theme", "group", narrow, on=DAY),
        "facet counts of the list": lambda: counts(whole),
        "drawing as SVG": lambda: as_svg(of=drawn, title="x", narrowed_to=[], source="x", day=DAY),
    }
    print(f"  {cards:,} cards, {EACH * cards:,} concepts on them, {len(drawn.cells)} cells with studies")
    print(f"  {'':28} {'statements':>10} {'best':>8} {'middle':>8} {'own CPU':>8}")
    for name, act in work.items():
        with CaptureQueriesContext(connection) as statements:
            act()
        seconds, own = [], []
        for _run in range(RUNS):
            begun, used = time.perf_counter(), time.process_time()
            act()
            seconds.append(time.perf_counter() - begun)
            own.append(time.process_time() - used)
        print(
            f"  {name:28} {len(statements):>10} {min(seconds):>7.3f}s {statistics.median(seconds):>7.3f}s {min(own):>7.3f}s"
        )


def fill(cards: int) -> None:
    """Cards readers have, on the vocabulary that comes with the platform."""
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.register.people.models import Person
    from nahtstelle.register.vocabulary.actions import load_vocabulary
    from nahtstelle.register.vocabulary.models import Concept
    from nahtstelle.rooms.library.models import Card, CardEdition, Work

    now, chance = timezone.now(), random.Random(7)
    load_vocabulary(by=system("benchmark"), at=now)
    one, two = (Person.objects.create(slug=f"bench-{name}", name=name) for name in ("eins", "zwei"))
    by_facet = {
        key: list(Concept.objects.filter(facet__key=key).values_list("pk", flat=True))
        for key in ("theme", "group", "region")
    }
    works = Work.objects.bulk_create(
        (
            Work(citekey=f"w{n}", title=f"Work {n}", year=2000 + n % 25, created_at=now, changed_at=now)
            for n in range(cards)
        ),
        batch_size=2000,
    )
    made = Card.objects.bulk_create(
        (Card(work=work, reviewer=one, second=two, created_at=now, changed_at=now) for work in works), batch_size=2000
    )
    editions = CardEdition.objects.bulk_create(
        (
            CardEdition(
                card=card, number=1, stand=DAY, strength=chance.randrange(5), template="survey", data_from=2010,
                data_until=2012 + chance.randrange(10), reviewed_by="Eins", seconded_by="Zwei", published_at=now,
            )
            for card in made
        ),
        batch_size=2000,
    )  # fmt: skip
    for card, edition in zip(made, editions, strict=True):
        card.edition, card.state = edition, Card.State.PUBLISHED
    Card.objects.bulk_update(made, ["edition", "state"], batch_size=500)
    through = CardEdition.concepts.through
    rows = []
    for edition in editions:
        picked = {
            *chance.sample(by_facet["theme"], 2),
            *chance.sample(by_facet["group"], 2),
            chance.choice(by_facet["region"]),
        }
        rows += [through(cardedition_id=edition.pk, concept_id=concept) for concept in picked]
    through.objects.bulk_create(rows, batch_size=5000)


if __name__ == "__main__":
    main()
