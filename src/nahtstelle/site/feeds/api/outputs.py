"""Publications: the list with the choice of its page, and one text as Markdown and HTML."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from ninja import Query, Router, Schema

from nahtstelle.rooms.outputs import describing, drawing, presenters, queries
from nahtstelle.rooms.outputs.forms import choice_in
from nahtstelle.rooms.outputs.models import Citation, Output

from .paging import PROBLEMS, Listed, Pages, Slug, Words, paged

router = Router(tags=["Publications"])
Language = Literal["de", "en", "de-x-leicht", "de-x-einfach"]


class Warning(Schema):
    """A banner: what readers must know before they rely on the text."""

    kind: str
    title: str
    text: str
    since: date | None
    url: str | None


class Term(Schema):
    key: str
    name: str
    facet: str


class OutputEntry(Schema):
    slug: str
    url: str
    title: str
    summary: str
    kind: Term
    language: str
    state: str
    edition: int
    stand: date
    published_at: datetime
    licence: str
    warnings: list[Warning]


class OutputPage(Listed):
    items: list[OutputEntry]


class Cited(Schema):
    """A provision the text cites; ``url`` where it is in our stock."""

    words: str
    law: str
    section: str
    part: str
    version: str
    basis: bool
    url: str | None


class Variant(Schema):
    slug: str
    language: str
    title: str
    url: str


class OutputDetail(OutputEntry):
    authors: list[str]
    subjects: list[Term]
    programmes: list[str]
    valid_from: date | None
    valid_until: date | None
    note: str
    markdown: str
    html: str
    citations: list[Cited]
    variants: list[Variant]
    pdf: str
    docx: str


class OutputQuestion(Pages):
    """The choice of the list of publications, under the names its address has."""

    q: Words = ""
    f: list[str] = Query([], description="keys of concepts (kind, theme, status …); any within a facet, every facet")
    p: list[str] = Query([], description="keys of programmes")
    l: list[Language] = Query([], description="languages")  # noqa: E741 - as in the address of the list
    sort: Literal["neu", "stand", "titel"] = "neu"


@router.get("/outputs", response={200: OutputPage, **PROBLEMS}, url_name="outputs")
def list_outputs(request: HttpRequest, question: Query[OutputQuestion]) -> Any:
    """Published texts, newest first."""
    found = queries.listed(request.user, choice_in(request.GET), on=timezone.localdate(), sort=question.sort)
    return paged(request, queries.with_banners(found).select_related("kind__facet"), question, _entries)


@router.get("/outputs/{slug}", response={200: OutputDetail, **PROBLEMS}, url_name="output")
def get_output(request: HttpRequest, slug: Slug, response: HttpResponse) -> Any:
    """One text in the edition readers have, with what it cites."""
    readable = queries.readable(request.user, on=timezone.localdate())
    output = queries.with_banners(readable).filter(slug=slug).select_related("kind__facet").first()
    if output is None or output.edition is None:
        raise Http404
    edition = output.edition
    response["Last-Modified"] = http_date(edition.published_at.timestamp())
    citations = list(output.citations.filter(published=True).select_related("law", "provision"))
    base = output.base_id or output.pk
    variants = readable.filter(pk__in=Output.objects.filter(base=base).values("pk")) | readable.filter(pk=base)
    address = describing.address_of(output)
    (entry,) = _entries([output])
    return entry | {
        "authors": [one.called for one in output.authorships.select_related("person")],
        "subjects": [_term(concept) for concept in output.concepts.select_related("facet")],
        "programmes": list(output.programmes.values_list("key", flat=True)),
        "valid_from": output.valid_from,
        "valid_until": output.valid_until,
        "note": edition.note,
        "markdown": edition.body,
        "html": drawing.drawn_edition(edition, citations).html,
        "citations": [_cited(citation) for citation in sorted(citations, key=presenters.in_order)],
        "variants": [
            {"slug": v.slug, "language": v.language, "title": v.edition.title, "url": describing.address_of(v)}
            for v in variants.select_related("edition").order_by("pk")
            if v.pk != output.pk
        ],
        "pdf": f"{address}pdf/",
        "docx": f"{address}docx/",
    }


def _entries(outputs: Sequence[Output]) -> list[dict[str, Any]]:
    impacts, today = queries.open_impacts_of(outputs), timezone.localdate()
    return [_entry(output, presenters.banners(output, impacts.get(output.pk, []), today=today)) for output in outputs]


def _entry(output: Output, banners: Sequence[presenters.Banner]) -> dict[str, Any]:
    edition = output.edition
    assert edition is not None
    return {
        "slug": output.slug,
        "url": describing.address_of(output),
        "title": edition.title,
        "summary": edition.summary,
        "kind": _term(output.kind),
        "language": output.language,
        "state": output.state,
        "edition": edition.number,
        "stand": edition.stand,
        "published_at": edition.published_at,
        "licence": output.licence,
        "warnings": [
            {"kind": one.kind, "title": one.title, "text": one.text, "since": one.since, "url": whole(one.url)}
            for one in banners
        ],
    }


def whole(address: str) -> str | None:
    """An address of ours with the site's name in front."""
    return settings.BASE_URL + address if address else None


def _term(concept: Any) -> dict[str, str]:
    return {"key": concept.key, "name": concept.name, "facet": concept.facet.key}


def _cited(citation: Citation) -> dict[str, Any]:
    url = ""
    if citation.law and citation.provision:
        url = reverse("law:provision", args=[citation.law.slug, citation.provision.pk])
    return {
        "words": citation.words,
        "law": citation.law_name,
        "section": citation.section,
        "part": citation.path,
        "version": citation.version_note,
        "basis": citation.confirmed and citation.role == Citation.Role.BASIS,
        "url": whole(url),
    }
