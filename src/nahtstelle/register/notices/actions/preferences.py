"""What people want to be told, and how."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept

from ..facts import PreferenceChanged, Unsubscribed
from ..models import Preference
from ..unsubscribing import Subscription

FIELDS = ("rhythm", "quiet_from", "quiet_until", "digest_hour", "law_letters")


def set_preference(
    *,
    person: Person,
    rhythm: str,
    quiet_from: time | None,
    quiet_until: time | None,
    digest_hour: int,
    law_letters: bool,
    themes: Iterable[Concept],
    by: Actor,
    at: datetime,
) -> Preference:
    """Keep how a person wants to be told."""
    with transaction.atomic():
        preference = locked_preference(person)
        before = _shown(preference)
        preference.rhythm = rhythm
        preference.quiet_from, preference.quiet_until = quiet_from, quiet_until
        preference.digest_hour = digest_hour
        preference.law_letters = law_letters
        preference.save(update_fields=list(FIELDS))
        preference.themes.set(themes)
        changes = changes_between(before, _shown(preference))
        if changes:
            record(PreferenceChanged(person=person.pk), by=by, at=at, touched=[Touched(preference, changes)])
    return preference


def unsubscribe(*, person: Person, what: Subscription, by: Actor, at: datetime) -> bool:
    """No more of ``what`` for this person; False where it was so already."""
    with transaction.atomic():
        preference = locked_preference(person)
        before = _shown(preference)
        match what:
            case Subscription.DIGEST:
                preference.rhythm = Preference.Rhythm.NEVER
            case Subscription.LAW_LETTERS:
                preference.law_letters = False
        changes = changes_between(before, _shown(preference))
        if changes:
            preference.save(update_fields=["rhythm", "law_letters"])
            fact = Unsubscribed(person=person.pk, what=what.value)
            record(fact, by=by, at=at, touched=[Touched(preference, changes)])
    return bool(changes)


def locked_preference(person: Person) -> Preference:
    """The person's row, made with the defaults where there was none, held until the transaction ends."""
    Preference.objects.get_or_create(person=person)
    return Preference.objects.select_for_update().get(person=person)


def _shown(preference: Preference) -> dict[str, object]:
    shown: dict[str, object] = {name: getattr(preference, name) for name in FIELDS}
    shown["themes"] = sorted(preference.themes.values_list("key", flat=True))
    return shown
