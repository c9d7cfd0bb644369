"""Importing law: give, look at the preview, confirm, watch it run, take it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.plumbing.kit.submissions import once

from . import importing, presenters, rules, undoing
from .forms import ImportForm
from .models import Import, ImportItem

PER_PAGE = 30


def imports(request: HttpRequest) -> HttpResponse:
    rules.check_may_import(request.user, on=timezone.localdate())
    page = Paginator(Import.objects.select_related("started_by__person"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "law/imports.html", {"page": page})


def new_import(request: HttpRequest) -> HttpResponse:
    rules.check_may_import(request.user, on=timezone.localdate())
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["package"]
        at = timezone.now()

        def act() -> str:
            batch = importing.give_package(
                name=given.name, content=given.read(), seen_on=form.cleaned_data["seen_on"],
                complete=form.cleaned_data["complete"], by=request.user.actor, at=at,
            )  # fmt: skip
            return reverse("law:import", args=[batch.pk])

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=at))
        except (Refusal, StorageTrouble) as trouble:
            form.add_error(None, str(trouble))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "law/new_import.html", {"form": form}, status=status)


def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_may_import(request.user, on=timezone.localdate())
    batch = get_object_or_404(Import.objects.select_related("started_by__person"), pk=pk)
    items = batch.items.select_related("reading__law")
    total = items.count()
    waiting = items.filter(state=ImportItem.State.WAITING).count()
    open_items = items.filter(done=False).count()
    page = Paginator(items.order_by("-trouble", "id"), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "batch": batch,
        "page": page,
        "rows": [_row(item, batch) for item in page],
        "total": total,
        "checked": total - waiting,
        "done": total - open_items,
        "busy": batch.state in (Import.State.CHECKING, Import.State.RUNNING),
        "not_confirmable": refused(rules.check_import_can_be_confirmed, batch),
        "undoable": batch.state == Import.State.DONE,
        "refused": items.filter(state=ImportItem.State.REFUSED).count(),
    }
    template = "law/_import_progress.html" if request.GET.get("fortschritt") and request.htmx else "law/import.html"
    response = render(request, template, shown)
    if template.startswith("law/_") and not shown["busy"]:
        response["HX-Refresh"] = "true"
    return response


def _row(item: ImportItem, batch: Import) -> list[object]:
    row = presenters.item_row(item)
    if item.reading is not None:
        row[1] = {"text": item.law_name, "url": reverse("law:reading", args=[item.reading.law.slug, item.reading_id])}
    if batch.state == Import.State.PREVIEW and item.state != ImportItem.State.REFUSED:
        leave = item.state != ImportItem.State.LEFT_OUT
        label = _("leave out") if leave else _("take in after all")
        action = {
            "label": label, "url": reverse("law:import-act", args=[batch.pk]), "post": True, "kind": "tertiary",
            "name": "leave" if leave else "return", "value": item.pk,
        }  # fmt: skip
        row.append({"actions": [action]})
    else:
        row.append("")
    return row


@require_POST
def act_on_import(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_may_import(request.user, on=timezone.localdate())
    batch = get_object_or_404(Import, pk=pk)
    by, at = request.user.actor, timezone.now()
    if "confirm" in request.POST:
        importing.confirm(batch, by=by, at=at)
    elif "abandon" in request.POST:
        importing.abandon(batch, by=by, at=at)
        messages.info(request, _("The import was abandoned; nothing was changed."))
    elif "undo" in request.POST:
        undoing.undo(batch, why=request.POST.get("why", ""), by=by, at=at)
        messages.info(request, _("The import is being taken back; what followed from it goes with it."))
    elif "leave" in request.POST or "return" in request.POST:
        leave = "leave" in request.POST
        item = get_object_or_404(ImportItem, pk=request.POST["leave" if leave else "return"], batch=batch)
        importing.leave_out(item, leave=leave, by=by, at=at)
    return redirect("law:import", pk=pk)
