"""Studies: the list with the choice of the reading room, one study with its card, and the evidence map."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema

from nahtstelle.rooms.library.forms.studies import axes_in, choice_in
from nahtstelle.rooms.library.models import CardEdition, Template
from nahtstelle.rooms.library.presenters import references
from nahtstelle.rooms.library.queries import studies as queries
from nahtstelle.rooms.library.queries.evidence import AXES, evidence_map
from nahtstelle.rooms.library.templates_of_study import shown

from .paging import PROBLEMS, Listed, Pages, Slug, Words, paged

router = Router(tags=["Studies"])
Kind = Literal[
    "survey", "administrative", "qualitative", "mixed", "evaluation", "experiment", "review", "legal", "other"
]
Axis = Literal["theme", "group", "status", "qual", "phase", "sector", "stakeholder", "region"]
assert set(Kind.__args__) == set(Template.values) and set(Axis.__args__) == set(AXES)  # type: ignore[attr-defined] # what a Literal holds


class StudyEntry(Schema):
    """A study in the edition of its card that readers have. ``strength`` is 0 (cannot be assessed) to 4 (strong)."""

    key: str
    url: str
    title: str
    authors: list[str]
    year: int | None
    doi: str
    reference: str
    kind: str
    strength: int
    finding_de: str
    finding_en: str
    standing: str
    edition: int
    stand: date
    published_at: datetime


class StudyPage(Listed):
    items: list[StudyEntry]


class StudyTerm(Schema):
    key: str
    name: str
    facet: str


class Answer(Schema):
    """What the kind of study asks for besides, and what the card says."""

    label: str
    value: str


class StudyDetail(StudyEntry):
    abstract: str
    language: str
    question: str
    method: str
    sample: str
    data_from: int | None
    data_until: int | None
    particulars: list[Answer]
    strength_why: str
    meaning_de: str
    meaning_en: str
    limits: str
    subjects: list[StudyTerm]
    programmes: list[str]
    reviewed_by: str
    seconded_by: str
    note: str


class StudyQuestion(Pages):
    """The choice of the reading room, under the names its address has."""

    q: Words = ""
    f: list[str] = Query([], description="keys of concepts (theme, group, status …); any within a facet, every facet")
    p: list[str] = Query([], description="keys of programmes")
    k: list[Kind] = Query([], description="kinds of study")
    s: list[Literal["0", "1", "2", "3", "4"]] = Query([], description="levels of strength")
    von: int | None = Query(None, ge=1900, le=2100, description="data not older than this year")
    bis: int | None = Query(None, ge=1900, le=2100, description="data not younger than this year")
    sort: Literal["neu", "jahr", "staerke", "titel"] = "neu"


class MapQuestion(Schema):
    """Which two facets the map is drawn by, and what narrows it."""

    zeilen: Axis = "theme"
    spalten: Axis = "group"
    f: list[str] = Query([], description="keys of concepts")
    p: list[str] = Query([], description="keys of programmes")
    k: list[Kind] = Query([], description="kinds of study")
    s: list[Literal["0", "1", "2", "3", "4"]] = Query([], description="levels of strength")
    von: int | None = Query(None, ge=1900, le=2100)
    bis: int | None = Query(None, ge=1900, le=2100)


class MapCell(Schema):
    """``by_strength``: how many studies of each level, from 0 to 4. Pairs that are not listed have no study."""

    row: str
    column: str
    studies: int
    strongest: int
    by_strength: list[int]


class EvidenceMap(Schema):
    rows: list[StudyTerm]
    columns: list[StudyTerm]
    studies: int
    placed: int
    gaps: int
    cells: list[MapCell]


@router.get("/studies", response={200: StudyPage, **PROBLEMS}, url_name="studies")
def list_studies(request: HttpRequest, question: Query[StudyQuestion]) -> Any:
    """Studies with a published card, the newest card first."""
    return paged(request, queries.listed(choice_in(request.GET), sort=question.sort), question, _entries)


@router.get("/studies/{key}", response={200: StudyDetail, **PROBLEMS}, url_name="study")
def get_study(request: HttpRequest, key: Slug) -> Any:
    """One study with all its card says."""
    edition = queries.study(key)
    if edition is None:
        raise Http404
    work = queries.bibliographic(edition)
    (entry,) = _entries([edition])
    said = ("question", "method", "sample", "data_from", "data_until", "strength_why", "meaning_de", "meaning_en", "limits",
            "reviewed_by", "seconded_by", "note")  # fmt: skip
    return entry | {name: getattr(edition, name) for name in said} | {
        "abstract": work.abstract,
        "language": work.language,
        "particulars": [{"label": label, "value": str(value)} for label, value in shown(edition.template, edition.particulars)],
        "subjects": [_term(concept) for concept in edition.concepts.select_related("facet")],
        "programmes": list(edition.programmes.values_list("key", flat=True)),
    }  # fmt: skip


@router.get("/evidence-map", response={200: EvidenceMap, **PROBLEMS}, url_name="evidence-map")
def get_evidence_map(request: HttpRequest, question: Query[MapQuestion]) -> Any:
    """How many studies of which strength there are for each pair of concepts; retracted ones are not counted."""
    rows, columns = axes_in(request.GET)
    found = evidence_map(rows, columns, choice_in(request.GET), on=timezone.localdate())
    names = {concept.pk: concept.key for concept in [*found.rows, *found.columns]}
    return {
        "rows": [{"key": one.key, "name": one.name, "facet": rows} for one in found.rows],
        "columns": [{"key": one.key, "name": one.name, "facet": columns} for one in found.columns],
        "studies": found.total.number,
        "placed": found.placed,
        "gaps": found.gaps,
        "cells": [
            {
                "row": names[row], "column": names[column], "studies": cell.number, "strongest": cell.best,
                "by_strength": [cell.by_strength.get(level, 0) for level in range(5)],
            }
            for (row, column), cell in sorted(found.cells.items())
        ],
    }  # fmt: skip


def _entries(editions: Sequence[CardEdition]) -> list[dict[str, Any]]:
    return [_entry(edition) for edition in editions]


def _entry(edition: CardEdition) -> dict[str, Any]:
    work = queries.bibliographic(edition)
    return {
        "key": edition.card.work.citekey,
        "url": settings.BASE_URL + reverse("studies:study", args=[edition.card.work.citekey]),
        "title": work.title,
        "authors": [references.people([name]) for name in work.authors if name],
        "year": work.year,
        "doi": work.doi,
        "reference": references.reference(work),
        "kind": edition.template,
        "strength": edition.strength,
        "finding_de": edition.finding_de,
        "finding_en": edition.finding_en,
        "standing": work.standing,
        "edition": edition.number,
        "stand": edition.stand,
        "published_at": edition.published_at,
    }


def _term(concept: Any) -> dict[str, str]:
    return {"key": concept.key, "name": concept.name, "facet": concept.facet.key}
