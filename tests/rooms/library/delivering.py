"""Deliveries as the tests give them: read, taken in and taken back by the same facts as in the house."""

import io
from datetime import datetime
from typing import Any

from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.library.actions import giving, taking_in, undoing
from nahtstelle.rooms.library.models import Import

BY = system("test")


def ris(*records: str) -> bytes:
    """A file out of the middles of records."""
    return "".join(f"TY  - JOUR\n{record.strip()}\nER  - \n" for record in records).encode()


def reference(
    title: str, *, doi: str = "", key: str = "", year: int = 2021, author: str = "Klee, Anna", more: str = ""
) -> str:
    lines = [f"TI  - {title}", f"PY  - {year}"]
    lines += [f"AU  - {author}"] if author else []
    lines += [f"DO  - {doi}"] if doi else []
    lines += [f"ID  - {key}"] if key else []
    return "\n".join([*lines, *([more] if more else [])])


def given(content: bytes, name: str = "treffer.ris", *, source: str = "Scopus", by: Actor = BY, **more: Any) -> Import:
    """Given and read, as far as it goes without a person."""
    at = timezone.now()
    batch = giving.give_file(
        stream=io.BytesIO(content), name=name, size=len(content), source=source, by=by, at=at, **more
    )
    return delivered(batch, at=at)


def delivered(batch: Import, *, at: datetime | None = None) -> Import:
    deliver_all(at=at or timezone.now())
    batch.refresh_from_db()
    return batch


def taken(content: bytes, name: str = "treffer.ris", *, source: str = "Scopus", by: Actor = BY, **more: Any) -> Import:
    batch = given(content, name, source=source, by=by, **more)
    taking_in.confirm(batch=batch, by=by, at=timezone.now())
    return delivered(batch)


def undone(batch: Import, *, by: Actor = BY) -> Import:
    undoing.confirm_undoing(batch=batch, by=by, at=timezone.now())
    return delivered(batch)
