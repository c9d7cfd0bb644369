"""New cuts of a structure: planned, looked at, entered, taken back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.register.people.views.changing import form_page

from .. import actions, recut_queries
from ..models import Network, Recut
from ..presenters import recuts as presenters
from ..recut_forms import ENDS, RecutForm, SuccessorsForm, TargetForm
from ..rules import check_keep_structure

PAGE = 50


def _found(request: HttpRequest, pk: int) -> Recut:
    check_keep_structure(request.user, on=timezone.localdate())
    return get_object_or_404(recut_queries.recuts(), pk=pk)


def recuts(request: HttpRequest) -> HttpResponse:
    """All new cuts, the latest first."""
    check_keep_structure(request.user, on=timezone.localdate())
    page = Paginator(recut_queries.recuts(), PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "breadcrumb": presenters.crumbs(), **presenters.recuts_table(page.object_list)}
    return render(request, "programmes/recuts.html", shown)


def plan(request: HttpRequest) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        return presenters.recut_url(actions.plan_recut(by=request.user.actor, at=timezone.now(), **data))

    return form_page(request, RecutForm(request.POST or None), act, title=_("Plan a new cut"))


def recut(request: HttpRequest, pk: int) -> HttpResponse:
    """What ends, what it goes on as, and every project and role with its target."""
    found = _found(request, pk)
    only_open = request.GET.get("offen") == "1"
    page = Paginator(recut_queries.moves(found, only_open=only_open), PAGE).get_page(request.GET.get("page"))
    total, waiting = found.moves.count(), recut_queries.open_moves(found)
    shown = {
        "recut": found,
        "title": presenters.title_of(found),
        "badge": presenters.badge_of(found),
        "facts": presenters.facts_of(found),
        "actions": presenters.actions_of(found, today=timezone.localdate()),
        "tabs": [
            {"label": _("All moves"), "url": "?", "current": not only_open, "count": total},
            {"label": _("Without a target"), "url": "?offen=1", "current": only_open, "count": waiting},
        ],
        "page": page,
        "breadcrumb": presenters.crumbs((presenters.title_of(found), "")),
        **presenters.mapping_table(found, recut_queries.leaving(found)),
        **presenters.moves_table(found, page.object_list),
    }
    return render(request, "programmes/recut.html", shown)


def network(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """As what one old network goes on."""
    found = _found(request, pk)
    old = get_object_or_404(Network, key=key, level=found.old_level)

    def act(data: dict[str, Any]) -> str:
        actions.set_successors(
            recut=found, old=old, successors=list(data["successors"]), by=request.user.actor, at=timezone.now()
        )
        return presenters.recut_url(found)

    initial = {"successors": list(old.successors.values_list("pk", flat=True))}
    form = SuccessorsForm(request.POST or None, recut=found, initial=initial)
    return form_page(request, form, act, title=_("Goes on as: %s") % old.name, back=presenters.recut_url(found))


def move(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Where one project or role goes."""
    found = _found(request, pk)
    one = get_object_or_404(recut_queries.moves(found), pk=number)
    targets = list(recut_queries.new_networks(found))
    form = TargetForm(
        request.POST or None, targets=targets, initial={"target": ENDS if one.ends else str(one.target_id or "")}
    )

    def act(data: dict[str, Any]) -> str:
        ends = data["target"] == ENDS
        actions.set_target(move=one, target=form.chosen, ends=ends, by=request.user.actor, at=timezone.now())
        return f"{presenters.recut_url(found)}?offen=1"

    title = _("Goes to: %s") % presenters.name_of(one)
    return form_page(request, form, act, title=title, back=presenters.recut_url(found))


@require_POST
def act_on_recut(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter, look again, take back or drop."""
    found = _found(request, pk)
    how = {"recut": found, "by": request.user.actor, "at": timezone.now()}
    if "enter" in request.POST:
        actions.enter_recut(**how)
        messages.success(request, _("The new cut is entered. It can be taken back until its day comes."))
    elif "refresh" in request.POST:
        actions.refresh_recut(**how)
    elif "back" in request.POST:
        actions.take_back_recut(**how)
        messages.success(request, _("The new cut was taken back; it is a plan again."))
    elif "drop" in request.POST:
        actions.drop_recut(**how)
        return redirect("programmes:recuts")
    return redirect("programmes:recut", pk=pk)
