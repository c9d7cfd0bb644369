"""The start page and what is said about the centre and this site."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law import queries as law
from nahtstelle.rooms.law.models import Law, Provision
from nahtstelle.rooms.outputs import presenters as output_presenters
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.rooms.outputs.models import Edition, Output
from nahtstelle.site.barriers.referring import report_address

from .ahead import days_ahead
from .monthly import MONTHS, by_month
from .places import Place, place_called, topic_address
from .queries import themes_of
from .standing import standing_in

NEW_SHOWN = 4
CHANGES_SHOWN = 8
THEMES_SHOWN = 6
WEEKS = 2


def home(request: HttpRequest) -> HttpResponse:
    """What the centre knows, what changed, and where to go, in one glance."""
    today = timezone.localdate()
    readable = outputs.published(request.user, on=today)
    changes = law.recent_changes(since=today - timedelta(weeks=WEEKS))
    shown = [law_presenters.shown_change(change, change.reading.law) for change in changes[:CHANGES_SHOWN]]
    return render(
        request,
        "pages/home.html",
        {
            "new": [output_presenters.card(output) | {"lang": output.language} for output in readable[:NEW_SHOWN]],
            "changes": [
                {"law": name, "day": day, "changes": list(of_law)}
                for (name, day), of_law in groupby(shown, key=lambda change: (change.law, change.day))
            ],
            "changes_left": max(changes.count() - CHANGES_SHOWN, 0),
            "ahead": days_ahead(readable, request.user, today=today),
            "this_week": _this_week(readable, today=today),
            "text": standing_in(_called("home.intro"), request),
            "themes": [
                {"label": one.name, "url": topic_address(one), "count": number}
                for one, number in themes_of(readable, shown=THEMES_SHOWN)
            ],
            "numbers": _numbers(readable, today=today),
            "contact": settings.CONTACT_MAIL,
            "tour_url": reverse("demo:tour") if settings.DEMO else "",
            "doors_url": reverse("demo:doors") if settings.DEMO else "",
        },
    )


def _this_week(readable: Any, *, today: date) -> dict[str, int]:
    """What the last seven days brought, this one included, in two numbers."""
    since = today - timedelta(days=6)
    return {
        "changes": law.recent_changes(since=since).order_by().count(),
        "texts": readable.order_by().filter(published_at__date__gte=since).count(),
    }


def _numbers(readable: Any, *, today: date) -> dict[str, Any]:
    since = today - timedelta(days=31 * MONTHS)
    editions = Edition.objects.filter(output__in=readable.order_by().values("pk"), published_at__date__gte=since)
    changes = law.recent_changes(since=since).order_by()
    return {
        "outputs": readable.count(),
        "editions": by_month(editions.values_list("published_at", flat=True), today=today),
        "under_review": readable.filter(state=Output.State.UNDER_REVIEW).count(),
        "changes": by_month(changes.values_list("reading__first_seen", flat=True), today=today),
        "laws": Law.objects.count(),
        "provisions": Provision.objects.filter(gone=False, kind="provision").count(),
    }


def about(request: HttpRequest) -> HttpResponse:
    return _place(request, "about")


def imprint(request: HttpRequest) -> HttpResponse:
    return _place(request, "imprint", operator=settings.OPERATOR)


def privacy(request: HttpRequest) -> HttpResponse:
    return _place(request, "privacy")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement; the way to the form takes along which page of ours the reader came from."""
    shown = _place(request, "accessibility", report_url=report_address(request))
    patch_vary_headers(shown, ["Referer"])  # which page a reader came from is for no other reader
    return shown


def _place(request: HttpRequest, key: str, **more: Any) -> HttpResponse:
    """A fixed page of the site with the text that stands in its place."""
    shown = {"text": standing_in(_called(key), request), "contact": settings.CONTACT_MAIL, **more}
    return render(request, f"pages/{key}.html", shown)


def _called(key: str) -> Place:
    place = place_called(key)
    assert place is not None, f"{key} is one of the fixed places"
    return place
