"""One import: its columns, its rows, carrying it out, undoing it."""

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nahtstelle.engines.tables.writing import harmless
from nahtstelle.plumbing.kit.refusals import Refusal, refused

from .. import actions, queries, rules
from ..forms import ColumnsForm, RowsForm
from ..models import Batch, Row
from ..presenters import batches, rows, undoing
from ..sentences import of_row
from ..undo_plan import plan_of

PAGE = 50
State = Batch.State
LOOKED_AT = (State.PREVIEW, State.RUNNING, State.DONE, State.UNDOING, State.UNDONE)
STAYED_SHOWN = 200


def found(request: HttpRequest, pk: int) -> Batch:
    rules.check_import(request.user, on=timezone.localdate())
    return get_object_or_404(Batch.objects.select_related("given_by__person"), pk=pk)


def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its progress, every row with what is to be said of it, and what can be done now."""
    batch = found(request, pk)
    busy = batch.state in batches.BUSY
    shown: dict[str, Any] = {"batch": batch, "busy": busy, "progress": batches.progress_of(batch)}
    if request.GET.get("fortschritt") and request.htmx:
        response = render(request, "intake/_progress.html", shown)
        if not busy:
            response["HX-Refresh"] = "true"
        return response
    figures = queries.figures_of(batch)
    form = RowsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    state, words = chosen.get("state", ""), chosen.get("q", "")
    page = Paginator(queries.rows_of(batch, state=state, words=words), PAGE).get_page(request.GET.get("page"))
    shown |= {
        "head": batches.head_of(batch),
        "steps": batches.steps_of(batch),
        "actions": batches.actions_of(
            batch, figures, refused(rules.check_can_be_confirmed, batch, person=request.user.person_id)
        ),
        "bulk": batches.bulk_of(batch, figures),
        "outcome": batches.outcome_of(batch, at=timezone.now()),
        "show_rows": batch.state in LOOKED_AT and not batch.forgotten_at,
        "tiles": batches.tiles_of(figures),
        "tabs": batches.tabs_of(figures, state, words),
        "form": form,
        "page": page,
        "filtered": bool(words or state),
        "problems": figures["problem"],
        **rows.rows_table(batch, page.object_list),
    }
    return render(request, "intake/import.html", shown)


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means."""
    batch = found(request, pk)
    rules.check_can_be_mapped(batch)
    form = ColumnsForm(request.POST or None, batch=batch, samples=queries.samples_of(batch))
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_columns(batch=batch, columns=form.columns, by=request.user.actor, at=timezone.now())
            return redirect("intake:import", pk=pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {
        "form": form,
        "batch": batch,
        "breadcrumb": batches.way((batch.file_name, batches.url_of(batch)), (_("Columns"), "")),
        "remembered": batch.form.get("remembered"),
    }
    return render(request, "intake/columns.html", shown, status=422 if form.errors else 200)


def problem_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with a problem as the table has them, with the reason: to be mended and given again."""
    batch = found(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="probleme-{batch.pk}.csv"'
    response.write("\ufeff")  # without it Excel takes the text for Windows-1252
    out = csv.writer(response, delimiter=";")
    out.writerow([*map(harmless, batch.headers), _("Row in the table"), _("Problem")])
    for number, cells, problems in (
        batch.rows.filter(state=Row.State.PROBLEM).order_by("number").values_list("number", "cells", "problems")
    ):
        padded = [*cells, *[""] * (len(batch.headers) - len(cells))][: len(batch.headers)]
        out.writerow([*map(harmless, padded), number, harmless(of_row(batch.kind, problems))])
    return response


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the button that makes it happen."""
    batch = found(request, pk)
    if request.method == "POST":
        actions.confirm(batch=batch, by=request.user.actor, at=timezone.now())
        return redirect("intake:import", pk=pk)
    rules.check_can_be_confirmed(batch, person=request.user.person_id)
    figures = queries.figures_of(batch)
    merged = batch.rows.filter(state=Row.State.DUPLICATE, decision=Row.Decision.MERGE).count()
    apart = batch.rows.filter(state=Row.State.DUPLICATE, decision=Row.Decision.CREATE).count()
    out = figures["problem"] + figures["same"] + figures["duplicate"] - merged - apart
    new = figures["ready"] + apart
    consequences = [
        ngettext("%(n)d row becomes a new entry.", "%(n)d rows become new entries.", new) % {"n": new},
        ngettext("%(n)d row is merged.", "%(n)d rows are merged.", merged) % {"n": merged},
        ngettext("%(n)d row is left out.", "%(n)d rows are left out.", out) % {"n": out},
        _("All of it happens at once or not at all, and can be undone as a whole for 30 days."),
    ]
    shown = {
        "title": _("Import: %s") % batch.file_name,
        "consequences": consequences,
        "confirm_label": _("Import now"),
        "cancel_url": batches.url_of(batch),
        "breadcrumb": batches.way((batch.file_name, batches.url_of(batch)), (_("Import"), "")),
    }
    return render(request, "look/confirm.html", shown)


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing removes, puts back and leaves; and the button."""
    batch = found(request, pk)
    if request.method == "POST":
        actions.confirm_undoing(batch=batch, by=request.user.actor, at=timezone.now())
        return redirect("intake:import", pk=pk)
    rules.check_can_be_undone(batch, at=timezone.now())
    plan = plan_of(batch)
    shown = {
        "batch": batch,
        "consequences": undoing.consequences_of(plan),
        "cancel_url": batches.url_of(batch),
        "stayed": len(plan.stayed),
        "more": max(len(plan.stayed) - STAYED_SHOWN, 0),
        "breadcrumb": batches.way((batch.file_name, batches.url_of(batch)), (_("Undo"), "")),
        **undoing.stayed_table(plan.stayed[:STAYED_SHOWN]),
    }
    return render(request, "intake/undo.html", shown)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Check again, abandon, or say the same of all open duplicates."""
    batch = found(request, pk)
    by, at = request.user.actor, timezone.now()
    if "abandon" in request.POST:
        actions.abandon(batch=batch, by=by, at=at)
        messages.info(request, _("The import was abandoned; nothing was changed, and the file was erased."))
    elif "again" in request.POST:
        actions.choose_columns(batch=batch, columns=batch.columns, by=by, at=at)
    elif "merge" in request.POST or "skip" in request.POST:
        decision = Row.Decision.MERGE if "merge" in request.POST else Row.Decision.SKIP
        reason = "mail" if request.POST.get("merge") == "mail" else ""
        count = actions.decide_all(batch=batch, decision=decision, reason=reason, by=by, at=at)
        messages.info(request, ngettext("%(n)d row was decided.", "%(n)d rows were decided.", count) % {"n": count})
    return redirect("intake:import", pk=pk)
