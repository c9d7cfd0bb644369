"""What the people's register wants to know from those above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import own_holdings
from .personal import Holding, Mentions


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

# () → what an upper room holds of persons; what words of theirs may name anybody
holdings: list[Callable[[], Iterable[Holding]]] = []
mentions: list[Callable[[], Iterable[Mentions]]] = []

# (person) → sentences why a person cannot be erased yet
keeping: list[Callable[[Any], Iterable[Any]]] = []


def all_holdings() -> list[Holding]:
    """What the house holds of persons: the upper rooms first, the person last."""
    above = [one for answer in holdings for one in answer()]
    return [*above, *reversed(own_holdings.holdings())]


def all_mentions() -> list[Mentions]:
    return [*(one for answer in mentions for one in answer()), *own_holdings.mentions()]
