"""Asking about persons and their roles at the centre."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from nahtstelle.register.vocabulary.folding import matching

from . import questions
from .models import Account, CentreRole, Person


def centre_roles(person: Person | None, *, on: date) -> frozenset[str]:
    """The centre roles a person holds on a day."""
    if person is None:
        return frozenset()
    return frozenset(CentreRole.objects.on(on).filter(person=person).values_list("role", flat=True))


def staff(*, on: date, role: str | None = None) -> QuerySet[Person]:
    """Persons with a role at the centre on a day."""
    roles = CentreRole.objects.on(on)
    if role is not None:
        roles = roles.filter(role=role)
    return Person.objects.filter(pk__in=roles.values("person"))


def person_of(account: object) -> Person | None:
    """The person behind a request's user; None for an anonymous reader."""
    return account.person if isinstance(account, Account) else None


def account_for(mail: str, *, only_open: bool = False) -> Account | None:
    """The account one signs in to with this address, whatever its case; perhaps only if it is open."""
    accounts = Account.objects.select_related("person").filter(mail__iexact=mail)
    return (accounts.filter(is_active=True) if only_open else accounts).first() if mail else None


def person_for(mail: str) -> Person | None:
    """Who is known by this address, for signing in or for letters. That it is really them who write is not said."""
    account = account_for(mail)
    if account is not None:
        return account.person
    return Person.objects.filter(mail__iexact=mail).first() if mail else None


def visible_people(account: Any, *, on: date) -> QuerySet[Person]:
    """The persons this account may see: staff see all, others themselves and those of their own circles.

    One query, whoever asks; nobody for an anonymous reader or a closed account.
    """
    if not isinstance(account, Account) or not account.is_active:
        return Person.objects.none()
    if centre_roles(account.person, on=on):
        return Person.objects.filter(erased_at__isnull=True)
    allowed = Q(pk=account.person_id)
    for circle in questions.circles:
        allowed |= Q(pk__in=circle(account.person, on=on))
    return Person.objects.filter(allowed, erased_at__isnull=True)


def called(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Those whose name or address contains every word."""
    if not words.strip():
        return people
    rows = people.order_by().values_list("pk", "name", "mail")
    return people.filter(pk__in=matching(((pk, f"{name} {mail}") for pk, name, mail in rows), words))


def with_roles(people: QuerySet[Person], *, on: date) -> QuerySet[Person]:
    """Persons with ``roles_now`` and their account, in a fixed number of queries."""
    now = Prefetch("centre_roles", queryset=CentreRole.objects.on(on).order_by("role"), to_attr="roles_now")
    return people.select_related("account").prefetch_related(now)


def roles_overlapping(
    person: Person, role: str, valid_from: date | None, valid_until: date | None
) -> QuerySet[CentreRole]:
    """The same role held at any time between two days; an empty day is open."""
    roles = CentreRole.objects.filter(person=person, role=role)
    if valid_until:
        roles = roles.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=valid_until))
    if valid_from:
        roles = roles.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from))
    return roles


def keepers(*, on: date) -> QuerySet[Account]:
    """Open accounts of those who give roles on a day: the head of the centre and administrators."""
    roles = CentreRole.objects.on(on).filter(role__in=[CentreRole.Role.LEAD, CentreRole.Role.ADMINISTRATOR])
    return Account.objects.filter(is_active=True, person__in=roles.values("person"))
