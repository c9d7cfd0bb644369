"""How quickly readers get their pages: 5,000 published outputs and 100,000 persons, beside a plain Wagtail site.

    python tests/benchmarks/bench_pages.py [--outputs 5000] [--persons 100000] [--seconds 8]

Both sites run one after the other on a SQLite file of their own, with two server processes, on the texts of the demo
copied with other titles and days. Four readers ask without a pause: first each page of a kind once ("first", after a change),
then pages somebody has asked before ("again"; ours are kept until something happens). Printed are requests per second, the
median and 95th percentile in milliseconds, the statements of a first answer, its bytes packed and unpacked, and ours divided
by the peer's requests per second. The peer's pages show less: no banners, no citations, no rights per
row. Needs Wagtail from requirements-peers.lock; without it only our figures are printed.
"""

import argparse
import gzip
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # of a script only its own folder is on the path

from tests.benchmarks.databases import ROOT, ready

READERS = 4
PROCESSES = 2
KINDS = ("start page", "list", "facet", "detail")
Pages = dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outputs", type=int, default=5_000)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument(
        "--fill", choices=["ours", "peer"], help="fill the database of this environment and tell its pages"
    )
    chosen = parser.parse_args()
    if chosen.fill:
        fill = fill_ours if chosen.fill == "ours" else fill_peer
        print(json.dumps(fill(chosen.outputs, chosen.persons)))
        return
    with tempfile.TemporaryDirectory() as home:
        ours = measured(
            "ours", chosen, {"NAHTSTELLE_DEMO": "1", "NAHTSTELLE_WORKER_IN_SERVER": "0", "NAHTSTELLE_HOME": home}
        )
        peer = {}
        if find_spec("wagtail"):
            settings = "tests.benchmarks.wagtail_site.settings"
            peer = measured("peer", chosen, {"PEER_HOME": home, "DJANGO_SETTINGS_MODULE": settings})
        else:
            print("Wagtail is not installed (requirements-peers.lock) and is left out")
    print(
        f"{'':12}{'':8}{'requests/s':>12}{'median ms':>11}{'p95 ms':>9}{'statements':>12}{'bytes':>9}{'packed':>8}{'ratio':>8}"
    )
    for kind in KINDS:
        for turn in ("first", "again"):
            for name, row in (("ours", ours.get(kind)), ("Wagtail", peer.get(kind))):
                if row:
                    figures = row[turn]
                    ratio = f"{figures['rate'] / peer[kind][turn]['rate']:8.2f}" if name == "ours" and peer else ""
                    print(
                        f"{kind:12}{turn:8}{figures['rate']:12.1f}{figures['median']:11.1f}{figures['p95']:9.1f}"
                        f"{row['statements']:12}{row['bytes']:9,}{row['packed']:8,}{ratio}  {name}"
                    )


def measured(which: str, chosen: argparse.Namespace, more: dict[str, str]) -> dict[str, dict[str, Any]]:
    environment = {**os.environ, **more, "PYTHONPATH": str(ROOT)}
    environment.pop("NAHTSTELLE_DATABASE_URL", None)
    command = [
        sys.executable,
        __file__,
        "--fill",
        which,
        "--outputs",
        str(chosen.outputs),
        "--persons",
        str(chosen.persons),
    ]
    begun = time.perf_counter()
    filled = json.loads(
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1]
    )
    print(f"{which}: filled in {time.perf_counter() - begun:.0f} s", flush=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(which, port, environment):
        return {
            kind: asked(port, pages, chosen.seconds) | {"statements": filled["statements"][kind]}
            for kind, pages in filled["pages"].items()
        }


@contextmanager
def served(which: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    if which == "ours":
        command = [
            sys.executable,
            "-m",
            "nahtstelle.site.cli",
            "serve",
            "--port",
            str(port),
            "--processes",
            str(PROCESSES),
        ]
    else:
        wsgi = "tests.benchmarks.wagtail_site.wsgi"
        command = [
            sys.executable, "-m", "gunicorn", wsgi, "--worker-class=gthread", f"--bind=127.0.0.1:{port}",
            f"--workers={PROCESSES}", "--threads=8", "--log-level=warning",
        ]  # fmt: skip
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for _again in range(120):
            time.sleep(0.5)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield
    finally:
        server.terminate()
        server.wait()


def asked(port: int, pages: Sequence[str], seconds: float) -> dict[str, Any]:
    """What readers measure who ask without a pause: each page for the first time, then pages that were asked before."""
    waiting = iter(random.Random(5).sample(pages, len(pages)))
    first, seen = crowd(port, seconds, lambda _chance: next(waiting, None))
    again, _seen = crowd(port, seconds, lambda chance: chance.choice(seen))
    packed = ask(HTTPConnection("127.0.0.1", port, timeout=60), pages[0])
    return {"first": first, "again": again, "packed": len(packed), "bytes": len(gzip.decompress(packed))}


def crowd(
    port: int, seconds: float, choose: Callable[[random.Random], str | None]
) -> tuple[dict[str, float], list[str]]:
    """``READERS`` readers at once for ``seconds``, or until there is no page left to choose."""
    taken: list[float] = []
    seen: list[str] = []
    ends = time.perf_counter() + seconds

    def read(number: int) -> None:
        connection, chance = HTTPConnection("127.0.0.1", port, timeout=60), random.Random(number)
        while time.perf_counter() < ends and (page := choose(chance)) is not None:
            begun = time.perf_counter()
            ask(connection, page)
            taken.append(time.perf_counter() - begun)
            seen.append(page)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    begun = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    figures = {
        "rate": len(taken) / (time.perf_counter() - begun),
        "median": statistics.median(taken) * 1000,
        "p95": statistics.quantiles(taken, n=20)[-1] * 1000 if len(taken) > 1 else taken[0] * 1000,
    }
    return figures, seen


def ask(connection: HTTPConnection, page: str) -> bytes:
    connection.request("GET", page, headers={"Accept-Encoding": "gzip", "Accept-Language": "de", "Host": "localhost"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{page} answered {answer.status}")
    return content


def statements_of(pages: Pages) -> dict[str, int]:
    """How many statements a page takes, asked twice so that what is kept between requests is there."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    counted = {}
    for kind, addresses in pages.items():
        Client().get(addresses[0], headers={"Host": "localhost"})
        with CaptureQueriesContext(connection) as statements:
            Client().get(addresses[-1], headers={"Host": "localhost"})
        counted[kind] = len(statements)
    return counted


def fill_ours(outputs: int, persons: int) -> dict[str, Any]:
    ready(migrated=False)
    from django.core.management import call_command
    from django.db import connection

    from nahtstelle.register.people.models import Person
    from nahtstelle.rooms.outputs import drawing
    from nahtstelle.rooms.outputs.models import Authorship, Citation, Edition, Output
    from nahtstelle.site.demo.loading import load_demo
    from nahtstelle.site.serving import gather_static_files

    gather_static_files()
    call_command("migrate", verbosity=0)
    load_demo()
    Person.objects.bulk_create(
        (Person(slug=f"b{n}", name=f"Person {n}", mail=f"b{n}@example.org") for n in range(persons)), batch_size=1000
    )
    models = list(
        Output.objects.filter(state=Output.State.PUBLISHED, audience="public").select_related("edition").order_by("id")
    )
    through = {model.pk: _related(model) for model in models}
    slugs = []
    for number in range(outputs):
        model = models[number % len(models)]
        edition, source = model.edition, model.pk
        assert edition is not None
        day = timedelta(hours=number % 5000)
        copy = Output.objects.get(pk=source)
        copy.pk, copy.slug, copy.base, copy.base_edition, copy.edition = None, f"text-{number}", None, None, None
        copy.state, copy.title = Output.State.DRAFT, f"{edition.title} ({number})"
        copy.published_at = edition.published_at - day
        copy.save()
        copy.edition = Edition.objects.create(
            output=copy, number=1, revision=1, stand=edition.stand, published_at=edition.published_at - day,
            title=copy.title, summary=edition.summary, body=edition.body,
        )  # fmt: skip
        copy.state = Output.State.PUBLISHED
        copy.save(update_fields=["edition", "state"])
        concepts, programmes, authors, citations = through[source]
        copy.concepts.add(*concepts)
        copy.programmes.add(*programmes)
        Authorship.objects.bulk_create(Authorship(output=copy, person_id=one) for one in authors)
        Citation.objects.bulk_create(Citation(output=copy, **one) for one in citations)
        slugs.append(copy.slug)
        drawing.keep(copy.edition)  # as publishing does
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    from nahtstelle.register.vocabulary.models import Concept

    themes = list(Concept.objects.filter(facet__key="theme").values_list("key", flat=True))
    used = [key for key in themes if Output.objects.filter(concepts__key=key).exists()]
    pages = {
        "start page": ["/"],
        "list": [f"/veroeffentlichungen/?page={n}" for n in range(1, outputs // 20)],
        "facet": [f"/veroeffentlichungen/?f={key}&page={n}" for key in used for n in (1, 2)],
        "detail": [f"/veroeffentlichungen/{slug}/" for slug in slugs],
    }
    return {"pages": pages, "statements": statements_of(pages)}


def _related(model: Any) -> tuple[list[int], list[int], list[int], list[dict[str, Any]]]:
    from nahtstelle.rooms.outputs.models import Citation

    fields = [f.attname for f in Citation._meta.concrete_fields if f.attname not in ("id", "output_id")]
    return (
        list(model.concepts.values_list("pk", flat=True)),
        list(model.programmes.values_list("pk", flat=True)),
        list(model.authorships.values_list("person_id", flat=True)),
        list(model.citations.filter(published=True).values(*fields)),
    )


def fill_peer(outputs: int, _persons: int) -> dict[str, Any]:
    """The same texts in Wagtail; its themes and kinds are dealt out as the demo does on average."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from markdown_it import MarkdownIt
    from wagtail.models import Page, Site

    from nahtstelle.site.demo.content_files import output_files
    from tests.benchmarks.wagtail_site.models import StartPage, Term, TextIndex, TextPage

    call_command("migrate", verbosity=0)
    root = Page.get_first_root_node()
    start = root.add_child(instance=StartPage(title="Start", slug="start"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=start, is_default_site=True)
    index = start.add_child(instance=TextIndex(title="Texte", slug="texte"))
    chance = random.Random(3)
    kinds = [Term.objects.create(facet="kind", key=f"kind-{n}", name=f"Art {n}") for n in range(14)]
    themes = [Term.objects.create(facet="theme", key=f"theme-{n}", name=f"Thema {n}") for n in range(60)]
    models = [(one.title, one.summary, MarkdownIt().enable("table").render(one.body)) for one in output_files()]
    slugs = []
    for number in range(outputs):
        title, summary, body = models[number % len(models)]
        day = date(2026, 11, 20) - timedelta(days=number % 900)
        text = index.add_child(
            instance=TextPage(
                title=f"{title} ({number})",
                slug=f"text-{number}",
                summary=summary,
                body=body,
                stand=day,
                kind=chance.choice(kinds),
            )
        )
        text.terms.add(*chance.sample(themes, 9))
        slugs.append(text.slug)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = {
        "start page": ["/"],
        "list": [f"/texte/?page={n}" for n in range(1, outputs // 20)],
        "facet": [f"/texte/?f={theme.key}&page={n}" for theme in themes for n in (1, 2)],
        "detail": [f"/texte/{slug}/" for slug in slugs],
    }
    return {"pages": pages, "statements": statements_of(pages)}


if __name__ == "__main__":
    main()
