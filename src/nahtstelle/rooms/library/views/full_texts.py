"""Full texts: attached, read by those who may, removed."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import StorageTrouble, unpacked
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import once

from ..actions import full_texts
from ..forms.works import FullTextForm
from ..models import FullText
from ..presenters.names import title_of
from ..presenters.ways import to_works, work_url
from ..rules.full_texts import check_may_download
from .works import found


def new_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a PDF."""
    work = found(request, pk)
    form = FullTextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given, at = form.cleaned_data, timezone.now()

        def act() -> str:
            text = full_texts.attach(
                work=work, name=given["file"].name, content=given["file"].read(), rights=given["rights"],
                licence=given["licence"], source=given["source"], by=request.user.actor, at=at,
            )  # fmt: skip
            return work_url(text.work_id)

        try:
            return redirect(once(given["submission"], act, at=at))
        except (Refusal, StorageTrouble) as trouble:
            form.add_error("file", str(trouble))
    title = _("Attach a full text")
    shown = {
        "form": form, "title": title, "kicker": title_of(work), "back": work_url(work), "button": _("Attach"),
        "lead": _("Its words are read for the search. Whoever has no right to it sees neither the file nor its words."),
        "multipart": True, "breadcrumb": to_works((title_of(work)[:80], work_url(work)), (title, "")),
    }  # fmt: skip
    return render(request, "library/form.html", shown, status=422 if form.errors else 200)


def text(request: HttpRequest, pk: int, text: int) -> HttpResponseBase:
    """The file itself, for those who may read it."""
    one = get_object_or_404(FullText.objects.select_related("work", "file").defer("text"), pk=text, work=pk)
    check_may_download(one, request.user, on=timezone.localdate())
    response = FileResponse(unpacked(one.file), content_type="application/pdf")
    response["Content-Length"] = one.file.size
    response["Content-Disposition"] = content_disposition_header(True, one.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def remove(request: HttpRequest, pk: int, text: int) -> HttpResponse:
    work = found(request, pk)
    one = get_object_or_404(FullText.objects.defer("text"), pk=text, work=pk)
    if request.method == "POST":
        full_texts.remove(text=one, by=request.user.actor, at=timezone.now())
        return redirect(work_url(work))
    title = _("Remove the full text")
    shown = {
        "title": title, "consequences": [_("“%s” is removed from the work; the file is erased.") % one.name],
        "confirm_label": title, "dangerous": True, "cancel_url": work_url(work),
        "breadcrumb": to_works((title_of(work)[:80], work_url(work)), (title, "")),
    }  # fmt: skip
    return render(request, "look/confirm.html", shown)
