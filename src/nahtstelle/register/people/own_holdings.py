"""What the people's register itself, and the cellar below it, hold of a person."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.models import Submission
from nahtstelle.plumbing.ledger.models import Chore, Delivery, Entry, Heartbeat, Touch

from .models import Account, CentreRole, Person
from .personal import Erasure, Holding, Mentions, by_person, deleted


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Particulars"), Person, lambda person: Person.objects.filter(pk=person.pk),
            ("name", "mail", "language", "ends_on", "slug"), _nameless,
            "an empty person, so that what they did can be told apart from what others did",
        ),
        Holding(
            _("Account"), Account, by_person(Account, "person"), ("mail", "is_active", "last_login"), _closed,
            "a closed account without address and password: four eyes must stay provable as two accounts",
        ),
        Holding(
            _("Roles at the centre"), CentreRole, by_person(CentreRole, "person"),
            ("role", "valid_from", "valid_until"), deleted,
        ),
        Holding(
            _("What you did"), Entry, _done_by, ("fact", "at", "why", "actor_label"), _unsigned,
            "that, when and why something was done; the name is replaced. Reasons belong to the work they explain",
        ),
        Holding(
            _("What happened to your particulars"), Touch, _happened_to, ("kind", "entry__fact", "entry__at", "changes"),
            _blank, "that something was changed and when, without what it was",
        ),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [
        Mentions(Entry, ("actor_label", "why", "payload")),
        Mentions(Touch, ("changes",)),
        Mentions(Delivery, ("error",)),
        Mentions(Chore, ("error",)),
        Mentions(Heartbeat, ("trouble",)),
        Mentions(Submission, ("result",)),
    ]


def slug_of_erased(person: Person) -> str:
    return f"n-n-{person.pk}"


def _nameless(rows: QuerySet[Any], erasure: Erasure) -> None:
    rows.update(name=erasure.stand_in, mail="", ends_on=None, slug=slug_of_erased(erasure.person), erased_at=erasure.at)


def _closed(rows: QuerySet[Any], erasure: Erasure) -> None:
    for account in rows:
        account.mail, account.is_active, account.last_login = f"n-n-{account.pk}@erased.invalid", False, None
        account.set_unusable_password()
        account.save()


def _done_by(person: Person) -> QuerySet[Any]:
    refs = [f"account:{pk}" for pk in Account.objects.filter(person=person).values_list("pk", flat=True)]
    return Entry.objects.filter(actor__in=[*refs, f"person:{person.pk}"])


def _unsigned(rows: QuerySet[Any], erasure: Erasure) -> None:
    rows.update(actor_label=erasure.stand_in)


def _happened_to(person: Person) -> QuerySet[Any]:
    own = Q(kind="people.person", object_id=person.pk)
    own |= Q(kind="people.account", object_id__in=Account.objects.filter(person=person).values("pk"))
    return Touch.objects.filter(own)


def _blank(rows: QuerySet[Any], erasure: Erasure) -> None:
    rows.update(changes={})
