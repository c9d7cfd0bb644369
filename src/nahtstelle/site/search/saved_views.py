"""Pages of saved searches: saving one, one's own, and the links in letters."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.rules import check_signed_in

from . import saving
from .asking import asked_by, asked_in
from .forms import SaveForm
from .links import CONFIRM, END, saved_behind
from .models import SavedSearch
from .presenters import searches
from .presenters.labels import spoken

PER_PAGE = 25


def save(request: HttpRequest) -> HttpResponse:
    """Ask how often, and whom without an account also where to; then keep the search."""
    asked = asked_in(request.GET).lasting()
    saving.check_savable(asked.address())
    account = request.user if isinstance(request.user, Account) else None
    form = SaveForm(request.POST or None, with_mail=account is None)
    if request.method == "POST" and form.is_valid():
        given, now = form.cleaned_data, timezone.now()

        def act() -> str:
            if account is not None:
                saving.save_for_person(
                    person=account.person, query=asked.address(), rhythm=given["rhythm"], by=account.actor, at=now
                )
                return reverse("search:saved")
            saving.ask_by_mail(
                mail=given["mail"], query=asked.address(), rhythm=given["rhythm"], language=(get_language() or "de")[:2], at=now
            )  # fmt: skip
            return reverse("search:asked")

        target = once(given["submission"], act, at=now)
        if account is not None:
            messages.success(request, _("The search is kept."))
        return redirect(target)
    words = {
        "form": form,
        "search": spoken(asked),
        "back": searches.address(asked),
        "without_account": account is None,
    }
    return render(request, "search/save.html", words, status=422 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """A letter is on its way, if the address can have one."""
    return render(request, "search/asked.html", {"days": saving.UNCONFIRMED_KEPT.days})


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The reader's own saved searches."""
    check_signed_in(request.user)
    own = SavedSearch.objects.filter(person=request.user.person)
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "search/saved.html", {"page": page, "rows": searches.saved_rows(page)})


@require_POST
def forget(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own; another's is nobody's business: 404."""
    check_signed_in(request.user)
    own = get_object_or_404(SavedSearch, pk=number, person=request.user.person)
    saving.end(own, by=request.user.actor, at=timezone.now())
    messages.success(request, _("You get no more news on this search."))
    return redirect("search:saved")


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening asks, posting confirms: mail scanners open every link."""
    now = timezone.now()
    found = saved_behind(CONFIRM, token, on=timezone.localdate(now))
    return _by_link(request, found, "search/confirm.html", lambda one: saving.confirm(one, at=now))


@csrf_exempt  # RFC 8058: the mail program posts here itself, without cookies; the token is the proof
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Opening asks, posting ends it."""
    now = timezone.now()
    found = saved_behind(END, token, on=timezone.localdate(now))
    return _by_link(request, found, "search/end.html", lambda one: saving.end(one, by=saving.WITHOUT_ACCOUNT, at=now))


def _by_link(
    request: HttpRequest, found: SavedSearch | None, template: str, act: Callable[[SavedSearch], None]
) -> HttpResponse:
    if found is None:
        return render(request, template, {"gone": True})
    with translation.override(found.language):
        asked = asked_by(found.query)
        words = {"search": spoken(asked), "mail": found.mail, "done": request.method == "POST",
                 "rhythm": found.get_rhythm_display(), "url": searches.address(asked)}  # fmt: skip
        if request.method == "POST":
            act(found)
        return render(request, template, words)
