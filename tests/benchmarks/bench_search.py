"""How well and how fast the search finds: judged queries over the demo centre and real law, then among 100,000 documents.

    python tests/benchmarks/bench_search.py [--documents 100000] [--part tuned|held] [--only sqlite|postgres]

runs on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. Beside our search stand
what these databases bring themselves, over the same documents and judgements: SQLite's FTS5 (bm25 over title, lead and
text) and PostgreSQL's configuration ``german`` (GIN and ts_rank); both are asked for any of the words, which serves them
better than all. Real law comes from ../shared/data/laws where present; without it the invented laws are multiplied.
Times are those of the processor and of the clock: on a busy machine only the first mean something.
"""

import argparse
import os
import random
import sys
import tarfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import DATABASES, ROOT, on_both, ready

LAWS = ROOT.parent / "shared" / "data" / "laws"
JUDGEMENTS = ROOT / "tests" / "site" / "search" / "judgements.csv"
DAY = "2026-04-29"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--part", default="", help="only the judgements of this part")
    parser.add_argument("--only", default="", choices=["", *DATABASES])
    parser.add_argument("--worst", type=int, default=0, help="list so many of the worst queries")
    parser.add_argument("--here", action="store_true", help="measure the database of this environment")
    chosen = parser.parse_args()
    if chosen.here:
        measure_here(chosen.documents, chosen.part, chosen.worst)
        return
    arguments = ["--documents", str(chosen.documents), "--part", chosen.part, "--worst", str(chosen.worst)]
    on_both(__file__, *arguments, only=chosen.only)


def measure_here(documents: int, part: str, worst: int) -> None:
    ready(migrated=False)
    Path(os.environ["NAHTSTELLE_HOME"], "static").mkdir(parents=True, exist_ok=True)
    from django.db import connection
    from django.utils import timezone

    from nahtstelle.site.demo.preparing import prepare
    from nahtstelle.site.search.evaluating import evaluate, measure, read_judgements, stable_names
    from nahtstelle.site.search.memory import Learning
    from nahtstelle.site.search.models import Document, Page
    from nahtstelle.site.search.sources import SOURCES
    from nahtstelle.site.search.store import store
    from nahtstelle.site.search.writing import digests_of, remove, write

    prepare()
    judged = read_judgements(JUDGEMENTS, part=part)
    keys = frozenset(("public",))
    real = list(_real_laws())
    learning = Learning()
    for source in SOURCES:
        for _offer in learning.read(source.offers()):
            pass
    for _offer in learning.read(real):
        pass
    learning.kept(at=timezone.now())

    def report(title: str) -> None:
        print(f"  {title}: {Document.objects.count()} documents")
        ours = evaluate(judged, keys=keys)
        for line in ours.lines(worst=worst):
            print(f"    {line}")
        peer = _Peer(Page)
        theirs = measure(judged, peer.ask, stable_names())
        print(
            f"    {peer.name}: nDCG@10 {theirs.ndcg:.3f}, recall@20 {theirs.recall:.3f}, "
            f"median {theirs.milliseconds(0.5):.1f} ms, p95 {theirs.milliseconds(0.95):.1f} ms"
        )
        print(
            f"    ours to theirs: nDCG@10 x {ours.ndcg / theirs.ndcg:.2f}, recall@20 x {ours.recall / theirs.recall:.2f}"
        )

    # Each query is judged over the stock its judgements speak of: what nobody judged stands for no engine's mistake.
    for source in SOURCES:
        write(source.offers(), at=timezone.now())
    store().tidy()
    report("the demo centre")
    for source in SOURCES:
        remove(source.NAME, digests_of(source.NAME))
    write(real, at=timezone.now())
    store().tidy()
    report("real law")
    for source in SOURCES:
        write(source.offers(), at=timezone.now())
    missing = documents - Document.objects.count()
    if missing <= 0:
        return
    filling = list(_filling(missing, real))
    began, spent = time.perf_counter(), time.process_time()
    written = write(filling, at=timezone.now())
    seconds, busy = time.perf_counter() - began, time.process_time() - spent
    print(
        f"  written {written} documents in {seconds:.1f} s ({written / seconds:.0f}/s; {written / busy:.0f} per second of processor)"
    )
    began = time.perf_counter()
    store().tidy()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"  tidied in {time.perf_counter() - began:.1f} s")
    report("among many")
    _times(judged, keys)


def _times(judged: dict[str, dict[str, int]], keys: frozenset[str]) -> None:
    """Whole searches with facets, of the judged queries and of the most frequent words there are."""
    from nahtstelle.site.search.index import Question, search
    from nahtstelle.site.search.models import Word
    from nahtstelle.site.search.presenters.hits import cards

    frequent = list(Word.objects.order_by("-documents").values_list("written", flat=True)[:20])
    for title, queries in (("judged queries", list(judged)), ("the twenty most frequent words", frequent)):
        clock, processor, drawn = [], [], []
        for query in queries:
            question = Question(query, keys, language="de")
            search(question)
            began, spent = time.perf_counter(), time.process_time()
            found = search(question)
            clock.append(time.perf_counter() - began)
            processor.append(time.process_time() - spent)
            spent = time.process_time()
            cards(found)
            drawn.append(time.process_time() - spent)
        for name, values in (("clock", clock), ("processor", processor), ("drawing the hits", drawn)):
            values.sort()
            p95 = values[min(len(values) - 1, int(0.95 * len(values)))]
            print(
                f"    {title}, {name}: median {1000 * median(values):.1f} ms, p95 {1000 * p95:.1f} ms, most {1000 * values[-1]:.1f} ms"
            )


class _Peer:
    """What the database brings itself, over the same pages."""

    def __init__(self, pages: type) -> None:
        from django.db import connection

        self._connection = connection
        self._sqlite = connection.vendor == "sqlite"
        self.name = "FTS5 unicode61, bm25" if self._sqlite else "PostgreSQL german, ts_rank"
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS peer")
            if self._sqlite:
                cursor.execute("CREATE VIRTUAL TABLE peer USING fts5(title, lead, body, tokenize='unicode61')")
                cursor.execute(
                    "INSERT INTO peer (rowid, title, lead, body) SELECT p.document_id, p.title, p.lead, p.body "
                    "FROM search_page p JOIN search_document d ON d.id = p.document_id "
                    "JOIN search_lockkey k ON k.lock_id = d.lock_id AND k.key = 'public'"
                )
            else:
                cursor.execute(
                    "CREATE TABLE peer AS SELECT p.document_id AS id, "
                    "setweight(to_tsvector('german', p.title), 'A') || setweight(to_tsvector('german', p.lead), 'B') "
                    "|| to_tsvector('german', p.body) AS words FROM search_page p JOIN search_document d "
                    "ON d.id = p.document_id JOIN search_lockkey k ON k.lock_id = d.lock_id AND k.key = 'public'"
                )
                cursor.execute("CREATE INDEX ON peer USING gin (words)")
                cursor.execute("ANALYZE peer")

    def ask(self, query: str) -> list[int]:
        import re

        words = re.findall(r"\w+", query)
        with self._connection.cursor() as cursor:
            if self._sqlite:
                asked = " OR ".join(f'"{word}"' for word in words)
                cursor.execute(
                    "SELECT rowid FROM peer WHERE peer MATCH %s ORDER BY bm25(peer, 5.0, 2.0, 1.0) LIMIT 20", [asked]
                )
            else:
                cursor.execute("SELECT replace(plainto_tsquery('german', %s)::text, '&', '|')", [query])
                asked = cursor.fetchone()[0]
                cursor.execute(
                    "SELECT id FROM peer, (SELECT %s::tsquery AS q) AS asked WHERE words @@ q "
                    "ORDER BY ts_rank(words, q, 1) DESC, id LIMIT 20",
                    [asked],
                )
            return [row[0] for row in cursor.fetchall()]


def _real_laws() -> Iterator[object]:
    """The provisions of the laws the judgements speak of."""
    from nahtstelle.site.law_files import read_law_file

    for file in sorted((LAWS / DAY).glob("*.xml.gz")):
        yield from _offers(read_law_file(str(file)), file.name.removesuffix(".xml.gz"))


def _offers(law: object, slug: str) -> Iterator[object]:
    from nahtstelle.engines.lawtext.values import NormKind
    from nahtstelle.rooms.law.naming import citation_of, names_of
    from nahtstelle.site.search.offers import Offer, law_term, section_alone_term, section_term

    citation = citation_of(law)
    words = " ".join(sorted(names_of(law)))[:600]
    shared = {"keys": frozenset(("public",)), "keywords": words, "day": date(2026, 4, 29)}
    title = f"{law.short_title} ({citation})" if law.short_title else citation
    facets = (("language", "de"), ("law", citation))
    yield Offer(
        source="laws",
        key=slug,
        title=title,
        address=f"/{slug}/",
        lead=law.long_title,
        about=(law_term(citation),),
        facets=(("source", "laws"), *facets),
        **shared,
    )
    for norm in law.norms:
        if norm.kind in (NormKind.CONTENTS, NormKind.STRUCTURE, NormKind.HEAD) or not norm.designation:
            continue
        about = ()
        if norm.designation.startswith(("§ ", "Art ")):
            section = norm.designation.split(" ", 1)[1]
            about = (section_term(citation, section), section_alone_term(section))
        yield Offer(
            source="provisions", key=f"{slug}:{norm.designation}", kicker=law.short_title[:200], body=norm.text,
            title=f"{norm.designation} {citation}" + (f": {norm.title}" if norm.title else ""), about=about,
            heading=norm.title, address=f"/{slug}/{norm.designation}/", mentions=(law_term(citation),),
            facets=(("source", "provisions"), *facets), quality=0.4 if norm.repealed else 1.0, **shared,
        )  # fmt: skip


def _filling(number: int, real: list[object]) -> Iterator[object]:
    """As many further documents as are wanted: other real laws, then those we have again with other words between."""
    from nahtstelle.site.law_files import read_law_bytes
    from nahtstelle.site.search.offers import Offer
    from nahtstelle.site.search.sources import outputs

    chance = random.Random(4)
    regions = [f"DE-{code}" for code in ("NI", "NW", "BY", "BE", "HH", "SN", "TH", "HE")]
    themes = [f"th-{name}" for name in ("anerkennung", "ausbildung", "sprache", "aufenthalt", "verfahren", "sozial")]
    given = 0
    own = {slug.name.removesuffix(".xml.gz") for slug in (LAWS / DAY).glob("*.xml.gz")}
    archives = sorted((LAWS / "scale").glob("*.tar.xz"))
    for archive in archives:
        with tarfile.open(archive) as packed:
            for member in packed:
                slug = Path(member.name).stem
                if not member.isfile() or slug in own:
                    continue
                try:
                    law = read_law_bytes(member.name, packed.extractfile(member).read())  # type: ignore[union-attr] # it is a file
                except Exception as trouble:  # reason: one unreadable file says nothing of the search
                    print(f"    {member.name}: {trouble}")
                    continue
                tagged = (("region", chance.choice(regions)), ("theme", chance.choice(themes)))
                for offer in _offers(law, slug):
                    if given >= number:
                        return
                    given += 1
                    yield replace(offer, facets=(*offer.facets, *tagged))
    stock = [*outputs.offers(), *real]
    words = [word for offer in stock for word in offer.body.split()[:200]]
    while given < number:
        given += 1
        model = chance.choice(stock)
        body = " ".join(chance.sample(words, min(len(words), chance.randint(30, 200)))) + " " + model.body[:600]
        yield Offer(
            source="provisions", key=f"filling:{given}", title=f"{model.title} {given}", address="/filling/", body=body,
            keys=frozenset(("public",)), day=date(2026, 1, 1),
            facets=(("source", "provisions"), ("language", "de"), ("region", chance.choice(regions))),
        )  # fmt: skip


if __name__ == "__main__":
    main()
