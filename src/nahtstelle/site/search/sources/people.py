"""Persons: for whom the room ``people`` shows them to, and nobody else.

Its rule (``visible_people``) in keys: the staff, the person, and whoever is engaged in one of the same programmes today.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from nahtstelle.register.organisations.models import Membership
from nahtstelle.register.people.models import CentreRole, Person
from nahtstelle.register.people.presenters.directory import person_url
from nahtstelle.register.programmes.models import Engagement

from ..offers import Offer
from ..readers import STAFF, person_key, programme_key
from .days import turned_lately

NAME = "people"


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    today = timezone.localdate()
    found = (
        Person.objects.filter(erased_at__isnull=True)
        .order_by("pk")
        .prefetch_related(
            Prefetch("memberships", Membership.objects.on(today).select_related("organisation"), to_attr="members_now"),
            Prefetch("engagements", Engagement.objects.on(today).select_related("programme"), to_attr="engaged_now"),
            Prefetch("centre_roles", CentreRole.objects.on(today), to_attr="roles_now"),
        )
    )
    if only is not None:
        found = found.filter(pk__in=list(only))
    for person in found.iterator(chunk_size=500):
        yield _offer(person)


def bounded(*, on: date) -> list[int]:
    """Whose roles began or ended by themselves of late: a new day changed who sees them. Few, however many people there are."""
    dated = (Engagement, CentreRole, Membership)
    turned = turned_lately(on)
    return sorted({pk for kind in dated for pk in kind.objects.filter(turned).values_list("person", flat=True)})


def _offer(person: Person) -> Offer:
    engaged: list[Engagement] = person.engaged_now  # type: ignore[attr-defined] # prefetched above
    members: list[Membership] = person.members_now  # type: ignore[attr-defined] # as above
    roles: list[CentreRole] = person.roles_now  # type: ignore[attr-defined] # as above
    doing = [str(one.get_role_display()) for one in (*roles, *engaged)]
    programmes = {one.programme_id: one.programme for one in engaged}
    places = [*(one.organisation.name for one in members), *(one.short_name for one in programmes.values())]
    return Offer(
        source=NAME,
        key=str(person.pk),
        title=person.name,
        address=person_url(person),
        keys=frozenset((STAFF, person_key(person.pk), *map(programme_key, programmes))),
        lead=" · ".join(dict.fromkeys(places)),
        keywords=" ".join(doing),
        facets=(
            ("source", NAME),
            ("language", "de"),
            *(("programme", one.key) for one in programmes.values()),
        ),
        quality=0.9,
    )
