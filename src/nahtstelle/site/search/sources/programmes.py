"""Programmes, their networks and their projects; the people in them are no part of this."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from nahtstelle.register.programmes.models import Network, Programme, Project
from nahtstelle.register.programmes.presenters.places import network_url, programme_url, project_url
from nahtstelle.register.vocabulary.models import Concept

from ..offers import Offer
from ..readers import PUBLIC
from .concepts import Tags
from .days import turned_lately

NAME = "programmes"
ENDED = 0.5


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    """All structures; they are few, so ``only`` narrows to the programmes with these ids."""
    today, tags = timezone.localdate(), Tags()
    programmes = Programme.objects.prefetch_related("periods").order_by("pk")
    chosen = None if only is None else set(only)
    for programme in programmes if chosen is None else programmes.filter(pk__in=chosen):
        yield _programme(programme, on=today)
    networks = Network.objects.select_related("level__period__programme").prefetch_related("regions").order_by("pk")
    projects = Project.objects.select_related(
        "level__period__programme", "network", "carrier", "action_field", "region"
    ).order_by("pk")
    if chosen is not None:
        networks = networks.filter(level__period__programme__in=chosen)
        projects = projects.filter(level__period__programme__in=chosen)
    for network in networks:
        yield _network(network, tags, on=today)
    for project in projects:
        yield _project(project, tags, on=today)


def bounded(*, on: date) -> list[int]:
    """The programmes in which something began or ended of late."""
    turned = turned_lately(on)
    of_places = [
        kind.objects.filter(turned).values_list("level__period__programme", flat=True) for kind in (Network, Project)
    ]
    return sorted(
        {*Programme.objects.filter(turned).values_list("pk", flat=True), *(pk for of in of_places for pk in of)}
    )


def _programme(programme: Programme, *, on: date) -> Offer:
    periods = list(programme.periods.all())
    names = [programme.name_de, programme.name_en, *(f"{one.name_de} {one.name_en}" for one in periods)]
    return Offer(
        source=NAME,
        key=f"programme:{programme.pk}",
        title=programme.short_name,
        address=programme_url(programme),
        keys=frozenset((PUBLIC,)),
        lead=programme.name_de,
        body="\n".join(filter(None, [programme.note_de, *(one.note_de for one in periods)])),
        keywords=" ".join(names),
        facets=(("source", NAME), ("language", "de"), ("programme", programme.key)),
        day=programme.valid_from,
        quality=1.0 if programme.holds_on(on) else ENDED,
        notes=_validity(programme.valid_from, programme.valid_until),
    )


def _network(network: Network, tags: Tags, *, on: date) -> Offer:
    programme = network.level.period.programme
    regions = list(network.regions.all())
    return Offer(
        source=NAME,
        key=f"network:{network.pk}",
        title=network.name_de,
        address=network_url(network),
        keys=frozenset((PUBLIC,)),
        lead=f"{network.level.name_de}, {network.level.period.name_de}",
        keywords=f"{network.name_en} {programme.short_name} {_names(regions)}",
        mentions=tags.terms(one.key for one in regions),
        facets=_facets(programme, regions, tags),
        day=network.valid_from,
        quality=0.9 if network.holds_on(on) else ENDED,
        notes=_validity(network.valid_from, network.valid_until),
    )


def _project(project: Project, tags: Tags, *, on: date) -> Offer:
    programme = project.level.period.programme
    regions = [project.region] if project.region else []
    places = [project.carrier.name, project.place, project.network.name_de if project.network else ""]
    field = project.action_field
    return Offer(
        source=NAME,
        key=f"project:{project.pk}",
        title=project.name_de,
        address=project_url(project),
        keys=frozenset((PUBLIC,)),
        lead=" · ".join(filter(None, places)),
        body=field.name_de if field else "",
        keywords=f"{project.name_en} {programme.short_name} {_names(regions)}",
        mentions=tags.terms(one.key for one in regions),
        facets=_facets(programme, regions, tags),
        day=project.valid_from,
        quality=0.9 if project.holds_on(on) else ENDED,
        notes=_validity(project.valid_from, project.valid_until),
    )


def _facets(programme: Programme, regions: list[Concept], tags: Tags) -> tuple[tuple[str, str], ...]:
    return (
        ("source", NAME),
        ("language", "de"),
        ("programme", programme.key),
        *tags.facets(one.key for one in regions),
    )


def _names(regions: list[Concept]) -> str:
    return " ".join(f"{one.name_de} {one.name_en}" for one in regions)


def _validity(begin: date | None, end: date | None) -> tuple[str, ...]:
    return (f"span:{begin or ''}:{end or ''}",) if begin or end else ()
