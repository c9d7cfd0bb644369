"""What a concept of ours is in other vocabularies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal

from .. import actions, queries
from ..forms import MappingForm
from ..models import Concept
from ..presenters.concepts import concept_url, mapped_terms
from ..rules import check_edit


def mappings(request: HttpRequest, key: str) -> HttpResponse:
    """The mappings of a concept: add one here, take one away by its button."""
    check_edit(request.user, on=timezone.localdate())
    concept = get_object_or_404(Concept.objects.select_related("facet"), key=key)
    form = MappingForm(request.POST or None, ours=concept)
    if request.method == "POST" and form.is_valid():
        try:
            given = {"theirs": form.cleaned_data["theirs"], "relation": form.cleaned_data["relation"]}
            actions.map_concept(ours=concept, by=request.user.actor, at=timezone.now(), **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mapping was saved."))
            return redirect("vocabulary:mappings", key=key)
    context = {
        "form": form,
        "title": _("Mappings: %s") % concept.name,
        "concept": concept,
        "mappings": mapped_terms(queries.mappings_of(concept)),
        "cancel_url": concept_url(key),
    }
    return render(request, "vocabulary/mappings.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, key: str) -> HttpResponse:
    check_edit(request.user, on=timezone.localdate())
    concept = get_object_or_404(Concept, key=key)
    number = request.POST.get("theirs", "")
    if number.isdecimal() and len(number) < 10:
        actions.remove_mapping(ours=concept, theirs=int(number), by=request.user.actor, at=timezone.now())
    messages.success(request, _("The mapping was removed."))
    return redirect("vocabulary:mappings", key=key)
