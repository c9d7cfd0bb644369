"""When the DOIs of an import can be looked up."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow

from ..models import Import
from ..queries.harvesting import completable


def check_can_be_completed(batch: Import) -> None:
    if batch.state != Import.State.PREVIEW:
        raise NotNow(_("DOIs are looked up while an import waits to be looked at."))
    if not completable(batch).exists():
        raise NotNow(_("No record of this import consists of nothing but a DOI."))
