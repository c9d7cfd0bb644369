"""The start page and what is said about the centre."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law import queries as law
from nahtstelle.rooms.law.models import Law, Provision
from nahtstelle.rooms.outputs import presenters as output_presenters
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.rooms.outputs.models import Output

NEW_SHOWN = 5
CHANGES_SHOWN = 6
WEEKS = 2


def home(request: HttpRequest) -> HttpResponse:
    """What the centre knows, what changed, and where to go, in one glance."""
    today = timezone.localdate()
    readable = outputs.published(request.user, on=today)
    changes = law.recent_changes(since=today - timedelta(weeks=WEEKS))[:CHANGES_SHOWN]
    return render(
        request,
        "pages/home.html",
        {
            "new": [output_presenters.card(output) for output in readable[:NEW_SHOWN]],
            "changes": [law_presenters.shown_change(change, change.reading.law) for change in changes],
            "announced": law.announcements_ahead(day=today)[:CHANGES_SHOWN],
            "numbers": {
                "outputs": readable.count(),
                "under_review": readable.filter(state=Output.State.UNDER_REVIEW).count(),
                "laws": Law.objects.count(),
                "provisions": Provision.objects.filter(gone=False, kind="provision").count(),
            },
            "tour_url": reverse("demo:tour") if settings.DEMO else "",
        },
    )


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")
