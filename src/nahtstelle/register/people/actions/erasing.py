"""Erasing a person: everything about them goes, what they did for the centre stays without their name.

See docs/decisions/0011-erasing-a-person.md.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from .. import questions
from ..facts import PersonErased
from ..models import Account, Person
from ..naming import replace
from ..own_holdings import slug_of_erased
from ..personal import Erasure, addresses_of
from ..rules import check_erase


@transaction.atomic
def erase_person(*, person: Person, keep_credit: bool = False, by: Actor, at: datetime) -> Person:
    """Erase a person for good; ``keep_credit`` leaves them named as author of what was published, which they must want.

    Raises ``NotYours`` for oneself, ``NotNow`` where they were erased already, texts would lose their owner, or nobody
    would be left who gives roles.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    check_erase(by, person, on=timezone.localdate(at))
    account = Account.objects.filter(person=person).first()
    erasure = Erasure(
        person=person,
        account=account,
        name=person.name,
        addresses=tuple(addresses_of(person)),
        stand_in=f"N. N. ({person.pk})",
        keep_credit=keep_credit,
        by=by,
        at=at,
    )
    for holding in questions.all_holdings():
        holding.erase(holding.rows(person), erasure)
    for mentions in questions.all_mentions():
        replace(mentions, erasure.spellings, erasure.stand_in)
        replace(mentions, [person.slug], slug_of_erased(person))
    person.refresh_from_db()
    record(PersonErased(person.pk, keep_credit), by=by, at=at, touched=[person])
    return person
