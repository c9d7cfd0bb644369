"""Keeping the pages of the site: which places there are, what stands in each, writing it, putting it in, taking it out."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.vocabulary.folding import matching

from . import actions, presenters, queries
from .forms import PlacesForm, PutForm, WriteForm
from .places import Place, all_places, place_called
from .rules import check_may_keep_pages

PER_PAGE = 30


def pages(request: HttpRequest) -> HttpResponse:
    """All places of the site, with the state of their text in each language."""
    today = timezone.localdate()
    check_may_keep_pages(request.user, on=today)
    form = PlacesForm(request.GET)
    chosen: dict[str, str] = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_narrowed(_places(today), chosen), PER_PAGE).get_page(request.GET.get("page"))
    table = presenters.places_table(page.object_list, queries.placements(place.key for place in page.object_list))
    shown = {"form": form, "page": page, "table": table}
    return render(request, "pages/keep/pages.html", shown)


def _places(today: date) -> list[Place]:
    """All places of today, and those of ended concepts in which a text of ours still stands."""
    places = list(all_places(on=today))
    others = queries.written_keys() - {place.key for place in places}
    return places + [place for place in map(place_called, sorted(others)) if place is not None]


def _narrowed(places: list[Place], chosen: dict[str, str]) -> list[Place]:
    if group := chosen.get("group"):
        places = [place for place in places if place.group == group]
    if written := chosen.get("written"):
        keys = queries.written_keys()
        places = [place for place in places if (place.key in keys) == (written == "yes")]
    if (words := chosen.get("q", "")).strip():
        fitting = set(matching(((number, place.label) for number, place in enumerate(places)), words))
        places = [place for number, place in enumerate(places) if number in fitting]
    return places


def _place(request: HttpRequest, key: str) -> Place:
    check_may_keep_pages(request.user, on=timezone.localdate())
    place = place_called(key) if "\0" not in key else None
    if place is None:
        raise Http404
    return place


def one_place(request: HttpRequest, key: str) -> HttpResponse:
    """One place: its texts, and what can be done."""
    return _page(request, _place(request, key), PutForm())


def _page(request: HttpRequest, place: Place, put: PutForm, status: int = 200) -> HttpResponse:
    placement = queries.placements([place.key]).get(place.key)
    shown: dict[str, Any] = {
        "place": place,
        "placement": placement,
        "table": presenters.texts_table(placement) if placement else None,
        "write": WriteForm(),
        "put": put,
        "may_put": put.fields["output"].queryset.exists(),
    }
    return render(request, "pages/keep/place.html", shown, status=status)


@require_POST
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Start the text of a place and go on to the editor."""
    place = _place(request, key)
    form = WriteForm(request.POST)
    at = timezone.now()

    def act() -> str:
        output = actions.write(place, account=request.user, by=request.user.actor, at=at)
        return reverse("outputs:edit", args=[output.slug])

    return redirect(once(form.cleaned_data.get("submission") if form.is_valid() else None, act, at=at))


@require_POST
def put(request: HttpRequest, key: str) -> HttpResponse:
    place = _place(request, key)
    form = PutForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=422)
    actions.put_in_place(
        place, output=form.cleaned_data["output"], account=request.user, by=request.user.actor, at=timezone.now()
    )
    messages.success(request, _("The text stands in its place. Readers see it as soon as it is published."))
    return redirect("pages:place", key=key)


@require_POST
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    place = _place(request, key)
    actions.take_out(place, account=request.user, by=request.user.actor, at=timezone.now())
    messages.success(request, _("Taken out. The text itself stays in the workshop."))
    return redirect("pages:place", key=key)
