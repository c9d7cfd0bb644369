"""The demo's own pages: choose a person, take the tour."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import NotYours
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import importing, rules

from .content_files import tour_files
from .touring import PERSONAS, steps


def doors(request: HttpRequest) -> HttpResponse:
    accounts = {a.person.slug: a for a in Account.objects.filter(person__slug__in=[p.slug for p in PERSONAS]).select_related("person")}
    shown = [(persona, accounts[persona.slug]) for persona in PERSONAS if persona.slug in accounts]
    return render(request, "demo/doors.html", {"personas": shown, "next": request.GET.get("next", "")})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as an invented person; only the people on the page, and only in the demo."""
    slug = request.POST.get("person", "")
    if slug not in {persona.slug for persona in PERSONAS}:
        raise Http404
    account = get_object_or_404(Account, person__slug=slug)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    wish = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(wish, allowed_hosts={request.get_host()}):
        wish = reverse("desk:start")
    return redirect(wish)


def tour(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/tour.html", {"steps": steps()})


@require_POST
def bring_reading(request: HttpRequest) -> HttpResponse:
    """Hand the tour's new readings to the import, as an upload would; the preview follows."""
    if not isinstance(request.user, Account):
        raise NotYours(_("Please sign in first."))
    now = timezone.now()
    rules.check_may_import(request.user, on=now.date())
    batch = importing.give_files(
        source=_("Demo tour"), files=tour_files(), seen_on=timezone.localdate(now), complete=False, by=request.user.actor,
        at=now,
    )  # fmt: skip
    messages.info(request, _("Two new readings arrived. They are being checked; then you see what they would change."))
    return redirect("law:import", pk=batch.pk)


def tour_file(request: HttpRequest, name: str) -> HttpResponse:
    """The tour's files, to be uploaded by hand."""
    content = dict(tour_files()).get(name)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
