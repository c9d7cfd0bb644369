"""The page of the search, and its suggestions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .asking import asked_in
from .forms import SearchForm
from .index import search as find
from .index import suggest
from .presenters import searches
from .presenters.hits import cards
from .presenters.labels import facet_rows
from .readers import keys_of


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything the reader may see, as far as it answers; without a question, how to ask."""
    today = timezone.localdate()
    asked = asked_in(request.GET)
    keys = keys_of(request.user, on=today)
    found = find(asked.question(keys=keys, language=get_language() or "de", today=today))
    facets = facet_rows(found.counted, asked.chosen)
    per_page = asked.question(keys=keys, language="", today=today).per_page
    page = Paginator(range(min(found.counted.total, found.pages * per_page)), per_page).get_page(found.page)
    return render(
        request,
        "search/search.html",
        {
            "asked": asked,
            "form": SearchForm({"q": asked.typed, "seit": asked.span, "sort": asked.sort.value}),
            "kept": [(name, value) for name, values in asked.chosen.items() for value in values],
            "hidden": [pair for pair in asked.pairs() if pair[0] in ("q", "seit", "sort")],
            "facets": facets,
            "chips": searches.chips(facets, asked),
            "clear_url": searches.address(type(asked)(typed=asked.typed)),
            "here": reverse("search:search"),
            "cards": cards(found),
            "number": searches.number_of(found),
            "note": searches.note_of(found),
            "corrections": searches.corrections(found, asked),
            "lessons": searches.lessons(),
            "page": page,
            "save_url": "" if asked.lasting().is_empty else f"{reverse('search:save')}?{asked.lasting().address()}",
            "saved_url": reverse("search:saved") if request.user.is_authenticated else "",
            "title": asked.typed,
        },
    )


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the box: ways to go on from what is typed."""
    found = suggest(request.GET.get("q", ""), keys=keys_of(request.user, on=timezone.localdate()))
    response = render(request, "search/suggestions.html", {"suggestions": found})
    response["Cache-Control"] = "private, max-age=60"
    return response
