"""What the people's register wants to know from those above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One dated thing about a person: a membership, an engagement."""

    title: str
    url: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What an upper room knows of a person, for the person's page."""

    title: str
    lines: list[Line] = field(default_factory=list)
    add_label: str = ""  # where the reader may add one
    add_url: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a person may do, and why: the role it comes from and until when that lasts."""

    may: Any  # a sentence
    because: Any
    valid_until: date | None = None


# (person, on=day) → ids of the persons whom this one may see, as a subquery
circles: list[Callable[..., Any]] = []

# (person, reader=account, on=day) → what an upper room shows of the person
sections: list[Callable[..., Section | None]] = []

# (person, on=day) → what roles outside the centre allow
effects: list[Callable[..., Iterable[Effect]]] = []
