"""What can happen to duties."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.plumbing.ledger.facts import fact


@fact("duties.DutyOpened", says=_("A duty arose"))
@dataclass(frozen=True, slots=True)
class DutyOpened:
    duty: int
    kind: str
    owner: int | None
    cause: str


@fact("duties.DutiesOpened", says=ngettext_lazy("One duty arose", "%(count)s duties arose", "count"))
@dataclass(frozen=True, slots=True)
class DutiesOpened:
    cause: str
    count: int


@fact("duties.DutySettled", says=_("A duty was settled"))
@dataclass(frozen=True, slots=True)
class DutySettled:
    """``closer`` is the person who did it; None for the system."""

    duty: int
    closer: int | None


@fact("duties.DutyDropped", says=_("A duty was dropped as no longer needed"))
@dataclass(frozen=True, slots=True)
class DutyDropped:
    """``closer`` is the person who did it; None for the system."""

    duty: int
    closer: int | None


@fact(
    "duties.DutiesClosed", says=ngettext_lazy("One duty was closed", "%(count)s duties were closed together", "count")
)
@dataclass(frozen=True, slots=True)
class DutiesClosed:
    """``state`` is settled or dropped; an empty subject or cause means that it did not narrow the choice."""

    state: str
    subject_kind: str
    subject_id: int | None
    cause: str
    count: int


@fact(
    "duties.DutiesReopened",
    says=ngettext_lazy("One duty is open again", "%(count)s duties are open again", "count"),
)
@dataclass(frozen=True, slots=True)
class DutiesReopened:
    """What had made them needless was taken back."""

    cause: str
    count: int


@fact("duties.DutyDelegated", says=_("A duty was handed on"))
@dataclass(frozen=True, slots=True)
class DutyDelegated:
    """Persons: who handed it on (None for the system), who had it before, who has it now."""

    duty: int
    delegator: int | None
    before: int | None
    now: int


@fact(
    "duties.DutiesFellDue",
    says=ngettext_lazy("A person was reminded of a duty", "A person was reminded of %(count)s duties", "count"),
)
@dataclass(frozen=True, slots=True)
class DutiesFellDue:
    """One person is reminded of everything that falls due soon, together. ``lot`` is unique."""

    person: int
    count: int
    lot: str


@fact(
    "duties.DutiesEscalated", says=ngettext_lazy("One duty was escalated", "%(count)s duties were escalated", "count")
)
@dataclass(frozen=True, slots=True)
class DutiesEscalated:
    """``to`` is a person; None stands for the desk of all coordinators. ``because`` is an ``Escalation``. ``lot`` is
    unique.
    """

    to: int | None
    because: str
    count: int
    lot: str
