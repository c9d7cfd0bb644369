"""Pages about notices: the inbox, how a person wants to be told, and the way out without an account."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.rules import check_signed_in
from nahtstelle.register.people.models import Person

from . import actions, presenters, queries
from .forms import PreferenceForm
from .models import Notice
from .unsubscribing import Subscription, read_token

PER_PAGE = 25


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    person = check_signed_in(request.user).person
    unread = request.GET.get("show") == "unread"
    # PostgreSQL refuses even to look for a NUL character.
    kinds = [name for value in request.GET.getlist("kind") for name in value.replace("\x00", "").split()]
    page = Paginator(queries.inbox(person, unread=unread, kinds=kinds), PER_PAGE).get_page(request.GET.get("page"))
    waiting = queries.unread_count(person)
    shown = {"show": "unread"} if unread else {}
    return render(
        request,
        "notices/inbox.html",
        {
            "page": page,
            "items": [presenters.item(notice, here=request.get_full_path()) for notice in page],
            "tabs": [
                {"label": _("All"), "url": reverse("notices:inbox"), "current": not unread},
                {"label": _("Unread"), "url": "?show=unread", "current": unread, "count": waiting},
            ],
            "facets": presenters.facets(queries.kinds_in_inbox(person), chosen=kinds),
            "hidden": list(shown.items()),
            "clear_url": "?show=unread" if unread else reverse("notices:inbox"),
            "unread": unread,
            "narrowed": bool(kinds),
            "head_actions": _head_actions(waiting),
        },
    )


def _head_actions(waiting: int) -> list[dict[str, object]]:
    settings = {"label": _("How I am told"), "url": reverse("notices:preferences"), "kind": "tertiary"}
    read_all = {
        "label": _("Mark all as read"),
        "url": reverse("notices:read-all"),
        "post": True,
        "icon": "check",
        "disabled_reason": "" if waiting else _("Everything is read."),
    }
    return [read_all, settings]


@require_safe
def open_notice(request: HttpRequest, number: int) -> HttpResponse:
    """To what the notice is about; it counts as read."""
    notice = _mine(request, number)
    actions.mark_read(notice=notice, at=timezone.now())
    return redirect(notice.link or "notices:inbox")


@require_POST
def read(request: HttpRequest, number: int) -> HttpResponse:
    actions.mark_read(notice=_mine(request, number), at=timezone.now())
    return redirect(_way_back(request))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(person=check_signed_in(request.user).person, at=timezone.now())
    return redirect("notices:inbox")


def _mine(request: HttpRequest, number: int) -> Notice:
    # Not even the existence of another person's notice is anybody's business: 404.
    return get_object_or_404(Notice, pk=number, person=check_signed_in(request.user).person)


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("notices:inbox")


def preferences(request: HttpRequest) -> HttpResponse:
    account = check_signed_in(request.user)
    now = timezone.now()
    form = PreferenceForm(
        request.POST or None, instance=queries.preference_of(account.person), on=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        actions.set_preference(person=account.person, **form.cleaned_data, by=account.actor, at=now)
        messages.success(request, _("Your choice is kept."))
        return redirect("notices:preferences")
    context = {"form": form, "mail": account.person.mail, "barred": queries.is_barred(account.person.mail)}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@csrf_exempt  # RFC 8058: the mail program posts here itself, without cookies; the token is the proof
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening asks, posting does it. Needs no account."""
    now = timezone.now()
    wish = read_token(token, on=timezone.localdate(now))
    person = get_object_or_404(Person, pk=wish.person, erased_at=None)
    with translation.override(person.language):
        done = request.method == "POST"
        if done:
            by = Actor(ref=f"person:{person.pk}", label=person.name)
            actions.unsubscribe(person=person, what=wish.what, by=by, at=now)
        context = {"what": Subscription(wish.what).label, "mail": person.mail, "done": done}
        return render(request, "notices/unsubscribe.html", context)
