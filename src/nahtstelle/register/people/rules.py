"""What may be done with persons, accounts and roles, each rule once and as a sentence."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actors import Actor

from . import questions, rights
from .models import Account, CentreRole, Person
from .queries import centre_roles, keepers, roles_overlapping
from .rights import Right

Role = CentreRole.Role

STAFF_SENTENCE = rights.SEE_PEOPLE.refusal


def check_signed_in(account: object) -> None:
    """Anybody with an open account."""
    if not isinstance(account, Account) or not account.is_active:
        raise NotYours(_("Please sign in first."))


def check_staff(account: object, *, on: date) -> None:
    """Anybody with a role at the centre today."""
    check_right(account, rights.SEE_PEOPLE, on=on)


def check_role(account: object, roles: Iterable[str], *, on: date, sentence: object = None) -> None:
    """Anybody who holds one of ``roles`` today.

    Raises ``NotYours`` with ``sentence``.
    """
    check_signed_in(account)
    assert isinstance(account, Account)
    if not centre_roles(account.person, on=on) & frozenset(roles):
        raise NotYours(sentence or _("Your roles at the centre do not include this."))


def check_right(account: object, right: Right, *, on: date) -> None:
    """Anybody with a role that brings ``right`` today."""
    check_role(account, right.roles, on=on, sentence=right.refusal)


def check_operator(account: object, *, on: date) -> None:
    check_right(account, rights.KEEP_MACHINERY, on=on)


def check_vocabulary_editor(account: object, *, on: date) -> None:
    """Answers the vocabulary's question who may change it."""
    check_right(account, rights.KEEP_VOCABULARY, on=on)


def check_keep_people(account: object, *, on: date) -> None:
    check_right(account, rights.KEEP_PEOPLE, on=on)


def check_change_person(account: object, person: Person, *, on: date) -> None:
    """Everybody keeps their own particulars; those of others, who keeps the register."""
    check_signed_in(account)
    assert isinstance(account, Account)
    if account.person_id != person.pk:
        check_keep_people(account, on=on)


def check_keep_roles(account: object, person: Person, *, on: date) -> None:
    """Head and administrators give roles and keep accounts, but never their own."""
    check_right(account, rights.KEEP_ROLES, on=on)
    assert isinstance(account, Account)
    check_not_oneself(account.actor, person)


def check_erase(by: Actor, person: Person, *, on: date) -> None:
    """Nobody erases themselves, the last keeper, or somebody whose texts would have no owner."""
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    if by.account_id is not None:
        check_keep_roles(account, person, on=on)
    if person.erased_at is not None:
        raise NotNow(_("This person was erased already."))
    if keepers(on=on).filter(person=person).exists():
        check_somebody_left(person, on=on)
    for keeping in questions.keeping:
        for sentence in keeping(person):
            raise NotNow(sentence)


def check_erasing(account: object, person: Person, *, on: date) -> None:
    """Whether this account may erase the person, for buttons and pages."""
    check_signed_in(account)
    assert isinstance(account, Account)
    check_erase(account.actor, person, on=on)


def check_export(account: object, person: Person, *, on: date) -> None:
    """Everybody may have what is held of them; of others, who keeps roles and accounts, to hand it to them."""
    check_signed_in(account)
    assert isinstance(account, Account)
    if account.person_id != person.pk:
        check_right(account, rights.KEEP_ROLES, on=on)


def check_not_oneself(by: Actor, person: Person) -> None:
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    if account is not None and account.person_id == person.pk:
        raise NotYours(_("Nobody gives or takes roles and accounts of their own. Please ask a colleague."))


def check_grant(person: Person, role: str, valid_from: date | None, valid_until: date | None) -> None:
    """A role ends after it begins, and is not held twice at a time."""
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day lies before the first."))
    if roles_overlapping(person, role, valid_from, valid_until).exists():
        raise NotNow(gettext("%s already holds this role in that time.") % person.name)


def check_end(role: CentreRole, last_day: date) -> None:
    """A role ends on or after its first day, is never lengthened by ending it, and leaves somebody to give roles."""
    if role.valid_from and last_day < role.valid_from:
        raise Refusal(_("The last day lies before the first."))
    if role.valid_until and last_day > role.valid_until:
        raise Refusal(_("The role ends before that day; please give it anew instead."))
    if role.role in (Role.LEAD, Role.ADMINISTRATOR):
        check_somebody_left(role.person, on=last_day + timedelta(days=1))


def check_somebody_left(person: Person, *, on: date) -> None:
    """Somebody must be left who can give roles."""
    if not keepers(on=on).exclude(person=person).exists():
        raise NotNow(_("Nobody would be left who can give roles. Please give somebody else such a role first."))


def check_mail_free(mail: str, person: Person | None) -> None:
    """One address, one person."""
    others = Person.objects.filter(mail__iexact=mail)
    if mail and others.exclude(pk=person.pk if person else None).exists():
        raise Refusal(_("Another person has this e-mail address."))


def check_sign_in_address_free(mail: str, account: Account | None) -> None:
    if not mail:
        raise Refusal(_("An account needs an e-mail address."))
    if Account.objects.filter(mail__iexact=mail).exclude(pk=account.pk if account else None).exists():
        raise Refusal(_("Another account has this e-mail address."))
