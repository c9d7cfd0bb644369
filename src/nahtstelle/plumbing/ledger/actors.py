"""Who did it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever changes something: a person's account, or a part of the system acting by itself.

    ``ref`` is stable ("account:5", "system:worker"); ``label`` is what a reader of the trail sees.
    """

    ref: str
    label: str

    @property
    def account_id(self) -> int | None:
        kind, _, number = self.ref.partition(":")
        return int(number) if kind == "account" else None


def system(part: str) -> Actor:
    """The platform itself, e.g. ``system("worker")``."""
    return Actor(ref=f"system:{part}", label=f"Nahtstelle ({part})")
