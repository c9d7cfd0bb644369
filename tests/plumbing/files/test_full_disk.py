"""Disks that are full, or refuse: nothing half written stays, and the sentence says what happened."""

import random
import resource
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import pytest

from nahtstelle.plumbing.files import actions
from nahtstelle.plumbing.files.actions import StorageTrouble, absolute, content_of, keep
from nahtstelle.plumbing.files.models import KeptFile

pytestmark = pytest.mark.django_db
LAW = b"<dokumente>" + bytes(range(256)) * 4000 + b"</dokumente>"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class FullDisk:
    """A temporary file on a disk without room: what is written to /dev/full meets the kernel's own ENOSPC."""

    def __init__(self, *, dir: Path, delete: bool) -> None:
        self.name = str(dir / "part")
        Path(self.name).touch()
        self._file: IO[bytes] = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> "FullDisk":
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_a_full_disk_is_said_in_a_sentence_and_leaves_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(actions, "NamedTemporaryFile", FullDisk)
    with pytest.raises(StorageTrouble, match=r"The disk is full|Datenträger ist voll|Festplatte ist voll"):
        keep(LAW, media_type="text/xml", at=now)
    assert files_in(media) == []
    assert KeptFile.objects.count() == 0


@pytest.fixture
def small_files() -> Iterator[None]:
    """The system refuses every file of more than a kilobyte."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_file_the_system_refuses_leaves_nothing(media: Path, small_files: None, now: datetime) -> None:

    noise = random.Random(1).randbytes(50_000)
    with pytest.raises(StorageTrouble):
        keep(noise, media_type="text/xml", at=now)
    assert files_in(media) == []


def test_after_the_trouble_the_same_bytes_can_be_kept(
    media: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    with monkeypatch.context() as full, pytest.raises(StorageTrouble):
        full.setattr(actions, "NamedTemporaryFile", FullDisk)
        keep(LAW, media_type="text/xml", at=now)
    assert content_of(keep(LAW, media_type="text/xml", at=now)) == LAW


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(media: Path, settings: Any, now: datetime) -> None:
    (media / "file").write_text("a file where a folder should be")
    settings.MEDIA_ROOT = media / "file"
    with pytest.raises(StorageTrouble, match=r"."):
        keep(LAW, media_type="text/xml", at=now)


def test_bytes_whose_file_was_lost_are_written_again(media: Path, now: datetime) -> None:
    kept = keep(LAW, media_type="text/xml", at=now)
    absolute(kept).unlink()
    again = keep(LAW, media_type="text/xml", at=now)
    assert (again.pk, content_of(again)) == (kept.pk, LAW)


def test_the_same_bytes_are_kept_once(media: Path, now: datetime) -> None:
    first, second = keep(LAW, media_type="text/xml", at=now), keep(LAW, media_type="text/xml", at=now)
    assert first.pk == second.pk
    assert len(files_in(media)) == 1
