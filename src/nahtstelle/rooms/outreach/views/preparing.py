"""The list of dispatches, and the form in which one is prepared."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import once
from nahtstelle.rooms.outputs.models import Output

from .. import actions, queries, rules
from ..forms import DispatchForm
from ..models import Dispatch
from ..presenters import dispatches as presenters

PER_PAGE = 30


def dispatches(request: HttpRequest) -> HttpResponse:
    rules.check_may_prepare(request.user, on=timezone.localdate())
    state = request.GET.get("stand", "")
    state = state if state in Dispatch.State.values else ""
    page = Paginator(queries.dispatches(state), PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "page": page,
        "table": presenters.table(page),
        "tabs": presenters.tabs(queries.numbers_by_state(), state),
    }
    return render(request, "outreach/dispatches.html", words)


def new_dispatch(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin the dispatch of a text; its programmes, Länder and themes are suggested from the text's own."""
    rules.check_may_prepare(request.user, on=timezone.localdate())
    bulletin = get_object_or_404(Output.objects.select_related("edition"), slug=slug)
    rules.check_can_be_read(bulletin)
    form = DispatchForm(request.POST or None, initial=_suggested(bulletin) if request.method == "GET" else None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = actions.prepare(
                bulletin, account=request.user, by=request.user.actor, at=timezone.now(), **form.values()
            )
            return reverse("outreach:dispatch", args=[made.pk])

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=timezone.now()))
        except ValidationError as trouble:
            form.add_error(None, trouble.messages)
    return _form_page(request, form, bulletin, None)


def _suggested(bulletin: Output) -> dict[str, object]:
    concepts = list(bulletin.concepts.select_related("facet"))
    titles = {bulletin.language: bulletin.title}
    titles |= dict(bulletin.variants.values_list("language", "title"))
    return {
        "subject_de": titles.get("de", ""),
        "subject_en": titles.get("en", ""),
        "programmes": bulletin.programmes.all(),
        "regions": [one for one in concepts if one.facet.key == "region" and one.level == "land"],
        "themes": [one for one in concepts if one.facet.key == "theme"],
    }


def edit_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_may_prepare(request.user, on=timezone.localdate())
    shown = get_object_or_404(Dispatch.objects.select_related("bulletin__edition"), pk=pk)
    rules.check_can_be_changed(shown)
    form = DispatchForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                shown, revision=form.cleaned_data["revision"] or 0, account=request.user, by=request.user.actor,
                at=timezone.now(), **form.values(),
            )  # fmt: skip
            return redirect("outreach:dispatch", pk=pk)
        except ValidationError as trouble:
            form.add_error(None, trouble.messages)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _form_page(request, form, shown.bulletin, shown)


def _form_page(request: HttpRequest, form: DispatchForm, bulletin: Output, shown: Dispatch | None) -> HttpResponse:
    back = reverse("outreach:dispatch", args=[shown.pk]) if shown else reverse("outputs:work", args=[bulletin.slug])
    words = {
        "form": form,
        "title": _("Change the dispatch") if shown else _("Prepare a dispatch"),
        "leads_to": bulletin.edition.title if bulletin.edition else bulletin.title,
        "themes_chosen": len(form["themes"].value() or ()),
        "cancel_url": back,
        "breadcrumb": [{"label": _("Dispatches"), "url": reverse("outreach:dispatches")}, {"label": _("Prepare")}],
    }
    return render(request, "outreach/dispatch_form.html", words, status=422 if form.errors else 200)
