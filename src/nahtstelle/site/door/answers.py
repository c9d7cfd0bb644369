"""What the door answers to questions from below."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.questions import Line, Section
from nahtstelle.register.people.rules import check_keep_roles


def section_of(person: Person, *, reader: Any, on: date) -> Section | None:
    """Second factors, for the person and for those who keep accounts."""
    account = getattr(person, "account", None)
    own = reader.person_id == person.pk
    keeps = may(check_keep_roles, reader, person, on=on)
    if account is None or not (own or keeps):
        return None
    factors = list(account.factors.all())
    lines = [Line(str(f.get_kind_display()), note=f.name, valid_from=localdate(f.added_at)) for f in factors]
    if own:
        label, url = _("Change how I sign in"), reverse("door:access")
    else:
        label, url = _("Reset the second factors"), reverse("door:reset", args=[person.slug])
    return Section(_("Signing in"), lines, label if own or factors else "", url if own or factors else "")
