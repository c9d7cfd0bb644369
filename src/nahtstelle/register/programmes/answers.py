"""What the programmes answer to questions from below."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.questions import Effect, Line, Section

from .models import Engagement
from .presenters.places import network_url, programme_url, project_url
from .queries import engagements_of
from .rules import check_keep_structure


def section_of(person: Person, *, reader: Any, on: date) -> Section:
    """A person's roles in programmes, for their page."""
    may_add = reader.person_id != person.pk and may(check_keep_structure, reader, on=on)
    return Section(
        title=_("In programmes"),
        lines=[_line(engagement) for engagement in engagements_of(person)],
        add_label=_("Add a role in a programme"),
        add_url=reverse("programmes:engage", args=[person.slug]) if may_add else "",
    )


def _line(engagement: Engagement) -> Line:
    place = engagement.project or engagement.network
    if engagement.project:
        url = project_url(engagement.project)
    elif engagement.network:
        url = network_url(engagement.network)
    else:
        url = programme_url(engagement.programme)
    parts = [str(place) if place else "", engagement.programme.short_name]
    return Line(
        title=str(engagement.get_role_display()),
        url=url,
        note=", ".join(filter(None, parts)),
        valid_from=engagement.valid_from,
        valid_until=engagement.valid_until,
    )


def effects_of(person: Person, *, on: date) -> Iterator[Effect]:
    """What roles in programmes allow on a day."""
    held = Engagement.objects.on(on).filter(person=person).select_related("programme", "network").order_by("pk")
    for engagement in held:
        role = engagement.get_role_display()
        yield Effect(
            _("see who works in the programme %s") % engagement.programme.short_name, role, engagement.valid_until
        )
        if engagement.role == Engagement.Role.NETWORK_COORDINATOR and engagement.network:
            yield Effect(_("say who works in the network %s") % engagement.network.name, role, engagement.valid_until)
