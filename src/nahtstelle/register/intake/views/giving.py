"""All imports, and a new one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import once

from .. import actions, queries
from ..forms import ImportsForm, TableForm
from ..models import Batch
from ..presenters import batches
from ..rules import check_import

PAGE = 30


def imports(request: HttpRequest) -> HttpResponse:
    """All imports, newest first."""
    check_import(request.user, on=timezone.localdate())
    form = ImportsForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, kind = chosen.get("q", ""), chosen.get("kind", "")
    found = queries.imports(kind=kind, words=words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    new = {"label": _("Import a table"), "url": reverse("intake:new"), "kind": "primary", "icon": "drive-folder-upload"}
    shown = {
        "page": page,
        "form": form,
        "filtered": bool(words or kind),
        "new": new,
        "new_actions": [new],
        "breadcrumb": [*batches.way()[:-1], {"label": _("Imports of contacts"), "url": ""}],
        **batches.imports_table(page.object_list),
    }
    return render(request, "intake/imports.html", shown)


def new_import(request: HttpRequest) -> HttpResponse:
    """Give a table; it is only read, nothing changes yet."""
    check_import(request.user, on=timezone.localdate())
    form = TableForm(request.POST or None, request.FILES or None, initial={"kind": Batch.Kind.PERSONS})
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data["table"], timezone.now()

        def act() -> str:
            batch = actions.give_table(
                kind=form.cleaned_data["kind"], name=given.name, content=given.read(),
                purpose=form.cleaned_data["purpose"], by=request.user.actor, at=at,
            )  # fmt: skip
            return batches.url_of(batch)

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=at))
        except (Refusal, StorageTrouble) as trouble:
            form.add_error(None, str(trouble))
    shown = {"form": form, "breadcrumb": batches.way((_("Import a table"), ""))}
    return render(request, "intake/new.html", shown, status=422 if form.errors else 200)
