"""Roles that end within a month: one's own, and for those who give roles everybody's at the centre."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.plumbing.look.dates import day as written
from nahtstelle.register.people import rights
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.register.people.presenters.person import SOON
from nahtstelle.register.people.rules import check_right
from nahtstelle.register.programmes.models import Engagement

SHOWN = 8


def roles_ending_soon(account: Account, *, today: date) -> list[dict[str, Any]]:
    """Each as a sentence with the way to the person's page, the nearest end first."""
    keeps = may(check_right, account, rights.KEEP_ROLES, on=today)
    whose = Q() if keeps else Q(person=account.person_id)
    at_centre = _ending(CentreRole.objects.on(today).filter(whose), today)
    in_projects = _ending(Engagement.objects.on(today).filter(person=account.person_id), today)
    found = [*_lines(at_centre, account), *_lines(in_projects, account)]
    return sorted(found, key=lambda line: line["until"])[:SHOWN]


def _ending(held: QuerySet[Any], today: date) -> QuerySet[Any]:
    return held.filter(valid_until__lte=today + SOON).select_related("person").order_by("valid_until", "pk")[:SHOWN]


def _lines(held: QuerySet[Any], account: Account) -> Iterator[dict[str, Any]]:
    for one in held:
        words = {"role": one.get_role_display(), "day": written(one.valid_until), "who": one.person.name}
        own = one.person_id == account.person_id
        sentence = _("Your role %(role)s ends on %(day)s.") if own else _("%(who)s: the role %(role)s ends on %(day)s.")
        yield {
            "text": sentence % words, "url": reverse("people:person", args=[one.person.slug]), "until": one.valid_until,
        }  # fmt: skip
