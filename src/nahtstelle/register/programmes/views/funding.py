"""Funders' marks: kept by the centre, their logos open to everybody who reads what carries them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.files.actions import StorageTrouble, content_of
from nahtstelle.plumbing.kit.refusals import Refusal, may
from nahtstelle.plumbing.kit.submissions import once

from .. import actions, funding
from ..funding_forms import MarkForm, MarksForm
from ..models import FundingMark
from ..presenters import funding as presenters
from ..rules import check_keep_structure, check_mark_can_be_removed

PAGE = 50
FIELDS = (
    "period", "funder_de", "funder_en", "text_de", "text_en", "position", "valid_from", "valid_until", "on_letters",
)  # fmt: skip


def marks(request: HttpRequest) -> HttpResponse:
    """All marks, by programme, the latest first."""
    check_keep_structure(request.user, on=timezone.localdate())
    form = MarksForm(request.GET)
    chosen = form.cleaned_data.get("programme") if form.is_valid() else None
    page = Paginator(funding.marks(programme=chosen), PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "filtered": chosen is not None,
        "breadcrumb": presenters.crumbs(),
        **presenters.marks_table(page.object_list),
    }
    return render(request, "programmes/marks.html", shown)


def add_mark(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None, title=_("New mark"))


def change_mark(request: HttpRequest, pk: int) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())
    mark = get_object_or_404(FundingMark.objects.select_related("period"), pk=pk)
    return _form_page(request, mark, title=_("Change: %s") % mark.funder_de)


def _form_page(request: HttpRequest, mark: FundingMark | None, *, title: str) -> HttpResponse:
    today = timezone.localdate()
    check_keep_structure(request.user, on=today)
    initial = {name: getattr(mark, name) for name in FIELDS} if mark else None
    form = MarkForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        key, given = data.pop("submission"), data.pop("logo_file")

        def act() -> str:
            logo = given.read() if given else None
            actions.save_mark(mark=mark, logo=logo, by=request.user.actor, at=timezone.now(), **data)
            return reverse("programmes:marks")

        try:
            return redirect(once(key, act, at=timezone.now()))
        except (Refusal, StorageTrouble) as trouble:
            form.add_error(None, str(trouble))
    shown: dict[str, Any] = {
        "form": form,
        "title": title,
        "mark": mark,
        "removable": mark is not None and may(check_mark_can_be_removed, mark, today=today),
        "breadcrumb": presenters.crumbs((title, "")),
    }
    return render(request, "programmes/mark.html", shown, status=422 if form.errors else 200)


@require_POST
def remove_mark(request: HttpRequest, pk: int) -> HttpResponse:
    check_keep_structure(request.user, on=timezone.localdate())
    mark = get_object_or_404(FundingMark, pk=pk)
    actions.remove_mark(mark=mark, by=request.user.actor, at=timezone.now())
    messages.success(request, _("The mark was removed."))
    return redirect("programmes:marks")


def logo(request: HttpRequest, pk: int) -> HttpResponse:
    """A logo; open, since what carries it is."""
    mark = get_object_or_404(FundingMark.objects.select_related("logo"), pk=pk, logo__isnull=False)
    assert mark.logo is not None
    response = HttpResponse(content_of(mark.logo), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
