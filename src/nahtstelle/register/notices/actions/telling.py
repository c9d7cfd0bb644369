"""Telling people, one or very many, and their reading it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, QuerySet, Value

from nahtstelle.plumbing.kit.insert import insert_from
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..facts import PeopleTold, PersonTold
from ..kinds import is_declared
from ..models import Notice

# The columns, in this order, of what ``tell_in_bulk`` takes. ``person`` is an id; ``words`` a JSON object; ``urgent``
# a boolean.
BULK_COLUMNS = ("person", "kind", "words", "link", "cause", "urgent")


def tell(
    *,
    person: Person,
    kind: str,
    words: dict[str, Any],
    link: str,
    cause: str,
    urgent: bool = False,
    by: Actor,
    at: datetime,
) -> Notice:
    """Tell one person; the same kind and cause again give the notice there is.

    ``words`` fill the kind's sentence (see ``kinds``). ``link`` is an address in the house, beginning with "/". Raises
    ``LookupError`` where no such kind is declared.
    """
    if not is_declared(kind):
        raise LookupError(f"No kind of notice is called {kind}; declare it in the room's kinds.")
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            person=person,
            kind=kind,
            cause=cause,
            defaults={"words": words, "link": link, "urgent": urgent, "created_at": at},
        )
        if made:
            record(PersonTold(notice=notice.pk, kind=kind, cause=cause), by=by, at=at, touched=[person])
    return notice


def tell_in_bulk(rows: QuerySet[Any, Any], *, by: Actor, at: datetime) -> int:
    """Write a notice for each row of ``rows``, a ``values_list`` of ``BULK_COLUMNS``; the number written.

    One statement and one fact, however many. Who was told of the same kind and cause already is passed over; nothing is
    recorded where nothing was new.
    """
    with transaction.atomic():
        filled = rows.annotate(bulk_created_at=Value(at, output_field=DateTimeField()))
        count = insert_from(Notice, filled, [*BULK_COLUMNS, "created_at"])
        if count:
            record(PeopleTold(count=count), by=by, at=at)
    return count


def mark_read(*, notice: Notice, at: datetime) -> None:
    """The reader has seen it; the first reading counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(*, person: Person, at: datetime) -> int:
    """Everything in a person's inbox is read; the number that was not."""
    return Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=at)
