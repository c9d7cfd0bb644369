"""What can happen to assessment cards."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.CardPublished", says=_("An assessment card was published"))
@dataclass(frozen=True, slots=True)
class CardPublished:
    """``changed``: readers had an edition before whose finding or strength was another."""

    card_id: int
    edition_id: int
    work_id: int
    changed: bool


@fact("library.CardWithdrawn", says=_("An assessment card was withdrawn"))
@dataclass(frozen=True, slots=True)
class CardWithdrawn:
    card_id: int
    work_id: int


@fact("library.CardStarted", says=_("An assessment card was begun"))
@dataclass(frozen=True, slots=True)
class CardStarted:
    card_id: int
    work_id: int


@fact("library.CardSaved", says=_("An assessment card was changed"))
@dataclass(frozen=True, slots=True)
class CardSaved:
    card_id: int
    revision: int


@fact("library.CardStepTaken", says=_("A step of an assessment card"))
@dataclass(frozen=True, slots=True)
class CardStepTaken:
    """``step`` is a ``CardStep.Kind``; publishing and withdrawing have facts of their own."""

    card_id: int
    step: str
    revision: int


@fact("library.QuestionTakenUp", says=_("A gap of the evidence map was taken up"))
@dataclass(frozen=True, slots=True)
class QuestionTakenUp:
    question_id: int


@fact("library.QuestionChanged", says=_("An open question was changed"))
@dataclass(frozen=True, slots=True)
class QuestionChanged:
    question_id: int


@fact("library.QuestionClosed", says=_("An open question was closed"))
@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """``state`` is answered or dropped."""

    question_id: int
    state: str
