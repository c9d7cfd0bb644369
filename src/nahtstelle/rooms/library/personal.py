"""What the library holds of a person: one function per subject."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.personal import Holding, Mentions, by_account, by_person, deleted, kept

from .models import Card, CardEdition, CardLeft, CardSave, CardStep, OpenQuestion

CONTENT = "the card is the centre's; it leads to a person without a name"
STEP = "that a second person agreed, and the reason, without the name"


def holdings() -> list[Holding]:
    return [*_cards()]


def mentions() -> list[Mentions]:
    return [*_mentioned_in_cards()]


def objections_to_erasing(person: Person) -> Iterator[Any]:
    """An open question needs somebody who sees to it."""
    owned = OpenQuestion.objects.filter(owner=person, state=OpenQuestion.State.OPEN).count()
    if owned:
        yield ngettext_lazy(
            "This person sees to one open question; give it to somebody else first.",
            "This person sees to %(count)d open questions; give them to somebody else first.",
            owned,
        ) % {"count": owned}


def _cards() -> list[Holding]:
    return [
        Holding(
            _("Assessment cards you wrote or reviewed"), Card, by_person(Card, "reviewer", "second"),
            ("work__title", "state", "created_at"), kept, CONTENT,
        ),
        Holding(
            _("What you saved in assessment cards"), CardSave, by_account(CardSave, "by"),
            ("card__work__title", "revision", "at"), kept, CONTENT,
        ),
        Holding(
            _("Words of yours that wait beside a card"), CardLeft, by_account(CardLeft, "by"),
            ("card__work__title", "says", "at"), deleted,
        ),
        Holding(
            _("Steps you took with assessment cards"), CardStep, by_account(CardStep, "by"),
            ("card__work__title", "kind", "at", "words"), kept, STEP,
        ),
        Holding(
            _("Assessment cards you published"), CardEdition, by_account(CardEdition, "published_by"),
            ("card__work__title", "number", "published_at"), kept, STEP,
        ),
        Holding(
            _("Open questions you took up"), OpenQuestion, by_account(OpenQuestion, "asked_by"),
            ("words", "state", "asked_at"), kept, "the question is the centre's; it leads to an account without a name",
        ),
        Holding(
            _("Open questions you see to"), OpenQuestion, by_person(OpenQuestion, "owner"), ("words", "state", "due"), kept,
            "closed questions stay with their answer; they lead to a person without a name",
        ),
    ]  # fmt: skip


def _mentioned_in_cards() -> list[Mentions]:
    return [
        Mentions(CardEdition, ("reviewed_by", "seconded_by", "note")),
        Mentions(CardStep, ("words",)),
        Mentions(OpenQuestion, ("words", "why", "answer")),
    ]
