"""Which concepts a work may be given."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.vocabulary.models import Concept

from ..models import Work
from ..queries.classifying import FACETS


def check_can_be_tagged(work: Work) -> None:
    """What was merged is described where it was merged into."""
    if work.merged_into_id is not None:
        raise NotNow(_("This work was merged into another one; its concepts are decided there."))


def check_concept(concept: Concept, *, on: date) -> None:
    """One of the facets for works, and valid."""
    if concept.facet.key not in FACETS:
        raise Refusal(_("Works are described by themes, target groups, statuses, qualifications and regions."))
    if not Concept.objects.on(on).filter(pk=concept.pk).exists():
        raise Refusal(_("This concept is no longer valid. Please choose another one."))
