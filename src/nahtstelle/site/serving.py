"""The processes of a running centre: the server, and beside it the worker where the configuration wants it."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from types import FrameType

import typer

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 30  # what a process gets to finish its work when told to stop
PAUSE_SECONDS = 5  # before a worker that fell over is started again
GUNICORN = [sys.executable, "-m", "gunicorn", "nahtstelle.site.wsgi", "--no-control-socket", "--worker-class=gthread"]
WORKER = [sys.executable, "-m", "nahtstelle.site.cli", "worker"]


class NotReady(Exception):
    """The server cannot start; the message is a sentence for the operator."""


def open_migrations() -> int:
    """How many migrations the database still lacks."""
    from django.db import connection  # reason: this module is imported before Django is set up
    from django.db.migrations.executor import MigrationExecutor  # reason: as above

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def gather_static_files() -> None:
    """Lay all static files under STATIC_ROOT, named after their content and packed beside it; quick when unchanged.

    Raises ``NotReady`` where the folder cannot be written.
    """
    from django.conf import settings  # reason: this module is imported before Django is set up
    from django.core.management import call_command  # reason: as above

    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as trouble:
        raise NotReady(
            f"The static files cannot be gathered in {settings.STATIC_ROOT} ({trouble.strerror}); "
            "the folder NAHTSTELLE_HOME must be writable."
        ) from None


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds a server that listens on ``host``."""
    everywhere = host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    return f"http://{'localhost' if everywhere else _bracketed(host)}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ``NotReady`` where another program listens on ``port`` already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            raise NotReady(
                f"Port {port} at {host} cannot be used ({trouble.strerror}); choose another with --port."
            ) from None


def serve_until_told(*, host: str, port: int, processes: int, threads: int, with_worker: bool) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. Whatever was started ends with this process, even if it is killed.

    Raises ``NotReady`` where the port is taken.
    """
    refuse_taken_port(host, port)
    server = [
        *GUNICORN,
        f"--bind={_bracketed(host)}:{port}",
        f"--workers={processes}",
        f"--threads={threads}",
        "--log-level=warning",
    ]
    return Processes(server=server, worker=WORKER if with_worker else None).run(lambda: _say_ready(host, port))


class Processes:
    """The server and the worker as children of this process."""

    def __init__(self, *, server: list[str], worker: list[str] | None) -> None:
        self._server_command, self._worker_command = server, worker
        self._told_to_stop = False

    def run(self, when_ready: Callable[[], bool]) -> int:
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, self._stop)
        server = _start(self._server_command)
        worker = _start(self._worker_command) if self._worker_command else None
        worker_due = 0.0
        ready = False
        while not self._told_to_stop and server.poll() is None:
            if worker is not None and worker.poll() is not None and self._worker_command:
                log.error("The worker ended with code %s; it is started again.", worker.returncode)
                worker, worker_due = None, time.monotonic() + PAUSE_SECONDS
            if worker is None and self._worker_command and time.monotonic() >= worker_due:
                worker = _start(self._worker_command)
            ready = ready or when_ready()
            time.sleep(0.2)
        fell_over = not self._told_to_stop
        for child in (server, worker):
            if child is not None:
                _end(child)
        return (server.returncode or 1) if fell_over else 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop = True


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl+C reaches this process alone, which then ends its children in order.
    parent = os.getpid()
    return subprocess.Popen(  # noqa: S603 - our own commands
        command, preexec_fn=lambda: _end_with(parent), start_new_session=True
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _end_with(parent: int) -> None:
    """Linux tells a child when its parent has gone, even by SIGKILL; elsewhere the child stays until told."""
    if sys.platform == "linux":
        when_parent_dies = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(when_parent_dies, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel was asked
            os._exit(1)


def _say_ready(host: str, port: int) -> bool:
    """Say the address once a page comes back, whichever page that is."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask, not where to listen
    asked = HTTPConnection(everywhere.get(host, host), port, timeout=1)
    try:
        asked.request("GET", "/", headers={"Host": "localhost"})
        asked.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()
    typer.echo(f"Nahtstelle runs at {address(host, port)} (stop with Ctrl+C).")
    return True
