"""The vocabulary as SKOS: one concept, one facet, all of it."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from ..models import Concept, Facet
from ..rules import check_export
from ..skos.terms import FORMS, Form
from ..skos.writing import Addresses, graph_of, written
from ..states import states_of
from ..values import FacetValue


def address_of(key: str) -> str:
    """The lasting address of a concept."""
    return settings.BASE_URL + reverse("vocabulary:concept", args=[key])


def _facet_address(key: str) -> str:
    return settings.BASE_URL + reverse("vocabulary:facet", args=[key])


def everything(request: HttpRequest, form: str) -> HttpResponse:
    """All facets in one file."""
    return _exported(request, Facet.objects.all(), Concept.objects.all(), "vocabulary", form)


def one_facet(request: HttpRequest, key: str, form: str) -> HttpResponse:
    facets = Facet.objects.filter(key=key)
    get_object_or_404(facets)
    return _exported(request, facets, Concept.objects.filter(facet__key=key), key, form)


def one_concept(request: HttpRequest, key: str, form: str) -> HttpResponse:
    return exported_concept(key, _form(form))


def exported_concept(key: str, form: Form) -> HttpResponse:
    """One concept in a form of SKOS; its facet and neighbours are named, not told."""
    concepts = Concept.objects.filter(key=key)
    facets = Facet.objects.filter(concepts__key=key)
    get_object_or_404(concepts)
    return _answer(facets, concepts, form)


def _exported(
    request: HttpRequest, facets: Iterable[Facet], concepts: QuerySet[Concept], name: str, ending: str
) -> HttpResponse:
    form = _form(ending)
    check_export(request.user, concepts.count(), on=timezone.localdate())
    response = _answer(facets, concepts, form)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
    return response


def _form(ending: str) -> Form:
    if ending not in FORMS:
        raise Http404
    return FORMS[ending]


def _answer(facets: Iterable[Facet], concepts: QuerySet[Concept], form: Form) -> HttpResponse:
    values = states_of(concepts)
    neighbours = {key for v in values.values() for key in (*v.broader, *v.related, v.replaced_by)} - set(values)
    elsewhere = Concept.objects.filter(key__in=neighbours).exclude(uri="") if neighbours else Concept.objects.none()
    graph = graph_of(
        [FacetValue(facet.key, facet.name_de, facet.name_en, facet.position) for facet in facets],
        values.values(),
        addresses=Addresses(facet=_facet_address, concept=address_of),
        uris=dict(elsewhere.values_list("key", "uri")),
        day=timezone.localdate(),
    )
    return HttpResponse(written(graph, form), content_type=f"{form.media_type}; charset=utf-8")
