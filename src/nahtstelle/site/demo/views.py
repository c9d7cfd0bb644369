"""The demo's own pages: choose a person, take the tour, read the letters nobody sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import NotNow, may
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import importing, rules

from ..door.entering import safe, sign_in
from ..door.proof import DEMO
from . import letters
from .company import LEGAL
from .content_files import tour_files
from .moments import TOUR_DAY
from .touring import PERSONAS, Standing, steps

LETTERS_PER_PAGE = 20


def doors(request: HttpRequest) -> HttpResponse:
    """All personas of the demo as buttons; ``next`` leads on to where the visitor came from."""
    wanted = Account.objects.filter(person__slug__in=[persona.slug for persona in PERSONAS])
    accounts = {account.person.slug: account for account in wanted.select_related("person")}
    shown = [(persona, accounts[persona.slug]) for persona in PERSONAS if persona.slug in accounts]
    return render(request, "demo/doors.html", {"personas": shown, "next": request.GET.get("next", "")})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as an invented person; only the people on the page, and only in the demo."""
    slug = request.POST.get("person", "")
    if slug not in {persona.slug for persona in PERSONAS}:
        raise Http404
    _become(request, slug)
    return redirect(safe(request, request.POST.get("next", "")))


def _become(request: HttpRequest, slug: str) -> None:
    account = get_object_or_404(Account, person__slug=slug)
    # Nobody proves anything here: an invented person was chosen, and the demo asks for no second factor.
    sign_in(request, account, second=DEMO, at=timezone.now())


def tour(request: HttpRequest) -> HttpResponse:
    """The steps with what is done already; ``early`` where this computer's clock lies before the story's end."""
    early = timezone.localdate() < TOUR_DAY
    return render(request, "demo/tour.html", {"steps": steps(), "early": early, "tour_day": TOUR_DAY})


@require_POST
def bring_reading(request: HttpRequest) -> HttpResponse:
    """Hand the tour's new readings to the import, as an upload would; the preview follows.

    Who may not import becomes the legal officer first. Once brought, the same import is shown again.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    known = Standing().batch
    if not may(rules.check_may_import, request.user, on=today):
        _become(request, LEGAL)
    if known is not None:
        return redirect("law:import", pk=known.pk)
    if today < TOUR_DAY:
        raise NotNow(_("The clock of this computer lies before the day of the new readings."))
    batch = importing.give_files(
        source=_("Demo tour"), files=tour_files(), seen_on=today, complete=False,
        by=request.user.actor, at=now,
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


def letter_list(request: HttpRequest) -> HttpResponse:
    """Every letter in the outbox, a page at a time."""
    words = request.GET.get("q", "").strip()
    page = Paginator(letters.letters(words), LETTERS_PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        # A letter is in its reader's language, whatever the page's is.
        one.subject_shown = format_html('<span lang="{}">{}</span>', one.language, one.subject)
    return render(request, "demo/letters.html", {"page": page, "words": words})


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as its reader would get it, with links that work."""
    shown = get_object_or_404(Letter.objects.select_related("person"), pk=pk)
    return render(request, "demo/letter.html", {"letter": shown, "text": letters.with_links(shown.text)})
