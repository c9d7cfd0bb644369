"""The list of persons."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.vocabulary.presenters.concepts import Link

from ..models import CentreRole, Person


def person_url(person: Person) -> str:
    return reverse("people:person", args=[person.slug])


def way(*steps: tuple[str, str]) -> list[Link]:
    """The way from the list of persons to here, as (label, address); the last one is this page."""
    return [Link(_("People"), reverse("people:people")), *(Link(label, url) for label, url in steps)]


def people_table(people: Iterable[Person], *, as_staff: bool) -> dict[str, Any]:
    """Columns and rows for persons fetched ``with_roles``; who has an account is for staff only."""
    columns: list[Any] = [{"label": _("Name"), "kind": "head"}, _("E-mail"), _("At the centre")]
    if as_staff:
        columns.append(_("Account"))
    return {"columns": columns, "rows": [_row(person, as_staff) for person in people]}


def _row(person: Person, as_staff: bool) -> list[Any]:
    row: list[Any] = [
        {"text": person.name, "url": person_url(person)},
        person.mail,
        ", ".join(str(CentreRole.Role(held.role).label) for held in person.roles_now),  # type: ignore[attr-defined] # set by with_roles
    ]
    return [*row, account_state(person)] if as_staff else row


def account_state(person: Person) -> str:
    account = getattr(person, "account", None)
    if account is None:
        return _("none")
    return _("open") if account.is_active else _("closed")
