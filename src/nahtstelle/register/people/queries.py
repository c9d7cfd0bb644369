"""Asking about persons and their roles at the centre."""

from datetime import date

from django.db.models import QuerySet

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
