"""How long the sweep takes: 50,000 outputs with 500,000 citations, a law with 120 changed provisions.

    python tests/benchmarks/bench_sweep.py [--outputs 50000] [--citations-each 10]

then a retracted study that 10,000 of them cite, in three sentences each;

runs on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. Printed are seconds, the
number of statements, the growth of the process's memory, and as the named peer the same work done output by output with
the object mapper (on a sample, as time per output).
"""

import argparse
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import on_both, ready

PROVISIONS = 200
CHANGED = 120
OTHER_LAWS = 19
SAMPLE = 300
CITING = (100, 10_000)  # outputs that cite a study; the statements must be as many for both
CLAIMS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outputs", type=int, default=50_000)
    parser.add_argument("--citations-each", type=int, default=10)
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.outputs, chosen.citations_each)
    else:
        on_both(__file__, "--outputs", str(chosen.outputs), "--citations-each", str(chosen.citations_each))


def measure(outputs: int, each: int) -> None:
    ready()
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.register.duties.models import Duty
    from nahtstelle.rooms.outputs import sweep
    from nahtstelle.rooms.outputs.models import Impact, Output

    begun = time.perf_counter()
    reading = fill(outputs, each)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"  filled with {outputs:,} outputs, {outputs * each:,} citations in {time.perf_counter() - begun:.0f} s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with CaptureQueriesContext(connection) as statements:
        begun = time.perf_counter()
        with transaction.atomic():
            wave = sweep.sweep_reading(reading, by=system("benchmark"), at=timezone.now())
        seconds = time.perf_counter() - begun
    assert wave is not None
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    found = Output.objects.filter(impacts__wave=wave).distinct().count()
    duties = Duty.objects.filter(cause=f"wave:{wave.pk}").count()
    under_review = Output.objects.filter(state=Output.State.UNDER_REVIEW).count()
    print(
        f"  sweep {seconds:.2f} s, {len(statements)} statements, memory +{grown:.1f} MB: "
        f"{Impact.objects.filter(wave=wave).count():,} impacts on {found:,} outputs, {duties:,} duties, "
        f"{under_review:,} banners of review"
    )
    for number in CITING:
        retract(min(number, outputs))
    peer = one_by_one(reading, SAMPLE)
    print(
        f"  peer, output by output with the object mapper: {peer * 1000:.2f} ms each, that is "
        f"{peer * found / seconds:.0f} times the sweep for as many"
    )


def retract(number: int) -> None:
    """A study that ``number`` outputs rest on is retracted."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.register.duties.models import Duty
    from nahtstelle.rooms.library.models import Notice, Work
    from nahtstelle.rooms.outputs import work_sweep
    from nahtstelle.rooms.outputs.models import Output, WorkCitation

    now = timezone.now()
    study = Work.objects.create(citekey=f"study{number}", title="Study", created_at=now, changed_at=now)
    ids = list(Output.objects.order_by("pk").values_list("pk", flat=True)[:number])
    WorkCitation.objects.bulk_create(
        (
            WorkCitation(
                output_id=pk, work=study, citekey=study.citekey, claim=f"Claim {n}.", position=n, published=True,
                digest=f"{study.pk}-{n}",
            )
            for pk in ids
            for n in range(CLAIMS)
        ),
        batch_size=1000,
    )  # fmt: skip
    notice = Notice.objects.create(work=study, kind=Notice.Kind.RETRACTION, noted_at=now)
    with CaptureQueriesContext(connection) as statements:
        begun = time.perf_counter()
        with transaction.atomic():
            wave = work_sweep.sweep_notice(notice, by=system("benchmark"), at=now)
        seconds = time.perf_counter() - begun
    assert wave is not None
    duties = Duty.objects.filter(cause=f"wave:{wave.pk}").count()
    print(
        f"  a study cited by {number:,} outputs is retracted: {seconds:.2f} s, {len(statements)} statements, {duties:,} duties"
    )


def fill(outputs: int, each: int) -> object:
    """A register of laws and outputs; returns the reading whose changes are swept."""
    from datetime import date

    from django.utils import timezone

    from nahtstelle.plumbing.files.models import KeptFile
    from nahtstelle.register.people.models import Account, Person
    from nahtstelle.register.vocabulary.models import Concept, Facet
    from nahtstelle.rooms.law.models import Change, Law, Provision, Reading, TouchedPart
    from nahtstelle.rooms.outputs.models import Citation, Edition, Output

    chance = random.Random(7)
    now = timezone.now()
    facet = Facet.objects.create(key="output", name_de="Art", name_en="Kind")
    kind = Concept.objects.create(key="out-guidance", facet=facet, name_de="Handreichung", name_en="Guidance")
    people = Person.objects.bulk_create(
        Person(slug=f"p{n}", name=f"P {n}", mail=f"p{n}@example.org") for n in range(200)
    )
    Account.objects.bulk_create(Account(mail=p.mail, person=p, password="!") for p in people)
    laws = Law.objects.bulk_create(
        Law(slug=f"law{n}", citation=f"G{n}", portal_name=f"G{n}", long_title="") for n in range(OTHER_LAWS + 1)
    )
    provisions = Provision.objects.bulk_create(
        (
            Provision(law=law, key=f"§ {n}", designation=f"§ {n}", kind="provision", position=n)
            for law in laws
            for n in range(1, PROVISIONS + 1)
        ),
        batch_size=1000,
    )
    file = KeptFile.objects.create(digest="0", size=1, media_type="application/xml", path="x", kept_at=now)
    before, reading = Reading.objects.bulk_create(
        Reading(
            law=laws[0], first_seen=day, last_seen=day, build="", digest=day.isoformat(), file=file, imported_at=now
        )
        for day in (date(2026, 1, 1), date(2026, 2, 1))
    )
    changes = Change.objects.bulk_create(
        Change(reading=reading, before=before, provision=p, kind="amended", classes=["text"], substance=True)
        for p in provisions[:CHANGED]
    )
    TouchedPart.objects.bulk_create(
        TouchedPart(change=change, path=path)
        for change in changes
        for path in {f"/A{chance.randint(1, 4)}/S{chance.randint(1, 3)}/" for _ in range(3)}
    )
    for start in range(0, outputs, 5000):
        rows = Output.objects.bulk_create(
            (
                Output(
                    slug=f"o{n}", title=f"Handreichung {n}", kind=kind, owner=chance.choice(people), created_at=now,
                    changed_at=now, published_at=now,
                )
                for n in range(start, min(start + 5000, outputs))
            ),
            batch_size=500,
        )  # fmt: skip
        editions = Edition.objects.bulk_create(
            (
                Edition(output=o, number=1, revision=1, stand=date(2026, 1, 1), published_at=now, title=o.title)
                for o in rows
            ),
            batch_size=500,
        )
        for output, edition in zip(rows, editions, strict=True):
            output.edition, output.state = edition, Output.State.PUBLISHED
        Output.objects.bulk_update(rows, ["edition", "state"], batch_size=200)
        Citation.objects.bulk_create(
            (
                Citation(
                    output=output, law=p.law, provision=p, law_name=p.law.citation, section=str(number),
                    path=chance.choice(["/", "/A1/", f"/A{chance.randint(1, 4)}/S{chance.randint(1, 3)}/"]),
                    words=p.designation, published=True,
                )
                for output in rows
                for number, p in enumerate(chance.sample(provisions, each))
            ),
            batch_size=1000,
        )  # fmt: skip
    return reading


def one_by_one(reading: object, sample: int) -> float:
    """Seconds an output takes when each is loaded, judged and given its duty by itself; rolled back at the end."""
    from django.db import transaction
    from django.utils import timezone

    from nahtstelle.plumbing.ledger.actors import system
    from nahtstelle.register.duties.actions import open_duty
    from nahtstelle.rooms.law.models import TouchedPart
    from nahtstelle.rooms.outputs.models import Output

    chosen = Output.objects.filter(impacts__wave__reading=reading).distinct()[:sample]
    parts: dict[int, list[str]] = {}
    for provision, path in TouchedPart.objects.filter(change__reading=reading).values_list("change__provision", "path"):
        parts.setdefault(provision, []).append(path)
    begun = time.perf_counter()
    with transaction.atomic():
        for output in chosen:
            touched = any(
                path.startswith(citation.path) or citation.path.startswith(path)
                for citation in output.citations.filter(published=True)
                for path in parts.get(citation.provision_id, [])
            )
            if touched:
                Output.objects.filter(pk=output.pk).update(state=Output.State.UNDER_REVIEW)
            open_duty(
                kind="outputs.review-after-change", owner=output.owner, subject_kind="outputs.output",
                subject_id=output.pk, subject_title=output.title, link="/", cause="peer", why_de="", why_en="",
                due=timezone.localdate(), by=system("peer"), at=timezone.now(),
            )  # fmt: skip
        seconds = (time.perf_counter() - begun) / sample
        transaction.set_rollback(True)
    return seconds


if __name__ == "__main__":
    main()
