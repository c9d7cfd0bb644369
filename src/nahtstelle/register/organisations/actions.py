"""Changing organisations and who belongs to them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept

from .facts import MembershipAdded, MembershipEnded, OrganisationAdded, OrganisationChanged
from .models import Membership, Organisation
from .rules import check_join, check_leave, check_particulars

PARTICULARS = ("name", "kind", "region", "website", "valid_from", "valid_until")
RESERVED = {"neu"}  # addresses of ours


@transaction.atomic
def add_organisation(
    *,
    name: str,
    kind: Concept,
    by: Actor,
    at: datetime,
    region: Concept | None = None,
    website: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Organisation:
    """Add a body; the address of its page is made from the name. Raises ``Refusal`` for a kind or region of none."""
    check_particulars(name, kind, region, valid_from, valid_until)
    organisation = Organisation.objects.create(
        slug=_free_slug(name),
        name=name.strip(),
        kind=kind,
        region=region,
        website=website,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    touched = Touched(organisation, changes_between({}, _said(organisation)))
    record(OrganisationAdded(organisation.pk), by=by, at=at, touched=[touched])
    return organisation


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _said(organisation: Organisation) -> dict[str, Any]:
    return {name: getattr(organisation, name) for name in PARTICULARS}


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Actor, at: datetime, **changes: Any) -> Organisation:
    """Change name, kind, region, website or the days between which the body exists. Its address stays."""
    if unknown := set(changes) - set(PARTICULARS):
        raise TypeError(f"These cannot be changed: {', '.join(sorted(unknown))}.")
    before = _said(organisation)
    for name, value in changes.items():
        setattr(organisation, name, value)
    after = _said(organisation)
    check_particulars(after["name"], after["kind"], after["region"], after["valid_from"], after["valid_until"])
    difference = changes_between(before, after)
    if difference:
        organisation.save(update_fields=list(changes))
        record(OrganisationChanged(organisation.pk), by=by, at=at, touched=[Touched(organisation, difference)])
    return organisation


@transaction.atomic
def add_membership(
    *,
    person: Person,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    function: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Membership:
    """A person works for an organisation from a day. Raises ``NotNow`` where they do so in that time already."""
    Person.objects.select_for_update().get(pk=person.pk)
    check_join(person, organisation, valid_from, valid_until)
    membership = Membership.objects.create(
        person=person, organisation=organisation, function=function, valid_from=valid_from, valid_until=valid_until
    )
    said = {"organisation": organisation.name, "function": function, "from": valid_from, "until": valid_until}
    record(
        MembershipAdded(membership.pk, person.pk, organisation.pk),
        by=by,
        at=at,
        touched=[membership, Touched(person, changes_between({}, said)), organisation],
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, last_day: date, by: Actor, at: datetime) -> Membership:
    """Set the last day of a membership."""
    check_leave(membership, last_day)
    before, membership.valid_until = membership.valid_until, last_day
    if before != last_day:
        membership.save(update_fields=["valid_until"])
        change = {"valid_until": (before, last_day)}
        record(
            MembershipEnded(membership.pk, membership.person_id, membership.organisation_id),
            by=by,
            at=at,
            touched=[Touched(membership, change), Touched(membership.person, change), membership.organisation],
        )
    return membership
