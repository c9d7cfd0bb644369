"""The private address of a person's calendar of duties: signed, known to them alone, ended by them at any time.

A calendar program signs in nowhere, so the address itself is the key. The database holds half of it (``secret``), the
signature the other half: neither a copy of the database nor a guess opens a calendar.
"""

import secrets
from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account, Person

from .facts import CalendarAddressMade, CalendarAddressTakenBack
from .models import CalendarKey

_signer = Signer(salt="nahtstelle.feeds.calendar")


def make_address(account: Account, *, by: Actor, at: datetime) -> CalendarKey:
    """A new address for one's own calendar; the one before, if there was one, is dead."""
    with transaction.atomic():
        values = {"secret": secrets.token_urlsafe(24), "made_at": at}
        key, _made = CalendarKey.objects.update_or_create(person=account.person, defaults=values)
        record(CalendarAddressMade(person_id=account.person_id), by=by, at=at, touched=[account.person])
    return key


def take_address_back(account: Account, *, by: Actor, at: datetime) -> None:
    """The address leads nowhere any more."""
    with transaction.atomic():
        if CalendarKey.objects.filter(person=account.person).delete()[0]:
            record(CalendarAddressTakenBack(person_id=account.person_id), by=by, at=at, touched=[account.person])


def address_of(key: CalendarKey) -> str:
    return settings.BASE_URL + reverse("feeds:duty-calendar", args=[_signer.sign(key.secret)])


def owner_of(token: str) -> Person | None:
    """Whose calendar an address opens; None where it is forged, was taken back, or its owner has no account any more."""
    try:
        secret = _signer.unsign(token)
    except BadSignature:
        return None
    key = CalendarKey.objects.filter(secret=secret, person__account__is_active=True).select_related("person").first()
    return key.person if key else None
