"""What can happen to concepts of works."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.ProposingWentOn", says=_("The proposing of concepts went on"))
@dataclass(frozen=True, slots=True)
class ProposingWentOn:
    """It is to be taken up again after the record ``after`` of an import."""

    batch_id: int
    after: int


@fact("library.ConceptDecided", says=_("A concept of a work was accepted or refused"))
@dataclass(frozen=True, slots=True)
class ConceptDecided:
    work_id: int
    concept_id: int
    accepted: bool


@fact("library.LearningFellDue", says=_("So many concepts were decided that the machine learns from them"))
@dataclass(frozen=True, slots=True)
class LearningFellDue:
    decisions: int
