"""What the library wants to know from the rooms above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .models import Work


@dataclass(frozen=True, slots=True)
class Citing:
    """Something above that cites a work: readers of the work are led to it. ``locator`` is the page it names."""

    title: str
    address: str
    kind: str = ""
    locator: str = ""
    stand: date | None = None


# (work, reader's account) → what cites it of what the reader may see, the first of it; and how many there are
CitedIn = Callable[[Work, Any], tuple[list[Citing], int]]
citing: list[CitedIn] = []


def cited_in(work: Work, reader: Any) -> tuple[list[Citing], int]:
    """Everything the rooms above know to cite a work."""
    found: list[Citing] = []
    number = 0
    for answer in citing:
        some, total = answer(work, reader)
        found += some
        number += total
    return found, number
