"""How soon after publishing a text readers find it: the real server, the real worker, asked over HTTP.

    python tests/benchmarks/bench_search_reach.py [--texts 20]

runs the demo centre on a SQLite file of its own and, where PostgreSQL's programs are there, on a private cluster. A text
is published by the same action the button calls; from its commit on the page of the search is asked every twenty
milliseconds until it shows the text. The same again while the whole index is made anew, over and over, in a process of
its own; and a reader asks all the time for a text that must never be missed. The aim is two seconds.
"""

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
CLI = [sys.executable, "-m", "nahtstelle.site.cli"]
AGAIN = "while :; do {command} search rebuild >/dev/null || exit 1; done"
PAUSE = 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=20)
    parser.add_argument("--here", type=int, default=0, help="measure the centre of this environment on that port")
    chosen = parser.parse_args()
    if chosen.here:
        measure_here(chosen.texts, chosen.here)
        return
    with tempfile.TemporaryDirectory() as home:
        measure("SQLite", chosen.texts, {"NAHTSTELLE_HOME": home})
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not programs:
            print("PostgreSQL is not installed and is left out")
            return
        from tests.cluster import cluster  # reason: the repository must be on the path

        with cluster(programs[-1].parent) as address:
            measure("PostgreSQL", chosen.texts, {"NAHTSTELLE_HOME": home, "NAHTSTELLE_DATABASE_URL": address})


def measure(name: str, texts: int, more: dict[str, str]) -> None:
    environment = {**os.environ, "NAHTSTELLE_DEMO": "1", "NAHTSTELLE_WORKER_IN_SERVER": "0", **more}
    if "NAHTSTELLE_DATABASE_URL" not in more:
        environment.pop("NAHTSTELLE_DATABASE_URL", None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment["NAHTSTELLE_BASE_URL"] = f"http://127.0.0.1:{port}"
    print(name, flush=True)
    prepare = "import django; django.setup(); from nahtstelle.site.demo.preparing import prepare; prepare()"
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "nahtstelle.site.settings"}
    subprocess.run([sys.executable, "-c", prepare], env=settings, cwd=ROOT, check=True)
    with running([*CLI, "serve", "--port", str(port)], environment), running([*CLI, "worker"], environment):
        while not is_open(port):
            time.sleep(0.2)
        for state, beside in (("at rest", None), ("while the index is made anew", AGAIN.format(command=" ".join(CLI)))):
            print(f"  {state}", flush=True)
            command = [sys.executable, __file__, "--here", str(port), "--texts", str(texts)]
            if beside is None:
                subprocess.run(command, env=environment, cwd=ROOT, check=True)
            else:
                with running(["sh", "-c", beside], environment):
                    time.sleep(5)
                    subprocess.run(command, env=environment, cwd=ROOT, check=True)


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True, **quiet)
    try:
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait(30)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def measure_here(texts: int, port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nahtstelle.site.settings")
    import django

    django.setup()
    from django.utils import timezone

    from nahtstelle.register.people.models import Account, CentreRole
    from nahtstelle.rooms.outputs import actions
    from nahtstelle.rooms.outputs.models import Output

    role = CentreRole.Role
    writer, lead = (
        Account.objects.filter(person__centre_roles__role=one).distinct().first() for one in (role.EDITOR, role.LEAD)
    )
    assert writer is not None and lead is not None
    kind = Output.objects.filter(state=Output.State.PUBLISHED).exclude(kind__key="out-page").first().kind

    def publish(word: str) -> None:
        now = timezone.now()
        by_writer, by_lead = ({"account": one, "by": one.actor, "at": now} for one in (writer, lead))
        text = actions.start(
            title=f"Probe {word.capitalize()}",
            kind=kind,
            body="Ein Satz.",
            language="de",
            stand=timezone.localdate(now),
            **by_writer,
        )
        text = actions.submit(text, **by_writer)
        text = actions.sign_off(text, revision=text.revision, **by_lead)
        actions.publish(text, note="", **by_lead)

    def finds(word: str) -> bool:
        asked = Request(f"http://127.0.0.1:{port}/suche/?q={word}", headers={"Accept-Language": "de"})
        with urlopen(asked, timeout=60) as answer:
            return f"<mark>{word.capitalize()}</mark>" in answer.read().decode()

    seconds, asked, missed, known = [], 0, 0, ""
    for number in range(-1, texts):  # the first one also waits for the worker to start, and is not counted
        word = "".join(random.choices("bdfgklmnprt", k=14))
        publish(word)
        began = time.perf_counter()
        while not finds(word):
            if known:
                asked += 1
                missed += not finds(known)
            time.sleep(PAUSE)
        if number >= 0:
            seconds.append(time.perf_counter() - began)
        known = word
    seconds.sort()
    print(
        f"    {texts} texts: found after median {median(seconds):.2f} s, p95 {seconds[int(0.95 * (texts - 1))]:.2f} s, "
        f"most {seconds[-1]:.2f} s; a known text missed {missed} of {asked} times",
        flush=True,
    )


if __name__ == "__main__":
    main()
