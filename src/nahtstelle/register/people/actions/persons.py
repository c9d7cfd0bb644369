"""Persons and their particulars."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import PersonAdded, PersonChanged
from ..models import Person
from ..rules import check_mail_free

CHANGEABLE = {"name", "mail", "language", "ends_on"}
RESERVED = {"ich", "neu"}  # addresses of ours


@transaction.atomic
def add_person(*, name: str, by: Actor, at: datetime, mail: str = "", language: str = "de") -> Person:
    """Add a person; the address of the page is made from the name. Raises ``Refusal`` where the mail is taken."""
    check_mail_free(mail, None)
    _check_name(name)
    person = Person.objects.create(slug=_free_slug(name), name=name.strip(), mail=mail, language=language)
    said = {"name": person.name, "mail": mail, "language": language}
    record(PersonAdded(person.pk), by=by, at=at, touched=[Touched(person, changes_between({}, said))])
    return person


def _check_name(name: str) -> None:
    if not name.strip():
        raise Refusal(_("A person needs a name."))


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:40] or "person"
    taken = set(Person.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


@transaction.atomic
def change_person(*, person: Person, by: Actor, at: datetime, **changes: Any) -> Person:
    """Change name, mail, language or the day on which the data are due for erasure (``ends_on``).

    Raises ``Refusal`` where the mail belongs to another person or the name is empty.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"These cannot be changed: {', '.join(sorted(unknown))}.")
    if "name" in changes:
        _check_name(changes["name"])
    check_mail_free(changes.get("mail", ""), person)
    before = {name: getattr(person, name) for name in changes}
    difference = changes_between(before, changes)
    if not difference:
        return person
    for name, value in changes.items():
        setattr(person, name, value)
    person.save(update_fields=list(changes))
    record(PersonChanged(person.pk), by=by, at=at, touched=[Touched(person, difference)])
    return person
