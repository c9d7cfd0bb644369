"""The processes of a running centre: they start together, and none is left behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.site.conftest import NewCentre

# A server and a worker that only sleep, and a note of which processes they were.
STAND_IN = """
import sys
from pathlib import Path
from nahtstelle.site import serving
serving.PAUSE_SECONDS = 0.1
note = "import os, time; open({folder!r} + '/{name}', 'a').write(str(os.getpid()) + '\\\\n'); time.sleep({life})"
sleep = lambda name, life: [sys.executable, "-c", note.format(folder=sys.argv[1], name=name, life=life)]
processes = serving.Processes(server=sleep("server", float(sys.argv[2])), worker=sleep("worker", float(sys.argv[3])))
sys.exit(processes.run(lambda: True))
"""


def _within(seconds: float, condition: Callable[[], object]) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[Callable[[float, float], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start(server_life: float, worker_life: float) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", STAND_IN, str(tmp_path), str(server_life), str(worker_life)]
        started.append(subprocess.Popen(command))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def _noted(folder: Path, name: str) -> list[int]:
    note = folder / name
    return [int(line) for line in note.read_text().split()] if note.exists() else []


def _both_run(folder: Path) -> bool:
    return bool(_noted(folder, "server")) and bool(_noted(folder, "worker"))


def test_told_to_stop_both_end(stand_in: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    house = stand_in(60, 60)
    assert _within(20, lambda: _both_run(tmp_path))
    house.terminate()
    assert house.wait(20) == 0
    assert [psutil.pid_exists(pid) for pid in _noted(tmp_path, "server") + _noted(tmp_path, "worker")] == [False, False]


def test_killed_outright_both_end(stand_in: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    house = stand_in(60, 60)
    assert _within(20, lambda: _both_run(tmp_path))
    house.kill()
    house.wait()
    children = _noted(tmp_path, "server") + _noted(tmp_path, "worker")
    assert _within(10, lambda: not any(_runs(pid) for pid in children))


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_worker_that_falls_is_started_again(stand_in: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    stand_in(60, 0)
    assert _within(20, lambda: len(_noted(tmp_path, "worker")) >= 2)


def test_a_server_that_falls_ends_everything(stand_in: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    house = stand_in(1, 60)
    assert house.wait(20) == 1
    assert not psutil.pid_exists(_noted(tmp_path, "worker")[0])


def test_a_centre_answers_and_stops_clean(tmp_path: Path, free_port: int, new_centre: NewCentre) -> None:
    shutil.copy(new_centre.file, tmp_path)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NAHTSTELLE_", "DJANGO_"))}
    own = {"HOME": str(tmp_path), "SECRET_KEY": "x" * 40, "WORKER_IN_SERVER": "1"}
    centre = subprocess.Popen(
        [sys.executable, "-m", "nahtstelle.site.cli", "serve", "--migrate", "--port", str(free_port)],
        env={**clean, **{f"NAHTSTELLE_{name}": value for name, value in own.items()}},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert centre.stdout is not None
        assert centre.stdout.readline() == f"Nahtstelle runs at http://127.0.0.1:{free_port} (stop with Ctrl+C).\n"
        children = psutil.Process(centre.pid).children(recursive=True)
        assert _answers(free_port)
        assert [child.cmdline()[-1] for child in children].count("worker") == 1
        centre.send_signal(signal.SIGTERM)
        assert centre.wait(40) == 0
        assert [child for child in children if child.is_running()] == []
    finally:
        centre.kill()


def _answers(port: int) -> bool:
    """Whether a page comes back, whichever: an empty house answers 404."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
            return page.status == 200
    except urllib.error.HTTPError as answer:
        return answer.code == 404
