"""What invitations answer to questions from below."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.questions import Effect, Line, Section
from nahtstelle.register.programmes.models import Engagement, Project

from . import queries, rules

SHOWN = 5


def section_of(person: Person, *, reader: Any, on: date) -> Section | None:
    """On one's own page: the invitations one looks after."""
    if reader.person_id != person.pk or not may(rules.check_may_invite, reader, on=on):
        return None
    waiting = queries.seen_by(reader, on=on).filter(queries.standings(at=timezone.now())["open"])[:SHOWN]
    lines = [Line(one.mail, note=one.role) for one in waiting]
    return Section(
        _("Open invitations"),
        lines,
        _("Invite somebody, or look after invitations"),
        reverse("invitations:invitations"),
    )


def effects_of(person: Person, *, on: date) -> Iterator[Effect]:
    """Who leads a project invites to it, and who coordinates a network to its projects (``queries.led_projects``)."""
    held = Engagement.objects.on(on).filter(person=person).select_related("project", "network").order_by("pk")
    running = Project.objects.on(on)
    for one in held.filter(role=Engagement.Role.PROJECT_LEAD, project__in=running):
        assert one.project is not None
        yield Effect(_("invite people to the project %s") % one.project.name, one.get_role_display(), one.valid_until)
    for one in held.filter(role=Engagement.Role.NETWORK_COORDINATOR, network__in=running.values("network")):
        assert one.network is not None
        may_invite = _("invite people to the projects of the network %s") % one.network.name
        yield Effect(may_invite, one.get_role_display(), one.valid_until)
