"""What the intake answers to questions from below."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.plumbing.look.dates import day
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.questions import Line, Section
from nahtstelle.register.people.rules import check_keep_people

from .models import Ground


def section_of(person: Person, *, reader: Any, on: date) -> Section | None:
    """Why their data are held: for the person and for who keeps the register."""
    own = isinstance(reader, Account) and reader.person_id == person.pk
    if not own and not may(check_keep_people, reader, on=on):
        return None
    lines = [Line(title=ground.purpose, note=_note(ground)) for ground in Ground.objects.filter(person=person)]
    return Section(title=_("Why these data are held"), lines=lines)


def _note(ground: Ground) -> str:
    source = _("from the table %s") % ground.source
    if ground.consent_on is None:
        return source
    consent = _("consent given on %s") % day(ground.consent_on)
    return f"{consent}, {source}"
