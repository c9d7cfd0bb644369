"""Files that are being read: each slice goes on where the last one ended, without beginning anew.

A reader is held by the process that read the last slice. Where there is none (another worker, a restart, a slice that was
rolled back), the file is read again up to where the records are, and nothing of it is taken twice.
"""

import threading
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from nahtstelle.engines.literature.formats.reading import Reading, read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.records import Record
from nahtstelle.plumbing.files.actions import unpacked

from .models import Import

MOST = 2  # readers a process holds
_lock = threading.Lock()
_held: dict[tuple[int, str], "Reader"] = {}


class Reader:
    """An open file and how many things (records, and what could not be read) came of it so far."""

    def __init__(self, batch: Import) -> None:
        if batch.file is None:
            raise ValueError("The import has no file.")
        self._file: BinaryIO = unpacked(batch.file)
        columns = {int(place): field for place, field in batch.columns.items()} or None
        self.reading: Reading = read(self._file, batch.file_name, columns=columns)
        self.position = 0

    def take(self, number: int) -> list[Record | Broken]:
        found = list(islice(self.reading, number))
        self.position += len(found)
        return found

    def skip(self, number: int) -> None:
        for _thing in islice(self._rest(), number):
            self.position += 1

    def _rest(self) -> Iterator[Record | Broken]:
        return iter(self.reading)

    def close(self) -> None:
        self._file.close()


def reader_at(batch: Import, position: int) -> Reader:
    """A reader whose next thing is the one after ``position``; it belongs to the caller."""
    with _lock:
        reader = _held.pop(_key(batch), None)
    if reader is not None and reader.position > position:
        reader.close()
        reader = None
    reader = reader or Reader(batch)
    reader.skip(position - reader.position)
    return reader


def hold(batch: Import, reader: Reader) -> None:
    """Keep a reader for the next slice; the one that waited longest makes room."""
    with _lock:
        before = _held.pop(_key(batch), None)
        _held[_key(batch)] = reader
        out = [_held.pop(next(iter(_held))) for _ in range(len(_held) - MOST)]
    for one in (before, *out):
        if one is not None and one is not reader:
            one.close()


def _key(batch: Import) -> tuple[int, str]:
    return batch.pk, repr(sorted(batch.columns.items()))
