"""Which keys a reader holds: what opens the locks of the index."""

from datetime import date

from django.db.models import QuerySet

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.programmes.models import Engagement

from .models import LockKey

PUBLIC, ACCOUNT, STAFF, NETWORK = "public", "account", "staff", "network"
AUDIENCES = frozenset((PUBLIC, ACCOUNT, NETWORK))  # of many who do not know each other


def person_key(person_id: int) -> str:
    return f"person:{person_id}"


def programme_key(programme_id: int) -> str:
    """Held by whoever is engaged in the programme today: colleagues see each other."""
    return f"programme:{programme_id}"


def keys_of(account: object, *, on: date) -> frozenset[str]:
    """The keys of whoever asks, on a day; an anonymous reader and a closed account hold the public one."""
    if not isinstance(account, Account) or not account.is_active:
        return frozenset((PUBLIC,))
    return keys_of_person(account.person, on=on)


def keys_of_person(person: Person, *, on: date) -> frozenset[str]:
    """The keys of a person with an open account."""
    keys = {PUBLIC, ACCOUNT, person_key(person.pk)}
    if centre_roles(person, on=on):
        keys.add(STAFF)
    engaged = Engagement.objects.on(on).filter(person=person).values_list("programme", flat=True)
    programmes = {programme_key(number) for number in engaged}
    if programmes:
        keys |= {NETWORK, *programmes}
    return frozenset(keys)


def locks_open_to(keys: frozenset[str]) -> QuerySet[LockKey, int]:
    """The ids of the locks that one of the keys opens."""
    return LockKey.objects.filter(key__in=sorted(keys)).order_by().values_list("lock", flat=True)
