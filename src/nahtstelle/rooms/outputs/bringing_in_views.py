"""Pages on which a Word file is given, looked at, and taken over or thrown away."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.models import Submission
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.register.people.rules import check_signed_in

from . import bringing_in, presenters, rules
from .bringing_in_presenters import loss_rows, outline
from .edit_views import for_writing
from .forms import BringInForm, BringIntoForm, ConfirmForm
from .models import BroughtIn, Output
from .text import draw


def bring_in(request: HttpRequest) -> HttpResponse:
    """A Word file for a new text."""
    rules.check_may_start(request.user, on=timezone.localdate())
    return _upload(request, None, BringInForm(request.POST or None, request.FILES or None))


def bring_into(request: HttpRequest, slug: str) -> HttpResponse:
    """A Word file for a draft there is."""
    output = for_writing(request, slug)
    rules.check_may_edit(request.user, output, on=timezone.localdate())
    return _upload(request, output, BringIntoForm(request.POST or None, request.FILES or None))


def _upload(request: HttpRequest, output: Output | None, form: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            brought = bringing_in.lay_down(
                given.read(), name=given.name, kind=output.kind if output else form.cleaned_data["kind"],
                language=output.language if output else form.cleaned_data["language"], output=output,
                account=request.user, at=timezone.now(),
            )  # fmt: skip
            return redirect("outputs:brought-in", key=brought.key)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    shown = {"form": form, "output": output}
    return render(request, "outputs/bring_in.html", shown, status=422 if form.is_bound and form.errors else 200)


def _own(request: HttpRequest, key: uuid.UUID) -> BroughtIn:
    """The file, for whoever gave it; nobody else learns that it exists."""
    check_signed_in(request.user)
    return get_object_or_404(BroughtIn.objects.select_related("output__kind", "kind"), pk=key, by=request.user)


def brought_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What becomes of the file, before anything is written."""
    if request.method == "POST" and request.user.is_authenticated:
        done = Submission.objects.filter(pk=key).first()
        if done is not None:
            return redirect(done.result)
    brought = _own(request, key)
    found = bringing_in.read(bytes(brought.content), language=brought.language, key=brought.key)
    if request.method == "POST" and "discard" in request.POST:
        bringing_in.throw_away(brought)
        messages.info(request, _("The file was thrown away; nothing was changed."))
        return redirect("outputs:workshop")
    output = brought.output
    initial = {
        "title": found.title or (output.title if output else ""),
        "summary": found.summary or (output.summary if output else ""),
        "body": found.body,
    }
    form = ConfirmForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(brought.key, lambda: _taken(request, brought, form.text()), at=timezone.now()))
        except ValidationError as trouble:
            form.add_error(None, trouble.messages)
    body = form.data.get("body", "") if form.is_bound else found.body
    shown = {
        "brought": brought, "output": output, "form": form, "losses": loss_rows(found.losses),
        "outline": outline(found.headings), "pictures": found.pictures,
        "drawn": draw(body, file_address=lambda name: reverse("outputs:brought-in-picture", args=[brought.key, name or "-"])),
        "rows": presenters.text_difference(output.body, found.body) if output else [],
    }  # fmt: skip
    return render(request, "outputs/brought_in.html", shown, status=422 if form.is_bound and form.errors else 200)


def _taken(request: HttpRequest, brought: BroughtIn, text: dict[str, str]) -> str:
    common: dict[str, Any] = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
    if brought.output is None:
        started = bringing_in.take_new(brought, text=text, **common)
        messages.success(
            request, _("The text was started from the Word file. Please state its Stand before you submit it.")
        )
        return reverse("outputs:edit", args=[started.slug])
    saved = bringing_in.take_over(brought, text=text, **common)
    if saved.left is not None:
        messages.warning(request, _("Somebody else changed the text meanwhile. Both are kept; please merge them."))
        return reverse("outputs:left-text", args=[brought.output.slug, saved.left.pk])
    messages.success(request, _("The draft now holds what the Word file says."))
    return reverse("outputs:edit", args=[brought.output.slug])


def picture(request: HttpRequest, key: uuid.UUID, name: str) -> HttpResponse:
    """A picture of the file, for its preview."""
    brought = _own(request, key)
    found = bringing_in.read(bytes(brought.content), language=brought.language, key=brought.key)
    shown = next((one for one in found.pictures if one.name == name), None)
    if shown is None:
        raise Http404
    response = HttpResponse(shown.content, content_type=shown.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
