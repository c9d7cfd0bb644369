"""What the library holds of a person: one function per subject."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import Holding, Mentions, by_account, by_person, deleted, kept

from .models import Criterion, Decision, Hold, Item, Look, Member, Review

LOG = "the log of a review is never changed, or nobody could make its result again; it leads to a person without a name"


def holdings() -> list[Holding]:
    return [*_reviews()]


def mentions() -> list[Mentions]:
    return [*_mentioned_in_reviews()]


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
