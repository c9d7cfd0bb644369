"""What can be done with a work, and when."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow

from ..models import Work


def check_can_be_edited(work: Work) -> None:
    """A signpost is left as it was."""
    if work.merged_into_id is not None:
        raise NotNow(_("This work was merged into another one; please correct that one."))
