"""Imports: all of them, a new one, each with its records."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import Refusal, may, refused
from nahtstelle.plumbing.kit.submissions import once

from ..actions import giving, taking_in, undoing
from ..forms.imports import ColumnsForm, FileForm, ImportsForm, RecordsForm
from ..models import Import, Record, Work
from ..presenters import imports as shown_as
from ..presenters.names import record_title, title_of
from ..presenters.ways import import_url, to_imports, work_url
from ..queries import imports as asking
from ..queries.undoing import plan_of
from ..rules import imports as rules
from ..rules.people import check_may_keep, check_may_read

PAGE, RECORDS, UNREAD, STAYED = 30, 50, 50, 200


def _found(request: HttpRequest, pk: int) -> Import:
    check_may_read(request.user, on=timezone.localdate())
    return get_object_or_404(Import.objects.select_related("given_by__person"), pk=pk)


def _kept(request: HttpRequest, pk: int) -> Import:
    check_may_keep(request.user, on=timezone.localdate())
    return get_object_or_404(Import.objects.select_related("given_by__person"), pk=pk)


def imports(request: HttpRequest) -> HttpResponse:
    """All imports, newest first."""
    check_may_read(request.user, on=timezone.localdate())
    form = ImportsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, state = chosen.get("q", ""), chosen.get("state", "")
    page = Paginator(asking.imports(state=state, words=words), PAGE).get_page(request.GET.get("page"))
    new = {
        "label": _("Import a file"),
        "url": reverse("library:import-new"),
        "kind": "primary",
        "icon": "drive-folder-upload",
    }
    keeps = may(check_may_keep, request.user, on=timezone.localdate())
    shown = {
        "page": page, "form": form, "filtered": bool(words or state), "new": new if keeps else None,
        "new_actions": [new] if keeps else [], "breadcrumb": to_imports(), **shown_as.imports_table(page.object_list),
    }  # fmt: skip
    return render(request, "library/imports.html", shown)


def new_import(request: HttpRequest) -> HttpResponse:
    """Give a file; it is only read, nothing changes yet."""
    check_may_keep(request.user, on=timezone.localdate())
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data["file"], timezone.now()
        said = {name: form.cleaned_data[name] for name in ("source", "kind", "searched_on", "search_words")}

        def act() -> str:
            batch = giving.give_file(
                stream=given.file, name=given.name, size=given.size, by=request.user.actor, at=at, **said
            )
            return import_url(batch)

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=at))
        except (Refusal, StorageTrouble) as trouble:
            form.add_error("file", str(trouble))
    shown = {"form": form, "breadcrumb": to_imports((_("Import a file"), ""))}
    return render(request, "library/import_new.html", shown, status=422 if form.errors else 200)


def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its progress, its records, and what can be done now."""
    batch = _found(request, pk)
    busy = batch.state in shown_as.BUSY
    shown: dict[str, Any] = {"batch": batch, "busy": busy, "progress": shown_as.progress_of(batch)}
    if request.GET.get("fortschritt") and request.htmx:
        response = render(request, "library/_import_progress.html", shown)
        if not busy:
            response["HX-Refresh"] = "true"
        return response
    keeps = may(check_may_keep, request.user, on=timezone.localdate())
    form = RecordsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    state, words = chosen.get("state", ""), chosen.get("q", "")
    figures = asking.figures_of(batch)
    page = Paginator(asking.records_of(batch, state=state, words=words), RECORDS).get_page(request.GET.get("page"))
    outcome = shown_as.outcome_of(batch)
    shown |= {
        "head": shown_as.head_of(batch), "steps": shown_as.steps_of(batch), "search": shown_as.search_facts(batch),
        "actions": shown_as.actions_of(batch, refused(rules.check_can_be_confirmed, batch)) if keeps else [],
        "outcome": outcome if keeps else outcome | {"undo_url": ""},
        "show_records": batch.state in shown_as.LOOKED_AT,
        "tiles": shown_as.tiles_of(batch, figures), "tabs": shown_as.tabs_of(figures, state, words),
        "form": form, "page": page, "filtered": bool(words or state),
        "unread": batch.figures.get("unread", 0),
        **shown_as.records_table(batch, page.object_list),
    }  # fmt: skip
    return render(request, "library/import.html", shown)


def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """What could not be read: by its line, in its own words, with a sentence."""
    batch = _found(request, pk)
    page = Paginator(batch.unread.order_by("kept", "line", "pk"), UNREAD).get_page(request.GET.get("page"))
    title = _("What could not be read, and what should be known")
    shown = {
        "batch": batch, "page": page, "entries": shown_as.unread_entries(page.object_list), "title": title,
        "more": max(batch.figures.get("unread", 0) - page.paginator.count, 0),
        "breadcrumb": to_imports((shown_as.head_of(batch)["title"], import_url(batch)), (title, "")),
    }  # fmt: skip
    return render(request, "library/import_unread.html", shown)


def record(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One record, all of it; left out or taken back by a POST."""
    batch = _kept(request, pk) if request.method == "POST" else _found(request, pk)
    one = get_object_or_404(batch.records.select_related("work", "replaces"), number=number)
    if request.method == "POST":
        taking_in.leave_out(one=one, out="out" in request.POST, by=request.user.actor, at=timezone.now())
        words = _("“%s” is left out.") if "out" in request.POST else _("“%s” is taken back.")
        messages.info(request, words % record_title(one))
        return redirect(_back(request, batch, number))
    sorting = batch.state == Import.State.PREVIEW and may(check_may_keep, request.user, on=timezone.localdate())
    before = one.replaces
    shown = {
        "batch": batch, "title": record_title(one), "facts": shown_as.record_facts(one),
        "badge": {"label": one.get_state_display(), "tone": shown_as.RECORD_TONES[Record.State(one.state)]},
        "actions": [shown_as.sort_action(one)] if sorting else [],
        "work": {"url": work_url(one.work), "title": title_of(one.work)} if one.work else None,
        "before": {
            "url": reverse("library:import-record", args=[before.batch_id, before.number]), "title": record_title(before)
        } if before else None,
        "next": _neighbour(batch, number, 1), "previous": _neighbour(batch, number, -1),
        "breadcrumb": to_imports(
            (shown_as.head_of(batch)["title"], import_url(batch)), (_("Record %d") % number, "")
        ),
    }  # fmt: skip
    return render(request, "library/import_record.html", shown)


def _back(request: HttpRequest, batch: Import, number: int) -> str:
    """To the list as it was filtered, or to the record where the button was pressed there."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    if came.path == import_url(batch):
        return f"{came.path}?{came.query}" if came.query else came.path
    return reverse("library:import-record", args=[batch.pk, number])


def _neighbour(batch: Import, number: int, step: int) -> str:
    there = batch.records.filter(number=number + step).exists()
    return reverse("library:import-record", args=[batch.pk, number + step]) if there else ""


def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column means."""
    batch = _kept(request, pk)
    rules.check_can_be_mapped(batch)
    form = ColumnsForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            giving.choose_columns(batch=batch, columns=form.columns, by=request.user.actor, at=timezone.now())
            return redirect(import_url(batch))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {
        "form": form, "batch": batch, "remembered": batch.figures.get("remembered"), "back": import_url(batch),
        "breadcrumb": to_imports((shown_as.head_of(batch)["title"], import_url(batch)), (_("Columns"), "")),
    }  # fmt: skip
    return render(request, "library/import_columns.html", shown, status=422 if form.errors else 200)


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, and the button that makes it happen."""
    batch = _kept(request, pk)
    if request.method == "POST":
        taking_in.confirm(batch=batch, by=request.user.actor, at=timezone.now())
        return redirect(import_url(batch))
    rules.check_can_be_confirmed(batch)
    title = shown_as.head_of(batch)["title"]
    shown = {
        "title": _("Import: %s") % title, "consequences": shown_as.consequences_of(asking.figures_of(batch)),
        "confirm_label": _("Import now"), "cancel_url": import_url(batch),
        "breadcrumb": to_imports((title, import_url(batch)), (_("Import"), "")),
    }  # fmt: skip
    return render(request, "look/confirm.html", shown)


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What undoing removes and leaves; and the button."""
    batch = _kept(request, pk)
    if request.method == "POST":
        undoing.confirm_undoing(batch=batch, by=request.user.actor, at=timezone.now())
        return redirect(import_url(batch))
    rules.check_can_be_undone(batch)
    plan = plan_of(batch)
    works = Work.objects.filter(pk__in=sorted(plan.stays)[:STAYED]).only("pk", "title", "doi")
    shown = {
        "batch": batch, "consequences": shown_as.undoing_of(plan), "cancel_url": import_url(batch),
        "stayed": len(plan.stays), "more": max(len(plan.stays) - STAYED, 0),
        "breadcrumb": to_imports((shown_as.head_of(batch)["title"], import_url(batch)), (_("Undo"), "")),
        **shown_as.stays_table({work.pk: title_of(work) for work in works}, plan),
    }  # fmt: skip
    return render(request, "library/import_undo.html", shown)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Abandon an import."""
    batch = _kept(request, pk)
    if "abandon" in request.POST:
        giving.abandon(batch=batch, by=request.user.actor, at=timezone.now())
        messages.info(request, _("The import was abandoned; nothing was changed, and the file was erased."))
    return redirect(import_url(batch))
