"""What can happen at the door."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("desk.PasswordSet", says=_("A password was set by a link from a letter"))
@dataclass(frozen=True, slots=True)
class PasswordSet:
    account: int
