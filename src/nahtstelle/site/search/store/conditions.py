"""What a document must have to be found, before any database's way to say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nahtstelle.engines.wording import LEVELS


@dataclass(frozen=True, slots=True)
class Level:
    """The term at exactly this level."""

    term: str
    level: int

    @property
    def token(self) -> str:
        return f"{self.term}~{self.level}"


@dataclass(frozen=True, slots=True)
class Term:
    """The term, at whatever level."""

    term: str

    def levels(self) -> list[str]:
        return [f"{self.term}~{level}" for level in range(1, LEVELS + 1)]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: Sequence["Condition"]


@dataclass(frozen=True, slots=True)
class All:
    parts: Sequence["Condition"]


@dataclass(frozen=True, slots=True)
class Not:
    """Meets ``wanted`` and not ``unwanted``."""

    wanted: "Condition"
    unwanted: "Condition"


Condition = Level | Term | AnyOf | All | Not
