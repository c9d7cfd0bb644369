"""What the doors of the site hold of a person: wrong passwords, by the address that was typed."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.personal import Holding, Rows, deleted

DOORS: tuple[type[Model], ...] = (AccessAttempt, AccessFailureLog, AccessLog)


def holdings() -> list[Holding]:
    shown = ("username", "ip_address", "attempt_time")
    return [Holding(_("Wrong passwords"), model, _typed(model), shown, deleted) for model in DOORS]


def _typed(model: type[Model]) -> Rows:
    def rows(person: Person) -> QuerySet[Any]:
        objects = model._default_manager
        known = [person.mail, *Account.objects.filter(person=person).values_list("mail", flat=True)]
        found = objects.none()
        for one in filter(None, known):
            found = found | objects.filter(username__iexact=one)
        return found

    return rows
