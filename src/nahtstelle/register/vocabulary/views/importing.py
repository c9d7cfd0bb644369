"""Importing concepts: give a file, look at what it would do, carry it out, take it back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import once

from .. import actions, queries
from ..actions.importing import fitted_now
from ..forms import ImportForm
from ..models import Batch
from ..presenters.concepts import way
from ..presenters.imports import import_page, imports_table
from ..rules import check_edit
from .exporting import address_of


def imports(request: HttpRequest) -> HttpResponse:
    """All imports, and the form for a new one."""
    check_edit(request.user, on=timezone.localdate())
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]

        def act() -> str:
            batch = actions.prepare_import(
                content=given.read(),
                file_name=given.name,
                target=form.target(),
                by=request.user.actor,
                at=timezone.now(),
            )
            return reverse("vocabulary:import", args=[batch.pk])

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=timezone.now()))
        except (Refusal, StorageTrouble) as trouble:
            form.add_error("file", str(trouble))
    page = Paginator(queries.batches(), 20).get_page(request.GET.get("page"))
    crumbs = way((_("Import concepts"), ""))
    context = {"form": form, "page": page, "breadcrumb": crumbs, **imports_table(page.object_list)}
    return render(request, "vocabulary/imports.html", context, status=422 if form.errors else 200)


def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """What an import would do, or did."""
    check_edit(request.user, on=timezone.localdate())
    batch = get_object_or_404(queries.batches(), pk=number)
    crumbs = ((_("Import concepts"), reverse("vocabulary:imports")), (batch.file_name, ""))
    fitted = None if batch.entry_id else fitted_now(batch, address=address_of, day=timezone.localdate())
    return render(
        request, "vocabulary/import.html", {"batch": batch, "breadcrumb": way(*crumbs), **import_page(batch, fitted)}
    )


@require_POST
def carry_out(request: HttpRequest, number: int) -> HttpResponse:
    check_edit(request.user, on=timezone.localdate())
    batch = get_object_or_404(Batch, pk=number)
    actions.carry_out_import(batch=batch, address=address_of, by=request.user.actor, at=timezone.now())
    messages.success(request, _("The file was imported."))
    return redirect("vocabulary:import", number=number)


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    check_edit(request.user, on=timezone.localdate())
    batch = get_object_or_404(Batch, pk=number)
    actions.undo_import(batch=batch, by=request.user.actor, at=timezone.now())
    messages.success(request, _("The import was undone."))
    return redirect("vocabulary:import", number=number)
