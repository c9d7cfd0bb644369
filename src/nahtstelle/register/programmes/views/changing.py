"""Changing networks, projects, the words of periods, and who works where."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.forms import EndForm
from nahtstelle.register.people.presenters.directory import person_url
from nahtstelle.register.people.queries import visible_people
from nahtstelle.register.people.views.changing import form_page

from .. import actions, queries
from ..actions.places import NETWORK_FIELDS, PERIOD_FIELDS, PROJECT_FIELDS
from ..forms import ColleagueForm, EngageForm, NetworkForm, PeriodForm, ProjectForm
from ..models import Engagement, FundingPeriod
from ..presenters.places import network_url, programme_url, project_url
from ..rules import ROLES_IN_A_NETWORK, check_end_engagement, check_engage_in_network, check_keep_structure


def add_network(request: HttpRequest) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        return network_url(actions.add_network(by=request.user.actor, at=timezone.now(), **data))

    return form_page(request, NetworkForm(request.POST or None), act, title=_("New network"))


def change_network(request: HttpRequest, key: str) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())
    network = get_object_or_404(queries.networks(), key=key)

    def act(data: dict[str, Any]) -> str:
        actions.change_network(network=network, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The network was changed."))
        return network_url(network)

    initial = {name: getattr(network, name) for name in NETWORK_FIELDS}
    initial |= {"regions": network.regions.all(), "predecessors": network.predecessors.all()}
    form = NetworkForm(request.POST or None, initial=initial)
    return form_page(request, form, act, title=_("Change: %s") % network.name, back=network_url(network))


def add_project(request: HttpRequest) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        return project_url(actions.add_project(by=request.user.actor, at=timezone.now(), **data))

    return form_page(request, ProjectForm(request.POST or None), act, title=_("New project"))


def change_project(request: HttpRequest, key: str) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())
    project = get_object_or_404(queries.projects(), key=key)

    def act(data: dict[str, Any]) -> str:
        actions.change_project(project=project, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The project was changed."))
        return project_url(project)

    form = ProjectForm(request.POST or None, initial={name: getattr(project, name) for name in PROJECT_FIELDS})
    return form_page(request, form, act, title=_("Change: %s") % project.name, back=project_url(project))


def change_period(request: HttpRequest, key: str) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())
    period = get_object_or_404(FundingPeriod.objects.select_related("programme"), key=key)
    back = f"{programme_url(period.programme)}?am={period.valid_from or ''}"

    def act(data: dict[str, Any]) -> str:
        actions.change_period(period=period, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The funding period was changed."))
        return back

    form = PeriodForm(request.POST or None, initial={name: getattr(period, name) for name in PERIOD_FIELDS})
    return form_page(request, form, act, title=_("Change: %s") % period.name, back=back)


def engage(request: HttpRequest, slug: str) -> HttpResponse:
    """A role anywhere in the programmes for a person."""
    today = timezone.localdate()
    check_keep_structure(request.user, on=today)
    person = get_object_or_404(visible_people(request.user, on=today), slug=slug)

    def act(data: dict[str, Any]) -> str:
        actions.engage(person=person, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The role was added."))
        return person_url(person)

    form = EngageForm(request.POST or None, initial={"valid_from": today}, on=today)
    return form_page(request, form, act, title=_("Role in a programme: %s") % person.name, back=person_url(person))


def engage_colleague(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody joins a network; the coordinators of the network may say so."""
    today = timezone.localdate()
    network = get_object_or_404(queries.networks(), key=key)
    check_engage_in_network(request.user, network, on=today)
    everything = may(check_keep_structure, request.user, on=today)
    roles = Engagement.Role.choices if everything else [(role.value, role.label) for role in ROLES_IN_A_NETWORK]

    def act(data: dict[str, Any]) -> str:
        check_engage_in_network(request.user, network, data["role"], on=today)
        actions.engage_colleague(network=network, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The role was added."))
        return network_url(network)

    form = ColleagueForm(request.POST or None, initial={"valid_from": today}, network=network, roles=list(roles))
    return form_page(request, form, act, title=_("Joins: %s") % network.name, back=network_url(network))


def end_engagement(request: HttpRequest, number: int) -> HttpResponse:
    """The last day of a role in a programme."""
    today = timezone.localdate()
    found = get_object_or_404(Engagement.objects.select_related("person", "network", "project", "programme"), pk=number)
    check_end_engagement(request.user, found, on=today)
    back = network_url(found.network) if found.network else person_url(found.person)

    def act(data: dict[str, Any]) -> str:
        actions.end_engagement(engagement=found, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The last day of the role was set."))
        return back

    form = EndForm(request.POST or None, initial={"last_day": found.valid_until or today})
    names = {"role": found.get_role_display(), "name": found.person.name}
    return form_page(request, form, act, title=_("End the role %(role)s of %(name)s") % names, back=back)
