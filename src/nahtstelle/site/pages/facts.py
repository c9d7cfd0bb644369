"""What can happen to the editorial pages."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("pages.PagePlaced", says=_("Text put into the place %(place)s"))
@dataclass(frozen=True, slots=True)
class PagePlaced:
    place: str
    output_id: int


@fact("pages.PageTakenOut", says=_("Text taken out of the place %(place)s"))
@dataclass(frozen=True, slots=True)
class PageTakenOut:
    place: str
    output_id: int
