"""What is held of a person, declared once: the export shows it, erasing removes it, a printed reference lists it.

Each room above declares its own (see ``questions.holdings``). A ``Holding`` is rows about one person; ``Mentions`` are columns
of words in which anybody may be named, and in which a name is replaced when its bearer is erased.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from nahtstelle.plumbing.ledger.actors import Actor

from .models import Account, Person


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who is being erased, as they were called until now, and what stands in their place."""

    person: Person
    account: Account | None
    name: str
    addresses: tuple[str, ...]
    stand_in: str
    keep_credit: bool
    by: Actor
    at: datetime

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.name, *self.addresses)


Rows = Callable[[Person], QuerySet[Any]]
Erase = Callable[[QuerySet[Any], Erasure], Any]


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows about a person. ``shows`` are the fields an export hands out; ``stays`` says why something is kept, "" where
    nothing is.
    """

    title: Any
    model: type[Model]
    rows: Rows
    shows: tuple[str, ...]
    erase: Erase
    stays: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Columns of words in which a person may be named by others."""

    model: type[Model]
    fields: tuple[str, ...]


def deleted(rows: QuerySet[Any], erasure: Erasure) -> None:
    """The rows go."""
    rows.delete()


def kept(rows: QuerySet[Any], erasure: Erasure) -> None:
    """The rows stay: they lead to a person who has no name any more."""


def emptied(**values: Any) -> Erase:
    """The rows stay, these fields of theirs are emptied."""

    def empty(rows: QuerySet[Any], erasure: Erasure) -> None:
        rows.update(**values)

    return empty


def by_account(model: type[Model], *fields: str) -> Rows:
    """Rows that lead to the account of a person by any of ``fields``."""
    return _by(model, [f"{field}__person" for field in fields])


def by_person(model: type[Model], *fields: str) -> Rows:
    """Rows that lead to a person by any of ``fields``."""
    return _by(model, list(fields))


def by_address(model: type[Model], field: str) -> Rows:
    """Rows that name one of a person's e-mail addresses, whatever its case."""

    def rows(person: Person) -> QuerySet[Any]:
        return model._default_manager.filter(addressed_to(person, field))

    return rows


def addressed_to(person: Person, field: str) -> Q:
    """That ``field`` is one of a person's addresses."""
    return either((f"{field}__iexact", one) for one in addresses_of(person))


def addresses_of(person: Person) -> list[str]:
    """The e-mail addresses of a person, for letters and for signing in."""
    accounts = Account.objects.filter(person=person).values_list("mail", flat=True)
    return sorted({one for one in (person.mail, *accounts) if one})


def either(conditions: Iterable[tuple[str, Any]]) -> Q:
    """That one of the conditions holds; nothing where there are none."""
    known = list(conditions)
    return Q(*known, _connector=Q.OR) if known else Q(pk__in=[])


def _by(model: type[Model], fields: list[str]) -> Rows:
    def rows(person: Person) -> QuerySet[Any]:
        return model._default_manager.filter(either((field, person) for field in fields))

    return rows
