"""What the notices hold of a person: what they were told, how they want it, and the mail that went to them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.personal import Holding, Mentions, by_person, deleted

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


def _addresses(person: Person) -> list[str]:
    accounts = Account.objects.filter(person=person).values_list("mail", flat=True)
    return [one for one in (person.mail, *accounts) if one]


def _letters(person: Person) -> QuerySet[Any]:
    return Letter.objects.filter(Q(person=person) | _sent_to(person))


def _bounces(person: Person) -> QuerySet[Any]:
    return Bounce.objects.filter(Q(letter__person=person) | _sent_to(person))


def _sent_to(person: Person) -> Q:
    return (
        Q(*[("to__iexact", one) for one in _addresses(person)], _connector=Q.OR) if _addresses(person) else Q(pk__in=[])
    )
