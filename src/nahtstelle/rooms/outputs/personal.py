"""What the room outputs holds of a person, and why a text may keep its author's name."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.personal import Erasure, Holding, Mentions, by_account, by_person, deleted, kept

from .models import Attachment, Authorship, BroughtIn, Edition, Impact, LeftText, Output, ReaderCheck, Save, Step, Style

CONTENT = "the text is the centre's; it leads to an account without a name"
STEP = "that a second person agreed, and the reason, without the name"
LIVE = (Output.State.PUBLISHED, Output.State.UNDER_REVIEW)


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Texts you own, began or submitted"), Output, _outputs, ("title", "slug", "state"), kept, CONTENT
        ),
        Holding(
            _("Texts you are an author of"), Authorship, by_person(Authorship, "person"), ("output__title", "credit"),
            _credit, "authorship; the name only of what was published and only where the author wanted it",
        ),
        Holding(_("What you saved"), Save, by_account(Save, "by"), ("output__title", "revision", "at"), kept, CONTENT),
        Holding(
            _("Texts of yours that wait to be merged"), LeftText, by_account(LeftText, "by"),
            ("output__title", "title", "body", "at"), kept, CONTENT,
        ),
        Holding(
            _("Editions you submitted, signed off, released or published"), Edition,
            by_account(Edition, "published_by", "submitted_by", "reviewed_by", "released_by"),
            ("title", "number", "published_at"), kept, STEP,
        ),
        Holding(_("Steps you took"), Step, by_account(Step, "by"), ("output__title", "kind", "at", "words"), kept, STEP),
        Holding(
            _("Files you added"), Attachment, by_account(Attachment, "added_by"), ("name", "title"), kept, CONTENT
        ),
        Holding(
            _("Word files of yours that wait to be confirmed"), BroughtIn, by_account(BroughtIn, "by"), ("name", "at"), deleted
        ),
        Holding(
            _("Checks by test readers you noted"), ReaderCheck, by_account(ReaderCheck, "recorded_by"),
            ("output__title", "who", "on"), kept, STEP,
        ),
        Holding(_("Styles of citation you brought in"), Style, by_account(Style, "added_by"), ("title", "added_at"), kept, CONTENT),
        Holding(
            _("Changes of law you answered"), Impact, by_account(Impact, "settled_by"),
            ("output__title", "outcome", "reason", "settled_at"), kept, STEP,
        ),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [
        Mentions(ReaderCheck, ("who",)),
        Mentions(Step, ("words",)),
        Mentions(Impact, ("reason",)),
    ]


def _outputs(person: Person) -> QuerySet[Any]:
    owned = Output.objects.filter(owner=person).order_by().values("pk")
    began = by_account(Output, "submitted_by", "created_by")(person).order_by().values("pk")
    return Output.objects.filter(pk__in=owned) | Output.objects.filter(pk__in=began)


def _credit(rows: QuerySet[Any], erasure: Erasure) -> None:
    if erasure.keep_credit:
        rows.filter(output__edition__isnull=False).update(credit=erasure.name)


def objections_to_erasing(person: Person) -> Iterator[Any]:
    """Every text readers have needs somebody who answers for it."""
    owned = Output.objects.filter(owner=person, state__in=LIVE).count()
    if owned:
        yield ngettext_lazy(
            "This person owns one published text; give it another owner first.",
            "This person owns %(count)d published texts; give them another owner first.",
            owned,
        ) % {"count": owned}
