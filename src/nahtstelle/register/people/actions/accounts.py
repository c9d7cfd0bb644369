"""Accounts: the way in for a person."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import AccountClosed, AccountCreated, AccountMailChanged, AccountOpened
from ..models import Account, Person
from ..queries import keepers
from ..rules import check_not_oneself, check_sign_in_address_free, check_somebody_left


@transaction.atomic
def create_account(*, person: Person, by: Actor, at: datetime, mail: str = "", password: str | None = None) -> Account:
    """Open a way in for a person who has none; ``mail`` is what they sign in with, their own where it is left out.

    Without ``password`` nobody can sign in with one until the person has set it by a link. Raises ``Refusal`` where the
    person has an account, the address is taken, or the password is too weak.
    """
    mail = mail or person.mail
    check_sign_in_address_free(mail, None)
    known = Account.objects.filter(person=person).first()
    if known is not None:
        raise Refusal(_has_one(person))
    account = Account(mail=mail, person=person)
    if password is None:
        account.set_unusable_password()
    else:
        try:
            validate_password(password, account)
        except ValidationError as trouble:
            raise Refusal(" ".join(trouble.messages)) from trouble
        account.set_password(password)
    account.save(force_insert=True)
    touched = [Touched(account, {"mail": (None, mail)}), person]
    record(AccountCreated(account.pk, person.pk), by=by, at=at, touched=touched)
    return account


def _has_one(person: Person) -> str:
    return _("%s already has an account.") % person.name


@transaction.atomic
def change_account_mail(*, account: Account, mail: str, by: Actor, at: datetime) -> Account:
    """Change the address a person signs in with. Raises ``Refusal`` where it is taken."""
    check_sign_in_address_free(mail, account)
    before, account.mail = account.mail, mail
    if before == mail:
        return account
    account.save(update_fields=["mail"])
    touched = [Touched(account, {"mail": (before, mail)}), account.person]
    record(AccountMailChanged(account.pk, account.person_id), by=by, at=at, touched=touched)
    return account


@transaction.atomic
def close_account(*, account: Account, by: Actor, at: datetime) -> Account:
    """Nobody signs in with it any more, sessions end at once; roles and works stay.

    Raises ``NotYours`` for one's own account, ``NotNow`` where nobody would be left to give roles.
    """
    check_not_oneself(by, account.person)
    if not account.is_active:
        return account
    today = timezone.localdate(at)
    if keepers(on=today).filter(pk=account.pk).exists():
        check_somebody_left(account.person, on=today)
    _set_active(account, False)
    touched = [Touched(account, {"is_active": (True, False)}), account.person]
    record(AccountClosed(account.pk, account.person_id), by=by, at=at, touched=touched)
    return account


@transaction.atomic
def open_account(*, account: Account, by: Actor, at: datetime) -> Account:
    """Open a closed account again. Raises ``NotYours`` for one's own."""
    check_not_oneself(by, account.person)
    if account.is_active:
        return account
    _set_active(account, True)
    touched = [Touched(account, {"is_active": (False, True)}), account.person]
    record(AccountOpened(account.pk, account.person_id), by=by, at=at, touched=touched)
    return account


def end_sessions(*, account: Account) -> None:
    """Every session of the account ends with its next request. What it follows from records the fact."""
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    account.refresh_from_db(fields=["session_epoch"])


def _set_active(account: Account, active: bool) -> None:
    account.is_active = active
    account.save(update_fields=["is_active"])
