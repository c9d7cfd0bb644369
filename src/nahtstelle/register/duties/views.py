"""Pages about duties: the list on the desk, one duty, and what can be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, may
from nahtstelle.plumbing.kit.submissions import OnceForm, once
from nahtstelle.plumbing.ledger.presenters import trail_lines
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import staff

from . import actions, presenters, queries, rules
from .forms import DelegateForm, DropForm, SettleForm
from .kinds import sentence_of
from .models import Duty
from .questions import answers_to

PER_PAGE = 20
OFFERED = 50  # people in the list to choose from


def duties(request: HttpRequest) -> HttpResponse:
    """What I owe, what I handed on, what is closed; for the desk of the centre what was escalated."""
    account = rules.check_signed_in(request.user)
    today = timezone.localdate()
    view, views = _view(request, account)
    chosen = views[view][1]
    when, kinds = request.GET.getlist("when"), _clean(*request.GET.getlist("kind"))
    (words,) = _clean(request.GET.get("q", "")[:200])
    found = queries.narrowed(chosen, on=today, when=when, kinds=kinds, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facets = presenters.facets(chosen, queries.counts(chosen, on=today), when=when, kinds=kinds)
    return render(
        request,
        "duties/duties.html",
        {
            "page": page,
            "items": [presenters.item(duty) for duty in page],
            "tabs": [
                {"label": label, "url": f"?view={name}", "current": name == view, "count": some.count()}
                for name, (label, some) in views.items()
            ],
            "facets": facets if view != "closed" else [],
            "view": view,
            "words": words,
            "hidden": [("view", view), *([("q", words)] if words else [])],
            "clear_url": f"?view={view}",
            "narrowed": bool(when or kinds or words),
        },
    )


def _clean(*values: str) -> list[str]:
    """Without NUL characters, which PostgreSQL refuses even to look for."""
    return [value.replace("\x00", "") for value in values]


def _view(request: HttpRequest, account: Account) -> tuple[str, dict[str, tuple[str, QuerySet[Duty]]]]:
    person = account.person
    views = {
        "mine": (_("My duties"), queries.of_person(person)),
        "handed-on": (_("Handed on"), queries.handed_on_by(person)),
    }
    if may(rules.check_desk, account, on=timezone.localdate()):
        views["escalated"] = (_("Escalated"), queries.escalated())
    views["closed"] = (_("Closed"), queries.closed_of(person))
    asked = request.GET.get("view", "mine")
    return (asked if asked in views else "mine"), views


def duty(request: HttpRequest, number: int) -> HttpResponse:
    found = _duty(number)
    today = timezone.localdate()
    rules.check_may_act(request.user, found, on=today)
    return render(
        request,
        "duties/duty.html",
        {
            "title": sentence_of(found),
            "duty": presenters.item(found),
            "facts": presenters.facts_of(found, answers_to(found, reader=request.user, on=today)),
            "actions": presenters.actions_of(found, request.user, on=today),
            "trail": trail_lines(trail_of(found)[:50]),
        },
    )


def settle(request: HttpRequest, number: int) -> HttpResponse:
    found = _duty(number)
    form = SettleForm(request.POST or None)

    def act() -> str:
        actions.settle(duty=found, how=form.cleaned_data["how"], by=_account(request).actor, at=timezone.now())
        return reverse("duties:duties")

    words = {"title": _("Settle the duty"), "confirm_label": _("Settled"), "done": _("The duty is settled.")}
    return _ask(request, found, form, act, check=rules.check_close, words=words)


def drop(request: HttpRequest, number: int) -> HttpResponse:
    found = _duty(number)
    form = DropForm(request.POST or None)

    def act() -> str:
        actions.drop(duty=found, why=form.cleaned_data["why"], by=_account(request).actor, at=timezone.now())
        return reverse("duties:duties")

    words = {
        "title": _("The duty is no longer needed"),
        "confirm_label": _("Drop the duty"),
        "done": _("The duty was dropped."),
        "dangerous": True,
    }
    return _ask(request, found, form, act, check=rules.check_close, words=words)


def delegate(request: HttpRequest, number: int) -> HttpResponse:
    found = _duty(number)
    (who,) = _clean(request.GET.get("who", "")[:100].strip())
    form = DelegateForm(request.POST or None, offered=_offered(found, _account(request), who))

    def act() -> str:
        chosen = form.cleaned_data
        actions.delegate(
            duty=found, to=chosen["to"], note=chosen["note"], by=_account(request).actor, at=timezone.now()
        )
        return reverse("duties:duties")

    words = {"title": _("Hand the duty on"), "confirm_label": _("Hand on"), "done": _("The duty was handed on.")}
    return _ask(
        request, found, form, act, check=rules.check_delegate, words={**words, "who": who}, page="duties/delegate.html"
    )


def _offered(found: Duty, account: Account, who: str) -> QuerySet[Any]:
    """The staff of the centre; with words all people whose name holds them."""
    people = queries.reachable().exclude(pk__in={account.person_id, found.owner_id} - {None})
    if who:
        return people.filter(name__icontains=who)[:OFFERED]
    return people.filter(pk__in=staff(on=timezone.localdate()).values("pk"))[:OFFERED]


def _ask(
    request: HttpRequest,
    found: Duty,
    form: OnceForm,
    act: Callable[[], str],
    *,
    check: Callable[..., None],
    words: dict[str, Any],
    page: str = "look/confirm.html",
) -> HttpResponse:
    """Ask, carry out once however often it is sent, and go back to the list."""
    if request.method == "POST" and form.is_valid():
        try:
            address = once(form.cleaned_data["submission"], act, at=timezone.now())
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, words["done"])
            return redirect(address)
    else:
        check(request.user, found, on=timezone.localdate())
    cancel = reverse("duties:duty", args=[found.pk])
    context = {**words, "form": form, "text": sentence_of(found), "cancel_url": cancel}
    return render(request, page, context, status=200 if request.method == "GET" else 422)


def _duty(number: int) -> Duty:
    return get_object_or_404(Duty.objects.select_related("owner", "delegated_by", "escalated_to"), pk=number)


def _account(request: HttpRequest) -> Account:
    return rules.check_signed_in(request.user)
