"""Following a law or one provision by mail: a saved search that finds it, its acts and nothing else of the centre.

A provision without a number, as an annex, cannot be typed as a citation: its words would find much else. Its law's page
offers the whole law.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.rooms.law.models import Law, Provision
from nahtstelle.rooms.law.questions import Offer

from .asking import Asked
from .sources.provisions import section_of

SOURCES = ("provisions", "acts")


def ways_to_follow(law: Law, provision: Provision | None) -> Iterator[Offer]:
    """The page that asks for an address, with the search ready; whoever has an account is asked for none."""
    if provision and not section_of(provision.designation):
        return
    typed = f"{provision.designation} {law.citation}" if provision else ""
    of_law = {} if provision else {"gesetz": (law.citation,)}
    asked = Asked(typed=typed, chosen={"art": SOURCES, **of_law})
    yield Offer(_("Changes by mail"), f"{reverse('search:save')}?{asked.address()}")
