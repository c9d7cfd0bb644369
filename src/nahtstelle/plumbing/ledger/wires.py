"""Which reactions a fact is brought to. Only ``site/wiring.py`` connects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .actors import Actor


class Reaction(Protocol):
    def __call__(self, fact: Any, *, by: Actor, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Wire:
    """``reaction`` runs once for every recorded fact of type ``fact``.

    With ``in_turn`` it waits until the reactions printed before it have done theirs to the very same fact; without, a
    neighbour's failure does not hold it up.
    """

    fact: type
    reaction: Callable[..., None]
    in_turn: bool = False

    @property
    def name(self) -> str:
        return f"{self.reaction.__module__}.{self.reaction.__qualname__}"


_wires: dict[str, list[Wire]] = {}
_by_name: dict[str, Wire] = {}


def connect(wires: Iterable[Wire]) -> None:
    """Make these the wires of the house, in place of any before."""
    _wires.clear()
    _by_name.clear()
    for wire in wires:
        if wire.name in _by_name and _by_name[wire.name].fact is wire.fact:
            raise ValueError(f"The wire {wire.name} is connected twice.")
        _wires.setdefault(wire.fact.fact_name, []).append(wire)
        _by_name[wire.name] = wire


def wires_of(fact_name: str) -> list[Wire]:
    return _wires.get(fact_name, [])


def wire_called(name: str) -> Wire | None:
    return _by_name.get(name)


def all_wires() -> list[Wire]:
    return [wire for wires in _wires.values() for wire in wires]
