"""Concepts of works: those with open proposals, one work, and how good the proposals are."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal

from ..actions.classifying import decide
from ..forms.classifying import ConceptForm, WaitingForm, answers_in
from ..models import Classifier, Work
from ..presenters import classifying as shown_as
from ..queries import classifying as queries
from ..rules.people import check_may_keep, check_may_read

PAGE = 50
STATES_SHOWN = 50


def waiting(request: HttpRequest) -> HttpResponse:
    """The works whose proposals nobody answered."""
    check_may_read(request.user, on=timezone.localdate())
    form = WaitingForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(queries.waiting(words=words), PAGE).get_page(request.GET.get("page"))
    works = list(page.object_list)
    shown = {
        "form": form,
        "filtered": bool(words),
        "breadcrumb": shown_as.way(),
        "page": page,
        "progress": shown_as.progress_of(queries.figures()),
        **shown_as.waiting_table(works, queries.numbers_of(works)),
    }
    return render(request, "library/concepts_waiting.html", shown)


def concepts(request: HttpRequest, pk: int) -> HttpResponse:
    """One work with its proposals; what is answered leads to the next work."""
    check_may_keep(request.user, on=timezone.localdate())
    work = get_object_or_404(Work, pk=pk)
    form = ConceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = answers_in(request.POST)
        if (added := form.cleaned_data["concept"]) is not None:
            answers[added.pk] = True
        try:
            decide(work=work, answers=answers, by=request.user.actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _onwards(request, work)
    shown: dict[str, Any] = {
        "form": form,
        "breadcrumb": shown_as.way((work.title or work.citekey, "")),
        "head": shown_as.work_head(work),
        "concepts": shown_as.concepts_of(work, may_decide=True),
        "progress": shown_as.progress_of(queries.figures()),
    }
    return render(request, "library/concepts.html", shown, status=422 if form.errors else 200)


def _onwards(request: HttpRequest, work: Work) -> HttpResponse:
    if "stay" in request.POST:
        return redirect("library:concepts", pk=work.pk)
    following = queries.next_waiting(work)
    if following is None:
        messages.success(request, _("All proposals are answered."))
        return redirect("library:concepts-waiting")
    return redirect("library:concepts", pk=following.pk)


def quality(request: HttpRequest) -> HttpResponse:
    """How good the proposals were on decisions held back, state after state."""
    check_may_read(request.user, on=timezone.localdate())
    states = list(Classifier.objects.defer("data")[:STATES_SHOWN])
    shown = {"quality": shown_as.quality_of(states), "breadcrumb": shown_as.way((_("How good the proposals are"), ""))}
    return render(request, "library/concepts_quality.html", shown)
