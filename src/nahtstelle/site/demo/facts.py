"""What can happen in the demo."""

from dataclasses import dataclass
from datetime import date

from nahtstelle.plumbing.ledger.facts import fact


@fact("demo.DemoLoaded")
@dataclass(frozen=True, slots=True)
class DemoLoaded:
    """Invented people, organisations and projects were put into an empty centre."""

    day: date
