"""Programmes, networks and projects as their pages show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.look.dates import day as spell_day
from nahtstelle.register.people.presenters.person import standing
from nahtstelle.register.vocabulary.models import spoken
from nahtstelle.register.vocabulary.presenters.concepts import Link, concept_url, validity

from ..models import FundingPeriod, Network, Programme, Project
from ..queries import LevelOnDay, PeriodOnDay


def programme_url(programme: Programme) -> str:
    return reverse("programmes:programme", args=[programme.key])


def network_url(network: Network) -> str:
    return reverse("programmes:network", args=[network.key])


def project_url(project: Project) -> str:
    return reverse("programmes:project", args=[project.key])


def project_link(project: Project) -> Link:
    """A project that another grew out of or went on as, with its network and its days."""
    span = validity(project.valid_from, project.valid_until, short=True)
    return Link(project.name, project_url(project), " · ".join(filter(None, [str(project.network or ""), span])))


def not_running(place: Network | Project, *, on: date) -> str:
    """Said where a page speaks of a day on which the network or project does not run; "" where it does."""
    if place.holds_on(on):
        return ""
    if place.valid_from and on < place.valid_from:
        return _("It begins on %s; on the day this page speaks of it does not run yet.") % spell_day(place.valid_from)
    return _("It ended on %s. What it was then stands below.") % spell_day(place.valid_until)


def way(*steps: tuple[str, str]) -> list[Link]:
    """The way from the list of programmes to here, as (label, address); the last one is this page."""
    return [Link(_("Programmes"), reverse("programmes:programmes")), *(Link(*step) for step in steps)]


def programme_cards(programmes: Iterable[Programme], *, on: date) -> list[dict[str, Any]]:
    """Each programme as a card of the list."""
    return [
        {
            "title": programme.short_name,
            "url": programme_url(programme),
            "text": programme.name,
            "meta": [validity(programme.valid_from, programme.valid_until)],
            "badges": [] if programme.holds_on(on) else [{"label": _("ended"), "tone": "neutral"}],
        }
        for programme in programmes
    ]


def periods_timeline(programme: Programme, *, on: date, chosen: date) -> list[dict[str, Any]]:
    """The periods of a programme as entries of a timeline, each leading to the structure it had.

    ``on`` is today; ``chosen`` the day whose structure the page shows.
    """
    return [
        {
            "date": period.valid_from,
            "title": period.name,
            "text": validity(period.valid_from, period.valid_until),
            "url": f"{programme_url(programme)}?am={period.valid_from.isoformat()}" if period.valid_from else "",
            "state": standing(period.valid_from, period.valid_until, on),
            "note": _("shown below") if period.holds_on(chosen) else "",
        }
        for period in programme.periods.all()
    ]


def structure_of(periods: Iterable[PeriodOnDay]) -> list[dict[str, Any]]:
    """The structure on a day: per period its words, action fields, levels and networks."""
    return [
        {
            "key": one.period.key,
            "name": one.period.name,
            "span": validity(one.period.valid_from, one.period.valid_until),
            "note": spoken(one.period, "note"),
            "funding_line": spoken(one.period, "funding_line"),
            "action_fields": [field.name for field in one.action_fields],
            "columns": [
                {"label": _("Level"), "kind": "head"},
                {"label": _("planned"), "kind": "number"},
                {"label": _("recorded here"), "kind": "number"},
            ],
            "rows": [[level.level.name, _planned(level), len(level.networks) + level.projects] for level in one.levels],
            "networks": [
                {"level": level.level.name, "links": [_network_link(network) for network in level.networks]}
                for level in one.levels
                if level.networks
            ],
        }
        for one in periods
    ]


def _planned(level: LevelOnDay) -> str:
    number = level.level.planned
    if number is None:
        return ""
    return _("about %d") % number if level.level.planned_is_about else str(number)


def _network_link(network: Network) -> Link:
    regions = ", ".join(region.name for region in network.regions.all() if region.name not in network.name)
    return Link(network.name, network_url(network), regions)


def network_facts(network: Network) -> list[dict[str, Any]]:
    period = network.level.period
    rows: list[dict[str, Any]] = [
        {"term": _("Programme"), "value": period.programme.name, "url": programme_url(period.programme)},
        {"term": _("Funding period"), "value": period.name, "url": _on_period(period)},
        {"term": _("Level"), "value": network.level.name},
        {"term": _("Running time"), "value": validity(network.valid_from, network.valid_until)},
        {"term": _("Regions"), "value": ", ".join(region.name for region in network.regions.all())},
    ]
    return [row for row in rows if row["value"]]


def project_facts(project: Project) -> list[dict[str, Any]]:
    period, network, region = project.level.period, project.network, project.region
    rows: list[dict[str, Any]] = [
        {"term": _("Programme"), "value": period.programme.name, "url": programme_url(period.programme)},
        {"term": _("Funding period"), "value": period.name, "url": _on_period(period)},
        {"term": _("Level"), "value": project.level.name},
        {
            "term": _("Network"),
            "value": network.name if network else "",
            "url": network_url(network) if network else "",
        },
        {"term": _("Carrier"), "value": project.carrier.name},
        {"term": _("Action field"), "value": project.action_field.name if project.action_field else ""},
        {"term": _("Place"), "value": project.place},
        {"term": _("Region"), "value": region.name if region else "", "url": concept_url(region.key) if region else ""},
        {"term": _("Running time"), "value": validity(project.valid_from, project.valid_until)},
    ]
    return [row for row in rows if row["value"]]


def _on_period(period: FundingPeriod) -> str:
    base = programme_url(period.programme)
    return f"{base}?am={period.valid_from.isoformat()}" if period.valid_from else base


def projects_table(projects: Iterable[Project]) -> dict[str, Any]:
    columns = [
        {"label": _("Project"), "kind": "head"},
        _("Programme"),
        _("Carrier"),
        _("Land"),
        _("Place"),
        _("Running time"),
    ]
    rows = [
        [
            {"text": project.name, "url": project_url(project)},
            project.level.period.programme.short_name,
            project.carrier.name,
            project.region.name if project.region else "",
            project.place,
            validity(project.valid_from, project.valid_until, short=True),
        ]
        for project in projects
    ]
    return {"columns": columns, "rows": rows}
