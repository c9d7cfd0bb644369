"""What can happen to persons, their accounts and their roles at the centre."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("people.PersonAdded", says=_("Person added"))
@dataclass(frozen=True, slots=True)
class PersonAdded:
    person_id: int


@fact("people.PersonChanged", says=_("Particulars of a person changed"))
@dataclass(frozen=True, slots=True)
class PersonChanged:
    person_id: int


@fact("people.PersonExported", says=_("What is held of a person was handed out"))
@dataclass(frozen=True, slots=True)
class PersonExported:
    """To somebody else than themselves, who passes it on to them."""

    person_id: int


@fact("people.PersonErased", says=_("Person erased"))
@dataclass(frozen=True, slots=True)
class PersonErased:
    """``credited``: they stay named as author of what was published."""

    person_id: int
    credited: bool


@fact("people.AccountCreated", says=_("Account created"))
@dataclass(frozen=True, slots=True)
class AccountCreated:
    account_id: int
    person_id: int


@fact("people.AccountMailChanged", says=_("Sign-in address changed"))
@dataclass(frozen=True, slots=True)
class AccountMailChanged:
    account_id: int
    person_id: int


@fact("people.AccountClosed", says=_("Account closed"))
@dataclass(frozen=True, slots=True)
class AccountClosed:
    """The person cannot sign in any more; roles and works stay."""

    account_id: int
    person_id: int


@fact("people.AccountOpened", says=_("Account opened again"))
@dataclass(frozen=True, slots=True)
class AccountOpened:
    account_id: int
    person_id: int


@fact("people.RoleGranted", says=_("Role given: %(role)s"))
@dataclass(frozen=True, slots=True)
class RoleGranted:
    role_id: int
    person_id: int
    role: str
    first_day: date | None
    last_day: date | None


@fact("people.RoleEnded", says=_("Last day of the role %(role)s set"))
@dataclass(frozen=True, slots=True)
class RoleEnded:
    role_id: int
    person_id: int
    role: str
    last_day: date
