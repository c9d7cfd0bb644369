"""Keeping redirects: the list, adding, changing, dropping, files in and out."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal

from . import actions, queries, rows
from .forms import FileForm, RedirectForm, SearchForm
from .models import Redirect
from .rules import check_may_keep_redirects

PER_PAGE = 50
YEAR = timedelta(days=365)


def _today(request: HttpRequest) -> date:
    today = timezone.localdate()
    check_may_keep_redirects(request.user, on=today)
    return today


def redirects(request: HttpRequest) -> HttpResponse:
    today = _today(request)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.redirects(words=words, since=(today - YEAR).replace(day=1))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    columns = [
        {"label": _("Old address"), "kind": "head"}, _("leads to"), _("Note"),
        {"label": _("used within a year"), "kind": "number"},
    ]  # fmt: skip
    table = [
        [{"text": one.old, "url": reverse("redirects:change", args=[one.pk])}, one.new, one.note, one.uses or 0]
        for one in page
    ]
    actions_shown = [
        {"label": _("Add a redirect"), "url": reverse("redirects:add"), "kind": "primary", "icon": "add"},
        {"label": _("Take in a file"), "url": reverse("redirects:import")},
        {"label": _("As CSV"), "url": reverse("redirects:export"), "icon": "download"},
    ]
    shown = {
        "form": form, "page": page, "columns": columns, "rows": table, "actions": actions_shown, "filtered": bool(words),
        "add": actions_shown[0],
    }  # fmt: skip
    return render(request, "redirects/redirects.html", shown)


def add(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    _today(request)
    return _edit(request, get_object_or_404(Redirect, pk=pk))


def _edit(request: HttpRequest, known: Redirect | None) -> HttpResponse:
    _today(request)
    initial = {name: getattr(known, name) for name in actions.FIELDS} if known else {}
    form = RedirectForm(request.POST or None, initial=initial, host=request.get_host())
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_redirect(
                known, account=request.user, by=request.user.actor, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("Set. Whoever comes by the old address is led on from now."))
            return redirect("redirects:redirects")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    history = known.hits.order_by("-month")[:12] if known else []
    shown = {"form": form, "known": known, "history": history}
    return render(request, "redirects/redirect.html", shown, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    _today(request)
    actions.drop(get_object_or_404(Redirect, pk=pk), account=request.user, by=request.user.actor, at=timezone.now())
    messages.success(request, _("Dropped. The old address is unknown again."))
    return redirect("redirects:redirects")


def take_in(request: HttpRequest) -> HttpResponse:
    """A file of redirects: rows with a problem are named, and nothing is kept unless all are good or that is wanted."""
    today = _today(request)
    form = FileForm(request.POST or None, request.FILES or None)
    judged: rows.Judged | None = None
    taken = False
    if request.method == "POST" and form.is_valid():
        try:
            judged = rows.judged(
                form.cleaned_data["file"], ways=queries.ways(), account=request.user, host=request.get_host(), on=today
            )
            if judged.rows and (not judged.problems or form.cleaned_data["rest"]):
                number = actions.take_in(judged.rows, account=request.user, by=request.user.actor, at=timezone.now())
                said = ngettext("%(n)d redirect taken in.", "%(n)d redirects taken in.", number)
                messages.success(request, said % {"n": number})
                if not judged.problems:
                    return redirect("redirects:redirects")
                taken = True
            elif not judged.rows and not judged.problems:
                form.add_error("file", _("There is no redirect in this file."))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    shown: dict[str, Any] = {"form": form, "judged": judged, "taken": taken}
    if judged is not None:
        shown["columns"] = [{"label": _("Row"), "kind": "head"}, _("What stands there"), _("Problem")]
        shown["rows"] = [[str(one.line), one.words, one.why] for one in judged.problems]
    bad = form.errors or (judged is not None and judged.problems)
    return render(request, "redirects/import.html", shown, status=422 if bad and not taken else 200)


def export(request: HttpRequest) -> HttpResponse:
    _today(request)
    content = rows.written(Redirect.objects.order_by("old").values_list(*actions.FIELDS))
    response = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="umleitungen.csv"'
    return response
