"""Handing out what is held of a person."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record

from ..exporting import everything_about
from ..facts import PersonExported
from ..models import Account, Person
from ..rules import check_export


@transaction.atomic
def export_person(*, person: Person, account: Account, at: datetime) -> dict[str, Any]:
    """Everything about a person, for themselves or for who hands it to them; the latter is recorded.

    Raises ``NotYours`` for anybody else.
    """
    check_export(account, person, on=timezone.localdate(at))
    if account.person_id != person.pk:
        record(PersonExported(person.pk), by=account.actor, at=at, touched=[person])
    return everything_about(person, at=at)
