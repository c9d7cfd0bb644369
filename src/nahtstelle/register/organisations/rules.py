"""What may be done with organisations, each rule once and as a sentence."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.rules import check_keep_people, check_signed_in
from nahtstelle.register.vocabulary.models import Concept

from .models import Membership, Organisation
from .queries import overlapping


def check_see(account: object) -> None:
    """Organisations are for those who work with us; their people only for those who may see them."""
    check_signed_in(account)


def check_keep(account: object, *, on: date) -> None:
    """Who keeps persons keeps organisations and memberships."""
    check_keep_people(account, on=on)


def check_particulars(
    name: str, kind: Concept, region: Concept | None, valid_from: date | None, valid_until: date | None
) -> None:
    if not name.strip():
        raise Refusal(_("An organisation needs a name."))
    if kind.facet.key != "stakeholder":
        raise Refusal(_("The kind of an organisation comes from the facet of stakeholders."))
    if region is not None and region.facet.key != "region":
        raise Refusal(_("The region of an organisation comes from the facet of regions."))
    check_span(valid_from, valid_until)


def check_span(valid_from: date | None, valid_until: date | None) -> None:
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day lies before the first."))


def check_join(person: Person, organisation: Organisation, valid_from: date | None, valid_until: date | None) -> None:
    """One person belongs to an organisation once at a time."""
    check_span(valid_from, valid_until)
    if overlapping(person, organisation, valid_from, valid_until).exists():
        raise NotNow(gettext("%(person)s already belongs to %(organisation)s in that time.") % {
            "person": person.name, "organisation": organisation.name})  # fmt: skip


def check_leave(membership: Membership, last_day: date) -> None:
    check_span(membership.valid_from, last_day)
