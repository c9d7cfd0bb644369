"""Styles of citation: those that come with the software and those that staff brought in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotYours, Refusal
from nahtstelle.plumbing.kit.submissions import once

from . import rules, style_keeping, styling
from .models import Style
from .source_forms import StyleForm
from .workflow_views import whole_number


def styles(request: HttpRequest) -> HttpResponse:
    rules.check_may_keep_styles(request.user, on=timezone.localdate())
    common = {"account": request.user, "by": request.user.actor, "at": timezone.now()}
    if "remove" in request.POST:
        style_keeping.remove_style(get_object_or_404(Style, pk=whole_number(request.POST["remove"])), **common)
        messages.success(request, _("Removed."))
        return redirect("outputs:styles")
    form = StyleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            style_keeping.add_style(form.cleaned_data["file"].read(styling.LARGEST + 1), **common)
            return reverse("outputs:styles")

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=common["at"]))
        except NotYours:
            raise
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    shown = {
        "form": form, "own": Style.objects.select_related("added_by__person"), "shipped": list(styling.SHIPPED.values()),
        "house": styling.SHIPPED[styling.HOUSE_STYLE],
    }  # fmt: skip
    return render(request, "outputs/styles.html", shown, status=422 if form.is_bound and form.errors else 200)
