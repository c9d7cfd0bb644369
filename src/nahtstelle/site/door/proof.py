"""What a session has proved: whether a second factor was shown, which, and when somebody came in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

PROOF, PENDING, WISH = "door-proof", "door-pending", "door-wish"
FRESH = timedelta(minutes=30)  # how long after proving it one may change one's factors
PENDING_FOR = timedelta(minutes=10)  # between the first step and the second
DEMO = "demo"  # an invented person was chosen; counts in the demo only


@dataclass(frozen=True, slots=True)
class Proof:
    second: str = ""
    at: datetime | None = None

    @property
    def whole(self) -> bool:
        """Whether a second factor was shown."""
        return bool(self.second) and (self.second != DEMO or settings.DEMO)

    def fresh(self, *, at: datetime) -> bool:
        return self.at is not None and at - self.at < FRESH


def note(session: Any, *, second: str, at: datetime) -> None:
    session[PROOF] = {"second": second, "at": at.isoformat()}


def proof_of(request: HttpRequest) -> Proof:
    known = request.session.get(PROOF) or {}
    at = datetime.fromisoformat(known["at"]) if "at" in known else None
    return Proof(second=known.get("second", ""), at=at)
