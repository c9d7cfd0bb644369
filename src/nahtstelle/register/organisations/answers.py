"""What the organisations answer to questions from below."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.questions import Line, Section

from .queries import memberships_of
from .rules import check_keep


def section_of(person: Person, *, reader: Any, on: date) -> Section:
    """The organisations a person belongs or belonged to, for their page."""
    lines = [
        Line(
            title=membership.organisation.name,
            url=reverse("organisations:organisation", args=[membership.organisation.slug]),
            note=membership.function,
            valid_from=membership.valid_from,
            valid_until=membership.valid_until,
        )
        for membership in memberships_of(person)
    ]
    return Section(
        title=_("Organisations"),
        lines=lines,
        add_label=_("Add an organisation"),
        add_url=reverse("organisations:join", args=[person.slug]) if may(check_keep, reader, on=on) else "",
    )
