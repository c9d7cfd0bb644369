"""The start page and what is said about the centre and this site."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law import queries as law
from nahtstelle.rooms.law.models import Law, Provision
from nahtstelle.rooms.outputs import presenters as output_presenters
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.rooms.outputs.models import Edition, Output
from nahtstelle.site.announced import still_announced

from .monthly import MONTHS, by_month

NEW_SHOWN = 4
CHANGES_SHOWN = 8
ANNOUNCED_SHOWN = 4
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
            "announced": still_announced(day=today)[:ANNOUNCED_SHOWN],
            "themes": _themes(readable),
            "numbers": _numbers(readable, today=today),
            "contact": settings.CONTACT_MAIL,
            "tour_url": reverse("demo:tour") if settings.DEMO else "",
            "doors_url": reverse("demo:doors") if settings.DEMO else "",
        },
    )


def _themes(readable: Any) -> list[dict[str, Any]]:
    """The themes most texts are about, each leading to its texts."""
    tagged = Output.concepts.through.objects.filter(
        output__in=readable.order_by().values("pk"), concept__facet__key="theme"
    )
    counted = dict(
        tagged.values_list("concept").annotate(number=Count("output")).order_by("-number", "concept")[:THEMES_SHOWN]
    )
    concepts = Concept.objects.in_bulk(counted)
    address = reverse("outputs:outputs")
    return [
        {"label": concepts[pk].name, "url": f"{address}?{urlencode({'f': concepts[pk].key})}", "count": number}
        for pk, number in counted.items()
    ]


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
    return render(request, "pages/about.html", {"contact": settings.CONTACT_MAIL})


def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/imprint.html", {"operator": settings.OPERATOR, "contact": settings.CONTACT_MAIL})


def privacy(request: HttpRequest) -> HttpResponse:
    words = {"contact": settings.CONTACT_MAIL, "operator": settings.OPERATOR, "mail_days": settings.MAIL_KEPT_DAYS}
    return render(request, "pages/privacy.html", words)


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"contact": settings.CONTACT_MAIL})
