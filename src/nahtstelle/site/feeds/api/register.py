"""Concepts, programmes and projects, as their public pages show them. People are not given out here."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Path, Query, Router, Schema

from nahtstelle.register.programmes import queries as programmes
from nahtstelle.register.programmes.models import FundingPeriod, Programme, Project
from nahtstelle.register.vocabulary import queries as vocabulary
from nahtstelle.register.vocabulary.models import Concept

from .outputs import whole
from .paging import PROBLEMS, IsoDay, Listed, Pages, Slug, Words, paged

router = Router(tags=["Register"])
SLUG = r"^[-a-zA-Z0-9_]*$"


class ConceptEntry(Schema):
    key: str
    facet: str
    name_de: str
    name_en: str
    valid_from: date | None
    valid_until: date | None
    uri: str
    url: str


class ConceptPage(Listed):
    items: list[ConceptEntry]


class LabelEntry(Schema):
    language: str
    kind: str
    text: str


class ConceptDetail(ConceptEntry):
    note_de: str
    note_en: str
    broader: list[str]
    narrower: list[str]
    related: list[str]
    replaced_by: str | None
    labels: list[LabelEntry]


class ConceptQuestion(Pages):
    facet: str = Query("", pattern=SLUG, max_length=50)
    q: Words = ""


@router.get("/concepts", response={200: ConceptPage, **PROBLEMS}, url_name="concepts")
def list_concepts(request: HttpRequest, question: Query[ConceptQuestion]) -> Any:
    """Concepts of all facets or of one, by words in their names and labels; also those that are no longer valid."""
    found = vocabulary.concepts_like(question.q, facet_key=question.facet).order_by(
        "facet__position", "position", "key"
    )
    return paged(request, found, question, lambda concepts: [_concept(concept) for concept in concepts])


@router.get("/concepts/{key}", response={200: ConceptDetail, **PROBLEMS}, url_name="concept")
def get_concept(request: HttpRequest, key: Annotated[str, Path(pattern=SLUG, max_length=60)]) -> Any:
    """One concept with its labels and its neighbours."""
    concept = get_object_or_404(Concept.objects.select_related("facet", "replaced_by"), key=key)
    return _concept(concept) | {
        "note_de": concept.note_de,
        "note_en": concept.note_en,
        "broader": list(concept.broader.values_list("key", flat=True)),
        "narrower": list(concept.narrower.values_list("key", flat=True)),
        "related": list(concept.related.values_list("key", flat=True)),
        "replaced_by": concept.replaced_by.key if concept.replaced_by else None,
        "labels": list(concept.labels.order_by("language", "kind", "text").values("language", "kind", "text")),
    }


def _concept(concept: Concept) -> dict[str, Any]:
    return {
        "key": concept.key,
        "facet": concept.facet.key,
        "name_de": concept.name_de,
        "name_en": concept.name_en,
        "valid_from": concept.valid_from,
        "valid_until": concept.valid_until,
        "uri": concept.uri,
        "url": whole(reverse("vocabulary:concept", args=[concept.key])),
    }


class Period(Schema):
    key: str
    name: str
    valid_from: date | None
    valid_until: date | None


class ProgrammeEntry(Schema):
    key: str
    short_name: str
    name: str
    valid_from: date | None
    valid_until: date | None
    successor: str | None
    periods: list[Period]
    url: str


class ProgrammePage(Listed):
    items: list[ProgrammeEntry]


@router.get("/programmes", response={200: ProgrammePage, **PROBLEMS}, url_name="programmes")
def list_programmes(request: HttpRequest, question: Query[Pages]) -> Any:
    """Programmes with their funding periods."""
    return paged(request, programmes.programmes(), question, lambda rows: [_programme(row) for row in rows])


@router.get("/programmes/{key}", response={200: ProgrammeEntry, **PROBLEMS}, url_name="programme")
def get_programme(request: HttpRequest, key: Slug) -> Any:
    """One programme."""
    return _programme(get_object_or_404(programmes.programmes(), key=key))


def _programme(programme: Programme) -> dict[str, Any]:
    return {
        "key": programme.key,
        "short_name": programme.short_name,
        "name": programme.name,
        "valid_from": programme.valid_from,
        "valid_until": programme.valid_until,
        "successor": programme.successor.key if programme.successor else None,
        "periods": [_period(period) for period in programme.periods.all()],
        "url": whole(reverse("programmes:programme", args=[programme.key])),
    }


def _period(period: FundingPeriod) -> dict[str, Any]:
    return {
        "key": period.key, "name": period.name, "valid_from": period.valid_from, "valid_until": period.valid_until,
    }  # fmt: skip


class ProjectEntry(Schema):
    key: str
    name: str
    programme: str
    period: str
    level: str
    network: str | None
    carrier: str
    region: str | None
    place: str
    valid_from: date | None
    valid_until: date | None
    url: str


class ProjectPage(Listed):
    items: list[ProjectEntry]


class ProjectQuestion(Pages):
    q: Words = ""
    programme: str = Query("", pattern=SLUG, max_length=50)
    region: str = Query("", pattern=SLUG, max_length=60, description="key of a region; what lies in it counts too")
    on: IsoDay | None = Query(None, description="running on this day; today where it is left out")


@router.get("/projects", response={200: ProjectPage, **PROBLEMS}, url_name="projects")
def list_projects(request: HttpRequest, question: Query[ProjectQuestion]) -> Any:
    """Projects that run on a day."""
    programme = get_object_or_404(Programme, key=question.programme) if question.programme else None
    region = get_object_or_404(Concept, key=question.region, facet__key="region") if question.region else None
    day = question.on or timezone.localdate()
    found = programmes.projects(on=day, programme=programme, region=region, words=question.q)
    return paged(request, found, question, _projects)


@router.get("/projects/{key}", response={200: ProjectEntry, **PROBLEMS}, url_name="project")
def get_project(request: HttpRequest, key: Slug) -> Any:
    """One project."""
    (shown,) = _projects([get_object_or_404(programmes.projects(), key=key)])
    return shown


def _projects(projects: Sequence[Project]) -> list[dict[str, Any]]:
    return [
        {
            "key": project.key,
            "name": project.name,
            "programme": project.level.period.programme.key,
            "period": project.level.period.key,
            "level": project.level.name,
            "network": project.network.key if project.network else None,
            "carrier": project.carrier.name,
            "region": project.region.key if project.region else None,
            "place": project.place,
            "valid_from": project.valid_from,
            "valid_until": project.valid_until,
            "url": whole(reverse("programmes:project", args=[project.key])),
        }
        for project in projects
    ]
