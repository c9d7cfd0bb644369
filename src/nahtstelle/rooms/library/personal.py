"""What the library holds of a person: what they brought in, corrected and noted. Authors of publications are none of it:
their names are part of what was published."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.personal import Holding, Mentions, by_account, by_person, deleted, kept

from .models import (
    Card,
    CardEdition,
    CardLeft,
    CardSave,
    CardStep,
    Criterion,
    Decision,
    FullText,
    Hold,
    Import,
    Item,
    Look,
    Member,
    Merge,
    Notice,
    OpenQuestion,
    Pair,
    Review,
    SavedSearch,
    SearchVisit,
    Tag,
    Work,
)

CONTENT = "the card is the centre's; it leads to a person without a name"
STEP = "that a second person agreed, and the reason, without the name"
LOG = "the log of a review is never changed, or nobody could make its result again; it leads to a person without a name"
DECIDED = "that it was decided, without the name"
WORK = "what was done for the centre, without the name"


def holdings() -> list[Holding]:
    return [*_of_imports(), *_of_works(), *_of_searches(), *_cards(), *_reviews(), *_of_decisions()]


def mentions() -> list[Mentions]:
    return [
        Mentions(Import, ("file_name", "search_words")),
        Mentions(Notice, ("words", "lifted_why")),
        Mentions(FullText, ("name", "source")),
        *_mentioned_in_cards(),
        *_mentioned_in_reviews(),
    ]


def _of_imports() -> list[Holding]:
    return [
        Holding(
            _("Files of literature you gave"), Import, by_account(Import, "given_by"),
            ("source", "file_name", "given_at"), kept, WORK,
        ),
    ]  # fmt: skip


def _of_works() -> list[Holding]:
    return [
        Holding(_("Works that came by you"), Work, by_account(Work, "created_by"), ("title", "created_at"), kept, WORK),
        Holding(_("Notices you noted"), Notice, by_account(Notice, "noted_by"), ("kind", "words", "noted_at"), kept, WORK),
        Holding(_("Full texts you attached"), FullText, by_account(FullText, "added_by"), ("name", "added_at"), kept, WORK),
    ]  # fmt: skip


def _of_searches() -> list[Holding]:
    return [
        Holding(_("Saved searches in sources that are yours"), SavedSearch, by_person(SavedSearch, "owner"), ("name", "created_at"), kept, WORK),
        Holding(_("Saved searches in sources you wrote"), SavedSearch, by_account(SavedSearch, "created_by"), ("name", "created_at"), kept, WORK),
        Holding(_("How far you have seen what saved searches brought"), SearchVisit, by_person(SearchVisit, "person"), ("at",), deleted),
    ]  # fmt: skip


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


def _reviews() -> list[Holding]:
    return [
        Holding(
            _("Teams of reviews you are or were in"), Member, by_person(Member, "person"),
            ("review__title", "role", "valid_from", "valid_until"), kept, LOG,
        ),
        Holding(
            _("Works you judged"), Decision, by_account(Decision, "by"),
            ("review__title", "number", "stage", "verdict", "note", "at"), kept, LOG,
        ),
        Holding(_("Works on your desk"), Hold, by_account(Hold, "account"), ("item__work__title", "stage", "since"), deleted),
        Holding(_("Reviews you began"), Review, by_account(Review, "created_by"), ("title", "created_at"), kept, LOG),
        Holding(_("Samples you drew"), Look, by_account(Look, "drawn_by"), ("review__title", "number", "drawn_at"), kept, LOG),
    ]  # fmt: skip


def _mentioned_in_reviews() -> list[Mentions]:
    return [
        Mentions(Decision, ("note",)),
        Mentions(Review, ("title", "question", "plan", "words", "closed_why")),
        Mentions(Criterion, ("words",)),
        Mentions(Item, ("left_out_why",)),
    ]


def _of_decisions() -> list[Holding]:
    return [
        Holding(
            _("Pairs of works you decided"),
            Pair,
            by_account(Pair, "decided_by"),
            ("state", "decided_at"),
            kept,
            DECIDED,
        ),
        Holding(_("Works you merged"), Merge, by_account(Merge, "by"), ("reasons", "at"), kept, DECIDED),
        Holding(_("Merges you undid"), Merge, by_account(Merge, "undone_by"), ("reasons", "undone_at"), kept, DECIDED),
        Holding(
            _("Concepts of works you decided"),
            Tag,
            by_account(Tag, "decided_by"),
            ("state", "decided_at"),
            kept,
            DECIDED,
        ),
    ]
