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

from . import importing, presenters, queries, rules, undoing
from .forms import ImportForm, UndoForm
from .models import Import, ImportItem

PER_PAGE = 30


def imports(request: HttpRequest) -> HttpResponse:
    """All imports, newest first."""
    rules.check_may_import(request.user, on=timezone.localdate())
    page = Paginator(queries.imports(), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": presenters.import_rows(page),
        "columns": presenters.import_columns(),
        "head": presenters.imports_head(),
    }
    return render(request, "law/imports.html", shown)


def new_import(request: HttpRequest) -> HttpResponse:
    """Give a delivery; it is only checked, nothing changes yet."""
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
    words = {"form": form, "head": presenters.new_import_head()}
    return render(request, "law/new_import.html", words, status=422 if form.errors else 200)


def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its progress, what every file is and would change, and what can be done now."""
    rules.check_may_import(request.user, on=timezone.localdate())
    batch = get_object_or_404(Import.objects.select_related("started_by__person"), pk=pk)
    return _import_page(request, batch, UndoForm())


def _import_page(request: HttpRequest, batch: Import, undo_form: UndoForm, *, status: int = 200) -> HttpResponse:
    figures = queries.figures_of(batch)
    shown = {
        "batch": batch,
        "progress": presenters.progress_of(batch, figures),
        "busy": batch.state in (Import.State.CHECKING, Import.State.RUNNING),
    }
    if request.GET.get("fortschritt") and request.htmx:
        response = render(request, "law/_import_progress.html", shown)
        if not shown["busy"]:
            response["HX-Refresh"] = "true"
        return response
    only = request.GET.get("zustand", "")
    page = Paginator(queries.files_of(batch, state=only), PER_PAGE).get_page(request.GET.get("page"))
    shown |= {
        "head": presenters.import_head(batch, figures),
        "tiles": presenters.summary_tiles(batch, figures),
        "filters": presenters.state_filters(figures, only),
        "page": page,
        "columns": presenters.item_columns(),
        "rows": [presenters.item_row(item, batch) for item in page],
        "actions": presenters.import_actions(batch, refused(rules.check_import_can_be_confirmed, batch)),
        "undoable": batch.state == Import.State.DONE,
        "undo_barred": presenters.undo_barred(refused(undoing.check_can_be_undone, batch)),
        "undo_form": undo_form,
    }
    return render(request, "law/import.html", shown, status=status)


@require_POST
def act_on_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, abandon, take back, or leave one file out."""
    rules.check_may_import(request.user, on=timezone.localdate())
    batch = get_object_or_404(Import.objects.select_related("started_by__person"), pk=pk)
    by, at = request.user.actor, timezone.now()
    if "confirm" in request.POST:
        importing.confirm(batch, by=by, at=at)
    elif "abandon" in request.POST:
        importing.abandon(batch, by=by, at=at)
        messages.info(request, _("The import was abandoned; nothing was changed."))
    elif "undo" in request.POST:
        form = UndoForm(request.POST)
        if not form.is_valid():
            return _import_page(request, batch, form, status=422)
        undoing.undo(batch, why=form.cleaned_data["why"], by=by, at=at)
        messages.info(request, _("The import is being taken back; what followed from it goes with it."))
    elif "leave" in request.POST or "return" in request.POST:
        leave = "leave" in request.POST
        number = request.POST["leave" if leave else "return"]
        item = get_object_or_404(ImportItem, pk=number if number.isascii() and number.isdigit() else None, batch=batch)
        importing.leave_out(item, leave=leave, by=by, at=at)
    return redirect("law:import", pk=pk)
