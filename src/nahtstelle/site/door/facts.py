"""What can happen to the ways somebody signs in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("door.FactorAdded", says=_("A second factor for signing in was added"))
@dataclass(frozen=True, slots=True)
class FactorAdded:
    account_id: int
    factor_id: int
    kind: str


@fact("door.FactorRemoved", says=_("A second factor for signing in was removed"))
@dataclass(frozen=True, slots=True)
class FactorRemoved:
    account_id: int
    factor_id: int
    kind: str


@fact("door.FactorsReset", says=_("All second factors of a person were reset"))
@dataclass(frozen=True, slots=True)
class FactorsReset:
    """Somebody else took a person's factors away, as after a lost phone; why stands in the entry."""

    account_id: int
    count: int


@fact("door.RecoveryCodesMade", says=_("New recovery codes were made"))
@dataclass(frozen=True, slots=True)
class RecoveryCodesMade:
    account_id: int


@fact("door.RecoveryCodeUsed", says=_("Somebody signed in with a recovery code"))
@dataclass(frozen=True, slots=True)
class RecoveryCodeUsed:
    account_id: int
    left: int
