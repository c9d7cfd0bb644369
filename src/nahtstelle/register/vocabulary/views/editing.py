"""Changing single concepts."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import once

from .. import actions
from ..forms import ConceptForm, EndForm, LabelForm, NewConceptForm
from ..models import Concept, Facet
from ..presenters.concepts import concept_url, facet_url
from ..rules import check_edit
from ..states import states_of, version_of


def add(request: HttpRequest, key: str) -> HttpResponse:
    """A new concept in a facet."""
    check_edit(request.user, on=timezone.localdate())
    facet = get_object_or_404(Facet, key=key)
    form = NewConceptForm(request.POST or None, facet=facet)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name not in ("submission", "seen")}

        def act() -> str:
            concept = actions.add_concept(facet=facet, by=request.user.actor, at=timezone.now(), **data)
            return concept_url(concept.key)

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=timezone.now()))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {
        "form": form,
        "confirm_label": _("Save"),
        "title": _("New concept: %s") % facet.name,
        "cancel_url": facet_url(facet.key),
    }
    return render(request, "look/confirm.html", context, status=422 if form.errors else 200)


def change(request: HttpRequest, key: str) -> HttpResponse:
    """Names, notes, broader concepts, code and first day."""
    check_edit(request.user, on=timezone.localdate())
    concept = get_object_or_404(Concept.objects.select_related("facet"), key=key)
    initial = {name: getattr(concept, name) for name in ("name_de", "name_en", "note_de", "note_en", "notation")}
    initial |= {
        "valid_from": concept.valid_from,
        "broader": ", ".join(concept.broader.values_list("key", flat=True)),
        "seen": version_of(states_of(Concept.objects.filter(pk=concept.pk))[key]),
    }
    form = ConceptForm(request.POST or None, initial=initial, facet=concept.facet)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "submission"}
        try:
            actions.change_concept(concept=concept, by=request.user.actor, at=timezone.now(), **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The concept was changed."))
            return redirect(concept_url(key))
    context = {
        "form": form,
        "confirm_label": _("Save"),
        "title": _("Change: %s") % concept.name,
        "cancel_url": concept_url(key),
    }
    return render(request, "look/confirm.html", context, status=422 if form.errors else 200)


def labels(request: HttpRequest, key: str) -> HttpResponse:
    """The labels of a concept: add one here, take one away by its button."""
    check_edit(request.user, on=timezone.localdate())
    concept = get_object_or_404(Concept.objects.select_related("facet"), key=key)
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_label(concept=concept, by=request.user.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The label was added."))
            return redirect("vocabulary:labels", key=key)
    context = {
        "form": form,
        "title": _("Labels: %s") % concept.name,
        "concept": concept,
        "labels": concept.labels.order_by("kind", "language", "text"),
        "cancel_url": concept_url(key),
    }
    return render(request, "vocabulary/labels.html", context, status=422 if form.errors else 200)


@require_POST
def remove_label(request: HttpRequest, key: str) -> HttpResponse:
    check_edit(request.user, on=timezone.localdate())
    concept = get_object_or_404(Concept, key=key)
    actions.remove_label(
        concept=concept,
        language=request.POST.get("language", ""),
        text=request.POST.get("text", ""),
        by=request.user.actor,
        at=timezone.now(),
    )
    messages.success(request, _("The label was removed."))
    return redirect("vocabulary:labels", key=key)


def end(request: HttpRequest, key: str) -> HttpResponse:
    """The last day of a concept and what takes its place."""
    check_edit(request.user, on=timezone.localdate())
    concept = get_object_or_404(Concept.objects.select_related("facet", "replaced_by"), key=key)
    successor = concept.replaced_by.key if concept.replaced_by else ""
    initial = {"last_day": concept.valid_until, "replaced_by": successor}
    form = EndForm(request.POST or None, initial=initial, facet=concept.facet)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_concept(concept=concept, by=request.user.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The concept was changed."))
            return redirect(concept_url(key))
    context = {
        "form": form,
        "confirm_label": _("Save"),
        "title": _("End or replace: %s") % concept.name,
        "cancel_url": concept_url(key),
    }
    return render(request, "look/confirm.html", context, status=422 if form.errors else 200)


def _form_page(request: HttpRequest, form: Form, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": back, "confirm_label": _("Save")}
    return render(request, "look/confirm.html", context, status=422 if form.errors else 200)
