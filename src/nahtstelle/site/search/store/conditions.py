"""What a document must have to be found, before any database's way to say it."""

from collections.abc import Callable, Sequence
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

    def levels(self) -> list["Level"]:
        return [Level(self.term, level) for level in range(1, LEVELS + 1)]


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


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a database says a condition: a token in quotes, and what stands between two conditions."""

    quoted: Callable[[str], str]
    either: str
    both: str
    but_not: str

    def say(self, condition: Condition) -> str:
        match condition:
            case Level():
                return self.quoted(condition.token)
            case Term():
                return self._joined(self.either, condition.levels())
            case AnyOf(parts):
                return self._joined(self.either, parts)
            case All(parts):
                return self._joined(self.both, parts)
            case Not(wanted, unwanted):
                return self._joined(self.but_not, (wanted, unwanted))

    def _joined(self, word: str, parts: Sequence[Condition]) -> str:
        return f"({word.join(map(self.say, parts))})"
