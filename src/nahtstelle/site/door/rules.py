"""Who needs a second factor, and what may be done with factors."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import centre_roles

from .models import Factor

MOST = 10  # factors of one account


def needs_second_factor(account: Account, *, on: date) -> bool:
    """Whoever holds a role at the centre; their account opens everything the centre keeps."""
    return bool(centre_roles(account.person, on=on))


def check_may_add(account: Account) -> None:
    if account.factors.count() >= MOST:
        raise NotNow(_("You have very many second factors. Please remove one you no longer use first."))


def check_may_remove(factor: Factor, *, on: date) -> None:
    """Whose role demands one keeps at least one."""
    if needs_second_factor(factor.account, on=on) and factor.account.factors.count() < 2:
        raise NotNow(_("Your role needs a second factor. Please add another one first, then remove this one."))


def check_reason(why: str) -> None:
    if len(why.strip()) < 5:
        raise Refusal(_("Please say in a few words why; the person reads it, and it stays in the trail."))


def check_has_factor(account: Account) -> None:
    if not account.factors.exists():
        raise NotNow(_("Recovery codes stand in for a second factor. Please add one first."))
