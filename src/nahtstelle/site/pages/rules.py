"""Who may put texts into the places of the site, and which texts."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.people.rules import check_role
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.texts import PAGE_KIND

from .models import Placement
from .places import Place

KEEPERS = (CentreRole.Role.EDITOR, CentreRole.Role.LEAD)


def check_may_keep_pages(account: object, *, on: date) -> None:
    check_role(
        account, KEEPERS, on=on, sentence=_("Only editors and the head of the centre keep the pages of the site.")
    )


def check_is_free(place: Place) -> None:
    if Placement.objects.filter(place=place.key).exists():
        raise NotNow(_("A text stands in this place already; change that one, or take it out first."))


def check_may_stand(output: Output) -> None:
    """What may stand in a place: an original of the kind "editorial page" that stands nowhere else."""
    if output.kind.key != PAGE_KIND:
        raise Refusal(_("Only a text of the kind “editorial page” is put into a place of the site."))
    if output.base_id is not None:
        raise Refusal(_("This is a language variant; put its original into the place, and the variant comes with it."))
    if output.state in (Output.State.WITHDRAWN, Output.State.SUPERSEDED):
        raise NotNow(_("This text was withdrawn or superseded."))
    if Placement.objects.filter(output=output).exists():
        raise NotNow(_("This text stands in another place already."))
