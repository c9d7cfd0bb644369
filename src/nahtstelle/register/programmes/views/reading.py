"""Reading programmes, networks and projects."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.queries import visible_people
from nahtstelle.register.vocabulary.days import day_of
from nahtstelle.register.vocabulary.models import spoken

from .. import queries, questions
from ..forms import DayForm, EngagedForm, ProjectsForm
from ..models import Programme
from ..presenters import engaged as engaged_presenters
from ..presenters import places
from ..rules import check_engage_in_network, check_keep_structure, check_see_engaged

PAGE = 50


def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes the centre works for."""
    cards = places.programme_cards(queries.programmes(), on=timezone.localdate())
    return render(request, "programmes/programmes.html", {"cards": cards})


def programme(request: HttpRequest, key: str) -> HttpResponse:
    """A programme through time, and its structure on a day (``?am=2018-06-01``)."""
    found = get_object_or_404(queries.programmes(), key=key)
    day, today = day_of(request), timezone.localdate()
    predecessors = [{"name": p.name, "url": places.programme_url(p)} for p in found.predecessors.all()]
    context = {
        "breadcrumb": places.way((found.short_name, "")),
        "programme": found,
        "note": spoken(found, "note"),
        "span": places.validity(found.valid_from, found.valid_until),
        "successor": places.Link(found.successor.name, places.programme_url(found.successor))
        if found.successor
        else None,
        "predecessors": predecessors,
        "timeline": places.periods_timeline(found, on=today, chosen=day),
        "structure": places.structure_of(queries.structure_on(found, on=day)),
        "day": day,
        "parts": questions.parts_for(found, request, on=day),
        "form": DayForm(initial={"am": day}),
        "may_see_people": may(check_see_engaged, request.user, found, on=today),
        "may_keep": may(check_keep_structure, request.user, on=today),
    }
    return render(request, "programmes/programme.html", context)


def network(request: HttpRequest, key: str) -> HttpResponse:
    """A network: where it comes from, its projects on a day, and its people for who may see them."""
    found = get_object_or_404(queries.networks(), key=key)
    day, today = day_of(request), timezone.localdate()
    programme = found.level.period.programme
    sees = may(check_see_engaged, request.user, programme, on=today)
    projects = Paginator(queries.projects().filter(network=found).on(day), PAGE).get_page(request.GET.get("page"))
    context = {
        "breadcrumb": places.way((programme.short_name, places.programme_url(programme)), (found.name, "")),
        "network": found,
        "not_running": places.not_running(found, on=day),
        "facts": places.network_facts(found),
        "predecessors": [places.Link(n.name, places.network_url(n)) for n in found.predecessors.all()],
        "successors": [places.Link(n.name, places.network_url(n)) for n in found.successors.all()],
        "page": projects,
        "day": day,
        "form": DayForm(initial={"am": day}),
        **places.projects_table(projects.object_list),
        "sees_people": sees,
        "people": _people(request, as_on=day, network=found) if sees else [],
        "may_engage": may(check_engage_in_network, request.user, found, on=today),
        "may_keep": may(check_keep_structure, request.user, on=today),
    }
    return render(request, "programmes/network.html", context)


def project(request: HttpRequest, key: str) -> HttpResponse:
    """A project, and its people for who may see them."""
    found = get_object_or_404(queries.projects(), key=key)
    day, today = day_of(request), timezone.localdate()
    sees = may(check_see_engaged, request.user, found.level.period.programme, on=today)
    programme = found.level.period.programme
    context = {
        "breadcrumb": places.way((programme.short_name, places.programme_url(programme)), (found.name, "")),
        "project": found,
        "not_running": places.not_running(found, on=day),
        "predecessors": [places.project_link(one) for one in found.predecessors.select_related("network")],
        "successors": [places.project_link(one) for one in found.successors.select_related("network")],
        "day": day,
        "form": DayForm(initial={"am": day}),
        "facts": places.project_facts(found),
        "funding_line": spoken(found.level.period, "funding_line"),
        "sees_people": sees,
        "people": _people(request, as_on=day, project=found) if sees else [],
        "may_keep": may(check_keep_structure, request.user, on=today),
    }
    return render(request, "programmes/project.html", context)


def _people(request: HttpRequest, *, as_on: date, **where: object) -> list[engaged_presenters.Dated]:
    """Who works or worked there, each line with its standing on the day the page speaks of."""
    found = queries.engagements_seen_by(request.user, on=timezone.localdate(), **where)
    return engaged_presenters.engaged_lines(found, reader=request.user, on=as_on, today=timezone.localdate())


def projects(request: HttpRequest) -> HttpResponse:
    """Projects, searched and filtered; running today unless asked otherwise."""
    form = ProjectsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    day = None if chosen.get("ended") else (chosen.get("am") or timezone.localdate())
    found = queries.projects(
        on=day, programme=chosen.get("programme"), region=chosen.get("region"), words=chosen.get("q", "")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": any(chosen.values()),
        "may_keep": may(check_keep_structure, request.user, on=timezone.localdate()),
        **places.projects_table(page.object_list),
    }
    return render(request, "programmes/projects.html", context)


def engaged(request: HttpRequest, key: str) -> HttpResponse:
    """Who works in a programme on a day, for staff and for those who work in it."""
    programme = get_object_or_404(Programme, key=key)
    check_see_engaged(request.user, programme, on=timezone.localdate())
    form = EngagedForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    people = queries.engaged(
        day_of(request),
        [programme],
        [chosen["region"]] if chosen.get("region") else [],
        [chosen["role"]] if chosen.get("role") else [],
        among=visible_people(request.user, on=timezone.localdate()),
    )
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    crumbs = ((programme.short_name, places.programme_url(programme)), (_("Who works in it"), ""))
    context = {
        "breadcrumb": places.way(*crumbs),
        "programme": programme,
        "form": form,
        "page": page,
        "day": day_of(request),
        **engaged_presenters.engaged_table(page.object_list),
    }
    return render(request, "programmes/engaged.html", context)
