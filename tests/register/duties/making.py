"""Duties for tests."""

from datetime import date, datetime
from typing import Any

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.duties.actions import open_duty
from nahtstelle.register.duties.models import Duty

SYSTEM = system("tests")


def make_duty(owner: Any, *, at: datetime, **changed: Any) -> Duty:
    """A duty of ``owner``: review the leaflet number 1, due on 7 December 2026."""
    given = {
        "kind": "tests.review",
        "owner": owner,
        "subject_kind": "tests.leaflet",
        "subject_id": 1,
        "subject_title": "Merkblatt Arbeitsmarktzugang",
        "link": "/merkblatt/1/",
        "cause": "wave:1",
        "why_de": "Das Gesetz hat sich geändert.",
        "why_en": "The law has changed.",
        "due": date(2026, 12, 7),
        "by": SYSTEM,
        "at": at,
    }
    return open_duty(**{**given, **changed})
