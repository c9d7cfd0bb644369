"""A file is complete under its final name or not there: whoever looks while it is written sees nothing half."""

import threading
from datetime import datetime
from pathlib import Path

import pytest

from nahtstelle.plumbing.files.actions import absolute, content_of, keep
from nahtstelle.plumbing.files.models import KeptFile

LAW = b"<dokumente>" + bytes(range(256)) * 2000 + b"</dokumente>"


@pytest.mark.django_db
def test_the_final_name_is_free_until_everything_is_written(
    media: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    seen: list[list[str]] = []
    rename = Path.rename

    def look_first(part: Path, target: Path) -> Path:
        seen.append([path.name for path in media.rglob("*.gz")])
        return rename(part, target)

    monkeypatch.setattr(Path, "rename", look_first)
    kept = keep(LAW, media_type="text/xml", at=now)
    assert (seen, content_of(kept)) == ([[]], LAW)


@pytest.mark.django_db
def test_nothing_but_the_file_is_left(media: Path, now: datetime) -> None:
    kept = keep(LAW, media_type="text/xml", at=now)
    assert [path for path in media.rglob("*") if path.is_file()] == [absolute(kept)]


@pytest.mark.django_db
def test_empty_bytes_are_kept_as_well(now: datetime) -> None:
    assert content_of(keep(b"", media_type="text/plain", at=now)) == b""


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_given_by_four_at_once_are_one_file(media: Path, now: datetime) -> None:
    from django.db import connection  # reason: each thread closes its own connection

    made: list[int] = []
    gate = threading.Barrier(4)

    def give() -> None:
        try:
            gate.wait(timeout=20)
            made.append(keep(LAW, media_type="text/xml", at=now).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    files = [path for path in media.rglob("*") if path.is_file()]
    assert (len(made), len(set(made)), KeptFile.objects.count(), len(files)) == (4, 1, 1, 1)
