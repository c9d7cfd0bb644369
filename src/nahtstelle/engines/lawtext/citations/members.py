"""What is read behind a sign: groups of members, each with its section and the steps below it."""

from dataclasses import dataclass, field

from nahtstelle.engines.lawtext.citations.levels import Step


@dataclass(slots=True)
class Member:
    """One provision as read: its section, the steps below it, and where it was read."""

    section: str
    path: tuple[Step, ...]
    start: int
    end: int
    following: str | None = None
    paragraph: str | None = None


@dataclass(slots=True)
class Group:
    """One sign with its members. ``firm`` counts the members that stand even when no law follows; -1 is all."""

    unit: str
    start: int
    end: int
    members: list[Member] = field(default_factory=list)
    firm: int = -1
    firm_end: int = 0

    def keep_only_firm(self) -> None:
        if self.firm >= 0:
            del self.members[self.firm :]
            self.end = self.firm_end
