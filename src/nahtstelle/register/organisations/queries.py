"""Asking about organisations and who belongs to them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import visible_people
from nahtstelle.register.vocabulary.folding import matching
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.queries import with_narrower

from .models import Membership, Organisation


def organisations(*, kind: Concept | None = None, region: Concept | None = None) -> QuerySet[Organisation]:
    """Organisations by name; of a kind or region and of everything narrower."""
    found = Organisation.objects.select_related("kind", "region").order_by("name", "pk")
    if kind is not None:
        found = found.filter(kind__in=with_narrower([kind]))
    if region is not None:
        found = found.filter(region__in=with_narrower([region]))
    return found


def called(found: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Those whose name contains every word, however written."""
    if not words.strip():
        return found
    return found.filter(pk__in=matching(found.order_by().values_list("pk", "name"), words))


def members_seen_by(account: Any, organisation: Organisation, *, on: date) -> QuerySet[Membership]:
    """The memberships of an organisation, past ones too, of persons whom this account may see."""
    members = Membership.objects.filter(organisation=organisation, person__in=visible_people(account, on=on))
    return members.select_related("person").order_by("person__name", "valid_from")


def memberships_of(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person).select_related("organisation").order_by("-valid_from", "pk")


def overlapping(
    person: Person, organisation: Organisation, valid_from: date | None, valid_until: date | None
) -> QuerySet[Membership]:
    """Memberships of the person there at any time between two days; an empty day is open."""
    found = Membership.objects.filter(person=person, organisation=organisation)
    if valid_until:
        found = found.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=valid_until))
    if valid_from:
        found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from))
    return found
