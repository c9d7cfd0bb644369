"""What the notices hold of a person: what they were told, how they want it, and the mail that went to them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Person
from nahtstelle.register.people.personal import Holding, Mentions, addressed_to, by_person, deleted

from .models import Bounce, Letter, Notice, Preference


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Notices"), Notice, by_person(Notice, "person"), ("kind", "words", "created_at", "read_at"), deleted
        ),
        Holding(
            _("How you want to be told"), Preference, by_person(Preference, "person"),
            ("rhythm", "quiet_from", "quiet_until", "digest_hour", "law_letters"), deleted,
        ),
        Holding(_("Mail that came back"), Bounce, _bounces, ("to", "status", "diagnostic", "at"), deleted),
        Holding(
            _("Letters to you"), Letter, _letters, ("to", "subject", "text", "state", "sent_at", "trouble"), deleted
        ),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [
        Mentions(Notice, ("words", "link")),
        Mentions(Letter, ("subject", "text", "html", "trouble")),
        Mentions(Bounce, ("diagnostic",)),
    ]


def _letters(person: Person) -> QuerySet[Any]:
    return Letter.objects.filter(Q(person=person) | addressed_to(person, "to"))


def _bounces(person: Person) -> QuerySet[Any]:
    return Bounce.objects.filter(Q(letter__person=person) | addressed_to(person, "to"))
