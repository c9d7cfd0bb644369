"""What can happen to organisations and to who belongs to them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("organisations.OrganisationAdded", says=_("Organisation added"))
@dataclass(frozen=True, slots=True)
class OrganisationAdded:
    organisation_id: int


@fact("organisations.OrganisationChanged", says=_("Particulars of an organisation changed"))
@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    organisation_id: int


@fact("organisations.MembershipAdded", says=_("Person joined an organisation"))
@dataclass(frozen=True, slots=True)
class MembershipAdded:
    membership_id: int
    person_id: int
    organisation_id: int


@fact("organisations.MembershipEnded", says=_("Last day of a membership set"))
@dataclass(frozen=True, slots=True)
class MembershipEnded:
    membership_id: int
    person_id: int
    organisation_id: int
