"""What can happen to the interfaces."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact(
    "feeds.CalendarAddressMade", says=_("Private address of the calendar made; an earlier one leads nowhere any more")
)
@dataclass(frozen=True, slots=True)
class CalendarAddressMade:
    person_id: int


@fact("feeds.CalendarAddressTakenBack", says=_("Private address of the calendar taken back"))
@dataclass(frozen=True, slots=True)
class CalendarAddressTakenBack:
    person_id: int
