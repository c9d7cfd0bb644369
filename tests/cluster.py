"""A PostgreSQL of the tests' own: made in a temporary folder, gone when its owner is gone, however that ends.

``python -m tests.cluster FOLDER_OF_INITDB COMMAND…`` runs a command with NAHTSTELLE_DATABASE_URL pointing at one.
"""

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

PREFIX = "nahtstelle-cluster-"
# Nothing here has to outlive a crash, so no write waits for the disk.
HASTE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "autovacuum=off"]


class ClusterTrouble(Exception):
    """The server did not start; the message holds what it said."""


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """The address of a fresh server, from the folder that holds ``initdb`` and ``postgres``.

    The server listens on a Unix socket only. It ends with the block; if this process is killed, the kernel ends the
    server, and the next cluster sweeps up the folder. Raises ``ClusterTrouble`` where the server does not start.
    """
    _sweep()
    folder, mark = _own_folder()
    identity = _server_user()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    data, log = folder / "data", folder / "log"
    try:
        _initialise(programs, data, identity)
        settings = [*HASTE, "listen_addresses=", f"unix_socket_directories={folder}"]
        options = [part for setting in settings for part in ("-c", setting)]
        with log.open("wb") as said:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *options],
                stdout=said,
                stderr=said,
                cwd=folder,
                preexec_fn=_end_with_parent,
                start_new_session=True,  # Ctrl+C is for the tests; the server is ended below
                **identity,
            )
        try:
            _wait_until_ready(server, folder, log)
            yield f"postgres://{_name_of(identity)}@{quote(str(folder), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        mark.close()
        shutil.rmtree(folder, ignore_errors=True)


def _own_folder() -> tuple[Path, IO[str]]:
    """A folder and its mark, held as long as this process lives. In /tmp: the path of a socket must be short."""
    made = Path(tempfile.mkdtemp(prefix="nahtstelle-", dir="/tmp"))
    mark = (made / "owner").open("w")
    fcntl.flock(mark, fcntl.LOCK_EX)
    # Renamed only once it is held, so that no other run can sweep it up in between.
    return made.rename(made.with_name(made.name.replace("nahtstelle-", PREFIX))), mark


def _server_user() -> dict[str, int | list[int]]:
    """PostgreSQL refuses to run as root; its Debian package brings a user for it."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _name_of(identity: dict[str, int | list[int]]) -> str:
    return "postgres" if identity else pwd.getpwuid(os.geteuid()).pw_name


def _initialise(programs: Path, data: Path, identity: dict) -> None:
    made = subprocess.run(
        [programs / "initdb", "-D", data, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
        capture_output=True,
        text=True,
        cwd=data.parent,
        **identity,
    )
    if made.returncode:
        raise ClusterTrouble(made.stderr.strip())


def _wait_until_ready(server: subprocess.Popen, folder: Path, log: Path) -> None:
    # PostgreSQL writes "ready" as the last line of its lock file once it takes connections.
    lock = folder / "data" / "postmaster.pid"
    for _ in range(600):
        if server.poll() is not None:
            raise ClusterTrouble(log.read_text(errors="replace"))
        if lock.exists() and lock.read_text().split("\n")[-2:][0].strip() == "ready":
            return
        time.sleep(0.05)
    raise ClusterTrouble("PostgreSQL was not ready within 30 seconds.")


def _end_with_parent() -> None:
    death_of_parent = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(death_of_parent, signal.SIGINT)


def _sweep() -> None:
    """Remove what killed owners left: a folder whose mark nobody holds any more."""
    for folder in Path("/tmp").glob(PREFIX + "*"):
        try:
            with (folder / "owner").open("r+") as mark:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # its owner lives, or it is not ours


def main() -> int:
    programs, *command = sys.argv[1:]
    # Ended politely, the tests' own process included: the block above then puts everything away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with cluster(Path(programs)) as url:
            run = subprocess.Popen(
                command, env={**os.environ, "NAHTSTELLE_DATABASE_URL": url}, preexec_fn=_end_with_parent
            )
            try:
                return run.wait()
            except KeyboardInterrupt:
                return run.wait()
            finally:
                run.terminate()
    except ClusterTrouble as trouble:
        print(f"PostgreSQL could not be started: {trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
