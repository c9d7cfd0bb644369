"""Reading the vocabulary: anybody may."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from nahtstelle.plumbing.kit.refusals import may

from .. import queries
from ..days import day_of
from ..forms import BrowseForm, SearchForm
from ..models import Concept
from ..presenters import concepts as presenters
from ..presenters.facets import tree_of
from ..rules import check_edit
from ..skos.terms import FORMS
from .exporting import exported_concept

TREE = 400  # concepts; larger facets are paged
PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """All facets; with ``?q=`` what is called so."""
    today = timezone.localdate()
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "form": form,
        "facets": [] if words else queries.facets_on(today),
        "words": words,
        "exports": presenters.exports("vocabulary:export"),
        "may_edit": may(check_edit, request.user, on=today),
    }
    if words:
        found = queries.concepts_like(words).order_by("facet__position", "position", "name_de")
        context["page"] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "vocabulary/index.html", context)


def facet(request: HttpRequest, key: str) -> HttpResponse:
    """One facet on a day: as a tree, or in pages where it is large."""
    chosen = get_object_or_404(queries.facets_on(day_of(request)), key=key)
    form = BrowseForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    concepts = queries.concepts_of(key, on=day_of(request)).order_by("position", "name_de", "key")
    context = {
        "breadcrumb": presenters.way((chosen.name, "")),
        "facet": chosen,
        "form": BrowseForm(initial={"q": words, "am": request.GET.get("am", "")}),
        "day": day_of(request),
        "words": words,
        "exports": presenters.exports("vocabulary:facet-export", key=key),
        "may_edit": may(check_edit, request.user, on=timezone.localdate()),
    }
    if words:
        concepts = queries.concepts_like(words, facet_key=key, on=day_of(request)).order_by("position", "name_de")
    if words or chosen.number > TREE:
        context["page"] = Paginator(concepts, PAGE).get_page(request.GET.get("page"))
    else:
        rows = concepts.values("key", "name_de", "name_en", "valid_from", "valid_until", "broader__key")
        context["branches"] = tree_of(rows)
    return render(request, "vocabulary/facet.html", context)


def concept(request: HttpRequest, key: str) -> HttpResponse:
    """One concept: a page for people, SKOS for those who ask for it."""
    wanted = request.get_preferred_type(["text/html", *(form.media_type for form in FORMS.values())])
    form = next((form for form in FORMS.values() if form.media_type == wanted), None)
    if form is not None:
        response = exported_concept(key, form)
    else:
        today = timezone.localdate()
        found = get_object_or_404(presenters.for_page(Concept.objects.all()), key=key)
        may_edit = may(check_edit, request.user, on=today)
        context = {
            "breadcrumb": presenters.way((found.facet.name, presenters.facet_url(found.facet.key)), (found.name, "")),
            "concept": found,
            "page": presenters.concept_page(found, on=day_of(request)),
            "may_edit": may_edit,
            "mappings": presenters.mapped_terms(queries.mappings_of(found)),
            "history": presenters.history_of(found) if may_edit else [],
        }
        response = render(request, "vocabulary/concept.html", context)
    patch_vary_headers(response, ["Accept"])
    return response
